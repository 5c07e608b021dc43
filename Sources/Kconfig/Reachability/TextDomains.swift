/// The texts that a user may give to numbers and strings, as far as any comparison can tell them apart.
///
/// Between two neighbouring constants all numbers give the same answers; so each constant and the numbers beside it stand
/// for all numbers there are.
struct TextDomains {
  private var parents: [Int32: Int32] = [:]
  private var constants: [Int32: Set<[UInt8]>] = [:]
  /// Texts that are told apart letter by letter, not by what they are worth as numbers.
  private var exact: [Int32: Set<[UInt8]>] = [:]
  /// What a user may set something of.
  private var freeRoots: Set<Int32> = []
  private let model: KconfigModel

  /// - Parameter texts: what else is to be told from other texts, beside what comparisons tell apart.
  init(_ cone: DependencyCone, in model: KconfigModel, tellingApart texts: [(symbol: Int32, text: [UInt8])] = []) {
    self.model = model
    for expression in cone.comparisons {
      join(model.expressions.first(expression), model.expressions.second(expression))
    }
    for symbol in model.symbols.indices where cone.contains[symbol] && !model.symbols[symbol].type.isLogical {
      for number in model.index.defaults(of: symbol) {
        let value = model.index.defaults[number].value
        if model.expressions.kind(value) == .symbol { join(Int32(symbol), model.expressions.first(value)) }
      }
      for number in model.index.ranges(of: symbol) {
        let value = model.index.ranges[number].value
        join(Int32(symbol), model.expressions.first(value))
        join(Int32(symbol), model.expressions.second(value))
      }
    }
    for symbol in model.symbols.indices where cone.contains[symbol] && !model.symbols[symbol].type.isLogical {
      if !model.index.prompts(of: symbol).isEmpty { freeRoots.insert(root(Int32(symbol))) }
    }
    for (symbol, text) in texts { exact[root(symbol), default: []].insert(text) }
  }

  /// Texts that a user may give to a symbol, sorted.
  func texts(of symbol: Int32) -> [[UInt8]] {
    let known = constants[root(symbol)] ?? []
    if let input = model.openAnswers.input(of: symbol) { return texts(of: input, known) }
    var texts: Set<[UInt8]> = []
    switch model.symbols[Int(symbol)].type {
    case .int: for number in neighbours(of: known, base: 10) { texts.insert(Array(String(number).utf8)) }
    case .hex:
      for number in neighbours(of: known, base: 16) where number >= 0 {
        texts.insert(Array(("0x" + String(number, radix: 16)).utf8))
      }
    case .string:
      texts = known.union([[]])
      // One that no constant is equal to.
      texts.insert(Array("other".utf8) + (known.max { $0.count < $1.count } ?? []))
    case .bool, .tristate, .unknown: break
    }
    let type = model.symbols[Int(symbol)].type
    texts.formUnion((exact[root(symbol)] ?? []).filter { type.accepts($0) })
    return texts.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// What a probe can find out.
  private func texts(of input: ProbeInput, _ known: Set<[UInt8]>) -> [[UInt8]] {
    let numbers = neighbours(of: known, base: 10)
    switch input.kind {
    case .success: return []
    case .name(let names): return names.map { Array($0.utf8) }
    case .number(let least):
      let all = numbers.filter { $0 >= Int64(least) }.union([Int64(least)])
      return all.sorted().map { Array(String($0).utf8) }
    case .text:
      var texts = known.union([[]]).union(numbers.map { Array(String($0).utf8) })
      texts.insert(Array("other".utf8) + (known.max { $0.count < $1.count } ?? []))
      return texts.sorted { $0.lexicographicallyPrecedes($1) }
    }
  }

  /// Whether a user may give a number or string, or one that it takes its value from, other texts than those listed.
  func isOpenEnded(_ symbol: Int32) -> Bool {
    guard !model.symbols[Int(symbol)].type.isLogical else { return false }
    return freeRoots.contains(root(symbol))
  }

  private func neighbours(of constants: Set<[UInt8]>, base: UInt64) -> Set<Int64> {
    var numbers: Set<Int64> = []
    for constant in constants {
      let number = Int64(saturating: constant, base: base)
      numbers.formUnion([number &- 1, number, number &+ 1])
    }
    return numbers
  }

  private func root(_ symbol: Int32) -> Int32 {
    var symbol = symbol
    while let parent = parents[symbol] { symbol = parent }
    return symbol
  }

  /// A constant joins no others: half of all symbols are compared with 0.
  private mutating func join(_ first: Int32, _ second: Int32) {
    switch (constant(first), constant(second)) {
    case (let text?, nil): constants[root(second), default: []].insert(text)
    case (nil, let text?): constants[root(first), default: []].insert(text)
    case (nil, nil):
      let (parent, child) = (root(first), root(second))
      guard parent != child else { return }
      parents[child] = parent
      constants[parent, default: []].formUnion(constants.removeValue(forKey: child) ?? [])
    case (_?, _?): break
    }
  }

  private func constant(_ symbol: Int32) -> [UInt8]? {
    let record = model.symbols[Int(symbol)]
    guard record.isConstant || record.type == .unknown else { return nil }
    return record.name < 0 ? [] : Array(model.names[record.name])
  }
}
