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

    let symbol: Int32
    let role: Role
    var cause = Cause.none
    /// The property that was looked at last; -1 for none.
    var property: Int32 = -1
    /// How far it is: which part of a symbol, which member of a choice.
    var step = 0
    /// The expression that is being looked at.
    var expression = ExpressionStore.none
    /// Where the symbols to look at begin, and which of them is next.
    var base: Int
    var cursor: Int
  }

  private let draft: ModelDraft
  private let choices: [Int32]
  private var isOpen: [Bool]
  private var isChecked: [Bool]
  private var isExpressionChecked: [Bool]
  private var stack: [Frame] = []
  /// The symbols to look at, those of the innermost frame last.
  private var pending: [Int32] = []
  /// The members of the choices that are open.
  private var entries: [Int32: [Int32]] = [:]
  private(set) var messages: [KconfigMessage] = []

  init(_ draft: ModelDraft, choices: [Int32]) {
    self.draft = draft
    self.choices = choices
    isOpen = [Bool](repeating: false, count: draft.symbols.count)
    isChecked = isOpen
    isExpressionChecked = [Bool](repeating: false, count: draft.expressions.count)
  }

  /// Looks at a symbol and all that it depends on.
  /// - Returns: whether there is no loop.
  mutating func check(_ symbol: Int32) -> Bool {
    if isChecked[Int(symbol)] { return true }
    enter(symbol)
    while let top = stack.indices.last {
      if let next = nextSymbol(top) {
        if isOpen[Int(next)] {
          var report = RecursionReport(draft, choices: choices, stack: stack)
          messages.append(report.message(for: next))
          while !stack.isEmpty { leave() }
          return false
        }
        if !isChecked[Int(next)] { enter(next) }
      } else {
        leave()
      }
    }
    return true
  }

  private mutating func enter(_ symbol: Int32) {
    let choice = choices[Int(symbol)]
    if choice >= 0 {
      push(symbol, .memberOfChoice)
    } else if draft.symbols[Int(symbol)].isChoice {
      let members = membersOfChoice(symbol)
      entries[symbol] = members
      for member in members + [symbol] { mark(member) }
      push(symbol, .choice)
    } else {
      mark(symbol)
      push(symbol, .symbol)
    }
  }

  private mutating func push(_ symbol: Int32, _ role: Frame.Role) {
    stack.append(Frame(symbol: symbol, role: role, base: pending.count, cursor: pending.count))
  }

  private mutating func mark(_ symbol: Int32) {
    isOpen[Int(symbol)] = true
    isChecked[Int(symbol)] = true
  }

  private func membersOfChoice(_ choice: Int32) -> [Int32] {
    draft.profile.choices == .choiceSymbol
      ? draft.members[choice] ?? [] : draft.symbols(inside: draft.symbols[Int(choice)].firstNode).withoutRepetitions
  }

  private mutating func leave() {
    let frame = stack.removeLast()
    pending.removeLast(pending.count - frame.base)
    switch frame.role {
    case .symbol:
      // The members of a choice stay open until all of it is done.
      if let outer = stack.last, outer.role == .choice, outer.symbol != frame.symbol { return }
      isOpen[Int(frame.symbol)] = false
    case .choice:
      for member in entries[frame.symbol] ?? [] { isOpen[Int(member)] = false }
      entries[frame.symbol] = nil
    case .memberOfChoice:
      break
    }
  }

  // MARK: what a symbol leads to

  /// The next symbol that the innermost one, or a member of the innermost choice, leads to; nil if there is none left.
  private mutating func nextSymbol(_ top: Int) -> Int32? {
    switch stack[top].role {
    case .memberOfChoice:
      guard stack[top].step == 0 else { return nil }
      stack[top].step = 1
      return choices[Int(stack[top].symbol)]
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
    if stack[top].expression != ExpressionStore.none { isExpressionChecked[Int(stack[top].expression)] = true }
    pending.removeLast(pending.count - stack[top].base)
    stack[top].cursor = stack[top].base
    stack[top].expression = ExpressionStore.none
    while let expression = advance(top) {
      guard expression != ExpressionStore.none, !isExpressionChecked[Int(expression)] else { continue }
      stack[top].expression = expression
      draft.expressions.collectSymbols(expression, into: &pending)
      return true
    }
    return false
  }

  /// The next expression of a symbol: its reverse dependencies, then conditions and defaults; nil behind the last.
  private mutating func advance(_ top: Int) -> Int32? {
    let record = draft.symbols[Int(stack[top].symbol)]
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
    if stack[top].cause == .condition, draft.properties[Int(stack[top].property)].kind == .default, !record.isChoice {
      stack[top].cause = .value
      return draft.properties[Int(stack[top].property)].value
    }
    var number = stack[top].property < 0 ? record.firstProperty : draft.properties[Int(stack[top].property)].next
    while number >= 0, isSkipped(draft.properties[Int(number)].kind) { number = draft.properties[Int(number)].next }
    guard number >= 0 else { return nil }
    stack[top].property = number
    stack[top].cause = .condition
    let property = draft.properties[Int(number)]
    return property.kind == .definition ? draft.nodes[Int(property.node)].dependency : property.condition
  }

  private func isSkipped(_ kind: PropertyRecord.Kind) -> Bool {
    switch kind {
    case .select, .imply: true
    // Up to v6.11 it counts where a symbol is defined among its properties.
    case .definition: draft.profile.has(.definitionsAreNoProperties)
    default: false
    }
  }
}

extension ExpressionStore {
  /// The symbols of an expression in text order, with repetitions.
  func collectSymbols(_ expression: Int32, into list: inout [Int32]) {
    if expression == Self.none { return }
    switch kind(expression) {
    case .and, .or:
      for index in operandRange(expression) { collectSymbols(operands[index], into: &list) }
    case .not:
      collectSymbols(first(expression), into: &list)
    case .symbol:
      list.append(first(expression))
    default:
      list.append(first(expression))
      list.append(second(expression))
    }
  }
}
