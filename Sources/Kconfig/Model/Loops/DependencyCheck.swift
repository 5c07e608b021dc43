import Diagnostics

/// Looks for symbols whose value depends on itself. Kernel: `sym_check_deps` in scripts/kconfig/symbol.c.
///
/// Chains of dependencies are as long as somebody makes them, so the symbols that are being looked at are kept on a stack
/// of their own. It is the stack that a message shows.
struct DependencyCheck {
  /// A symbol that is being looked at, and why.
  struct Frame {
    enum Role {
      /// A symbol for itself, or a choice for its own sake.
      case symbol
      /// A member that leads to its choice.
      case memberOfChoice
      /// A choice with all its members.
      case choice
    }

    /// Through what it leads to the next symbol.
    enum Cause {
      case none
      case dependency
      case selection
      case implication
      case condition
      case value
    }

    let symbol: SymbolID
    let role: Role
    var cause = Cause.none
    /// The property that was looked at last; nil for none.
    var property: PropertyID?
    /// How far it is: which part of a symbol, which member of a choice.
    var step = 0
    /// The expression that is being looked at.
    var expression = ExpressionID.empty
    /// Where the symbols to look at begin, and which of them is next.
    var base: Int
    var cursor: Int
  }

  private let draft: ModelDraft
  private let choices: CompactTable<SymbolID, SymbolID>
  private var isOpen: IDTable<SymbolID, Bool>
  private var isChecked: IDTable<SymbolID, Bool>
  private var isExpressionChecked: IDTable<ExpressionID, Bool>
  private var stack: [Frame] = []
  /// The symbols to look at, those of the innermost frame last.
  private var pending: [SymbolID] = []
  /// The members of the choices that are open.
  private var entries: [SymbolID: [SymbolID]] = [:]
  private(set) var messages: [KconfigMessage] = []

  init(_ draft: ModelDraft, choices: CompactTable<SymbolID, SymbolID>) {
    self.draft = draft
    self.choices = choices
    isOpen = IDTable(repeating: false, count: draft.symbols.count)
    isChecked = isOpen
    isExpressionChecked = IDTable(repeating: false, count: draft.expressions.count)
  }

  /// Looks at a symbol and all that it depends on.
  /// - Returns: whether there is no loop.
  mutating func check(_ symbol: SymbolID) -> Bool {
    if isChecked[symbol] { return true }
    enter(symbol)
    while let top = stack.indices.last {
      if let next = nextSymbol(top) {
        if isOpen[next] {
          var report = RecursionReport(draft, choices: choices, stack: stack)
          messages.append(report.message(for: next))
          while !stack.isEmpty { leave() }
          return false
        }
        if !isChecked[next] { enter(next) }
      } else {
        leave()
      }
    }
    return true
  }

  private mutating func enter(_ symbol: SymbolID) {
    if choices[symbol] != nil {
      push(symbol, .memberOfChoice)
    } else if draft.symbols[symbol].isChoice {
      let members = draft.entries(of: symbol).withoutRepetitions
      entries[symbol] = members
      for member in members + [symbol] { mark(member) }
      push(symbol, .choice)
    } else {
      mark(symbol)
      push(symbol, .symbol)
    }
  }

  private mutating func push(_ symbol: SymbolID, _ role: Frame.Role) {
    stack.append(Frame(symbol: symbol, role: role, base: pending.count, cursor: pending.count))
  }

  private mutating func mark(_ symbol: SymbolID) {
    isOpen[symbol] = true
    isChecked[symbol] = true
  }

  private mutating func leave() {
    let frame = stack.removeLast()
    pending.removeLast(pending.count - frame.base)
    switch frame.role {
    case .symbol:
      // The members of a choice stay open until all of it is done.
      if let outer = stack.last, outer.role == .choice, outer.symbol != frame.symbol { return }
      isOpen[frame.symbol] = false
    case .choice:
      for member in entries[frame.symbol] ?? [] { isOpen[member] = false }
      entries[frame.symbol] = nil
    case .memberOfChoice:
      break
    }
  }

  // MARK: what a symbol leads to

  /// The next symbol that the innermost one, or a member of the innermost choice, leads to; nil if there is none left.
  private mutating func nextSymbol(_ top: Int) -> SymbolID? {
    switch stack[top].role {
    case .memberOfChoice:
      guard stack[top].step == 0 else { return nil }
      stack[top].step = 1
      return choices[stack[top].symbol]
    case .choice:
      return nextMember(top) ? nextSymbol(stack.count - 1) : nil
    case .symbol:
      while stack[top].cursor == pending.count {
        guard nextExpression(top) else { return nil }
      }
      stack[top].cursor += 1
      return pending[stack[top].cursor - 1]
    }
  }

  /// Puts the choice itself, and then each of its members, on the stack.
  private mutating func nextMember(_ top: Int) -> Bool {
    let choice = stack[top].symbol
    let members = entries[choice] ?? []
    guard stack[top].step <= members.count else { return false }
    let symbol = stack[top].step == 0 ? choice : members[stack[top].step - 1]
    stack[top].step += 1
    push(symbol, .symbol)
    return true
  }

  /// Lays out the symbols of the next expression that has not been looked at.
  private mutating func nextExpression(_ top: Int) -> Bool {
    if !stack[top].expression.isEmpty { isExpressionChecked[stack[top].expression] = true }
    pending.removeLast(pending.count - stack[top].base)
    stack[top].cursor = stack[top].base
    stack[top].expression = .empty
    while let expression = advance(top) {
      guard !expression.isEmpty, !isExpressionChecked[expression] else { continue }
      stack[top].expression = expression
      draft.expressions.collectSymbols(expression, into: &pending)
      return true
    }
    return false
  }

  /// The next expression of a symbol: its reverse dependencies, then conditions and defaults; nil behind the last.
  private mutating func advance(_ top: Int) -> ExpressionID? {
    let record = draft.symbols[stack[top].symbol]
    stack[top].step += 1
    switch stack[top].step {
    case 1:
      stack[top].cause = .dependency
      return record.dependency
    case 2:
      stack[top].cause = .selection
      return record.selection
    case 3:
      stack[top].cause = .implication
      return record.implication
    default:
      break
    }
    // A default is looked at twice: its condition first.
    if stack[top].cause == .condition, let property = stack[top].property, draft.properties[property].kind == .default,
      !record.isChoice
    {
      stack[top].cause = .value
      return draft.properties[property].value
    }
    guard let next = nextProperty(of: stack[top]) else { return nil }
    stack[top].property = next
    stack[top].cause = .condition
    let property = draft.properties[next]
    return property.kind == .definition ? draft.menu[property.node].dependency : property.condition
  }

  /// The property behind the one that was looked at last.
  private func nextProperty(of frame: Frame) -> PropertyID? {
    var next = frame.property.map { draft.properties[$0].next } ?? draft.properties.first(of: frame.symbol)
    while let property = next, isSkipped(draft.properties[property].kind) { next = draft.properties[property].next }
    return next
  }

  private func isSkipped(_ kind: PropertyRecord.Kind) -> Bool {
    switch kind {
    case .select, .imply: true
    // Up to v6.11 it counts where a symbol is defined among its properties.
    case .definition: draft.language.has(.definitionsAreNoProperties)
    default: false
    }
  }
}
