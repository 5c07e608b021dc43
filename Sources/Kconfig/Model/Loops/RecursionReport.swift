import Diagnostics

/// Says how a symbol depends on itself. Kernel: `sym_check_print_recursive` in scripts/kconfig/symbol.c.
struct RecursionReport {
  private let draft: ModelDraft
  private let choices: CompactTable<SymbolID, SymbolID>
  private var stack: [DependencyCheck.Frame]

  init(_ draft: ModelDraft, choices: CompactTable<SymbolID, SymbolID>, stack: [DependencyCheck.Frame]) {
    self.draft = draft
    self.choices = choices
    self.stack = stack
  }

  /// The loop that closes with `symbol`.
  mutating func message(for symbol: SymbolID) -> KconfigMessage {
    var last = symbol
    if let choice = choices[symbol] {
      stack.append(DependencyCheck.Frame(symbol: symbol, role: .memberOfChoice, base: 0, cursor: 0))
      last = choice
    }
    let summary: [UInt8] = .text("the value of ".utf8, draft.shownName(last), " depends on itself".utf8)
    guard let first = stack.lastIndex(where: { $0.symbol == last }) else {
      let text = Array(ascii: "unexpected recursive dependency error\n")
      return KconfigMessage(.error, id: "KCONFIG150", exactly: text, summary: summary)
    }
    let loop = stack[first...]
    var text: [UInt8] = []
    for index in loop.indices {
      let next = index + 1 < loop.endIndex ? loop[index + 1].symbol : last
      if loop[index].symbol == last { text += headline(loop[index]) }
      text += draft.language.has(.loopsWithoutPlaces) ? line(loop[index], next) : lineWithPlace(loop[index], next)
    }
    text += Array(
      ascii: """
        For a resolution refer to Documentation/kbuild/kconfig-language.rst
        subsection "Kconfig recursive dependency limitations"


        """)
    return KconfigMessage(
      .error, id: "KCONFIG150", exactly: text, summary: summary, at: place(of: last), reasons: steps(loop, last),
      notes: notes(loop, last), help: ["take one of these out, or make a 'select' of the loop a 'depends on'"])
  }

  /// The loop in a line; of a long one only its ends.
  private func steps(_ loop: ArraySlice<DependencyCheck.Frame>, _ last: SymbolID) -> [String] {
    let names = Self.ends(loop.filter { $0.cause != .none }.map(\.symbol) + [last]) { name($0) }
    return ["through " + names.joined(separator: " -> ")]
  }

  private static let shownSteps = 16

  /// The elements as text, those in the middle of many left out.
  private static func ends<Element>(_ list: [Element], _ text: (Element) -> String) -> [String] {
    if list.count <= shownSteps { return list.map(text) }
    return list.prefix(shownSteps / 2).map(text) + ["..."] + list.suffix(shownSteps / 2).map(text)
  }

  private func name(_ symbol: SymbolID) -> String { String(decoding: draft.shownName(symbol), as: UTF8.self) }

  /// Each step of the loop with the statement that makes it; of a long one only its ends.
  private func notes(_ loop: ArraySlice<DependencyCheck.Frame>, _ last: SymbolID) -> [Diagnostic.Note] {
    var all: [Diagnostic.Note] = []
    for index in loop.indices {
      let next = index + 1 < loop.endIndex ? loop[index + 1].symbol : last
      guard let place = statement(loop[index], next) else { continue }
      let text: String
      switch loop[index].cause {
      case .dependency: text = "\(name(loop[index].symbol)) depends on \(name(next))"
      case .selection: text = "\(name(loop[index].symbol)) is selected by \(name(next))"
      case .implication: text = "\(name(loop[index].symbol)) is implied by \(name(next))"
      case .value: text = "\(name(loop[index].symbol)) has a value with \(name(next)) in it"
      case .condition: text = "a condition of \(name(loop[index].symbol)) asks for \(name(next))"
      case .none: text = "\(name(loop[index].symbol)) and \(name(next)) belong to one choice"
      }
      all.append(Diagnostic.Note(text, at: place.range))
    }
    if all.count <= Self.shownSteps { return all }
    return Array(all.prefix(Self.shownSteps / 2) + all.suffix(Self.shownSteps / 2))
  }

  /// Where it is said that a symbol leads to the next one: the `select` or `imply`, the property, or else the entry.
  private func statement(_ frame: DependencyCheck.Frame, _ next: SymbolID) -> KconfigPlace? {
    switch frame.cause {
    case .selection, .implication:
      let kind: PropertyRecord.Kind = frame.cause == .selection ? .select : .imply
      if let place = draft.place(of: kind, by: next, target: frame.symbol) { return place }
    case .condition, .value:
      if let property = frame.property { return draft.place(of: draft.properties[property]) }
    case .dependency, .none: break
    }
    return place(of: frame.symbol)
  }

  /// Where a symbol is defined first.
  private func place(of symbol: SymbolID) -> KconfigPlace? {
    draft.menu.firstDefinition(of: symbol).map { draft.place(of: $0) }
  }

  private func headline(_ frame: DependencyCheck.Frame) -> [UInt8] {
    let text = Array(ascii: "error: recursive dependency detected!\n")
    if draft.language.has(.loopsWithoutPlaces) { return text }
    return shownPlace(frame) + Array(ascii: ":") + text
  }

  private func line(_ frame: DependencyCheck.Frame, _ next: SymbolID) -> [UInt8] {
    let name = draft.shownName(frame.symbol)
    if draft.symbols[next].isChoice, let place = place(of: next) {
      return .text(
        "\tsymbol ".utf8, name, " is part of choice block at ".utf8, place.path.utf8, ":\(place.line)\n".utf8)
    }
    return .text("\tsymbol ".utf8, name, relation(frame), draft.shownName(next), "\n".utf8)
  }

  private func lineWithPlace(_ frame: DependencyCheck.Frame, _ next: SymbolID) -> [UInt8] {
    let name = draft.shownName(frame.symbol)
    let start: [UInt8] = .text(shownPlace(frame), ":\t".utf8)
    let record = draft.symbols[frame.symbol]
    if record.isChoice {
      return .text(start, "choice ".utf8, name, " contains symbol ".utf8, draft.shownName(next), "\n".utf8)
    }
    if record.isMember {
      return .text(start, "symbol ".utf8, name, " is part of choice ".utf8, draft.shownName(next), "\n".utf8)
    }
    return .text(start, "symbol ".utf8, name, relation(frame), draft.shownName(next), "\n".utf8)
  }

  private func relation(_ frame: DependencyCheck.Frame) -> [UInt8] {
    var kind = "unknown"
    if let property = frame.property {
      kind = draft.properties[property].kind.name
    } else if !draft.language.has(.definitionsAreNoProperties) {
      kind = PropertyRecord.Kind.definition.name
    }
    switch frame.cause {
    case .dependency: return Array(ascii: " depends on ")
    case .selection: return Array(ascii: " is selected by ")
    case .implication: return Array(ascii: " is implied by ")
    case .value: return Array(ascii: " \(kind) value contains ")
    case .condition, .none: return Array(ascii: " \(kind) is visible depending on ")
    }
  }

  /// `path:line` of the property, or of the first definition.
  private func shownPlace(_ frame: DependencyCheck.Frame) -> [UInt8] {
    let record = draft.symbols[frame.symbol]
    var place = KconfigPlace(path: "", line: 0)
    if let property = frame.property, !record.isChoice, !record.isMember {
      place = draft.place(of: draft.properties[property])
    } else if let definition = self.place(of: frame.symbol) {
      place = definition
    }
    return Array(ascii: "\(place.path):\(place.line)")
  }
}
