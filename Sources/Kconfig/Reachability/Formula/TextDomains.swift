/// The texts that a user may give to numbers and strings, as far as any comparison can tell them apart.
///
/// Comparisons see the order of values only. Of n values that are compared with one another, no more than n lie between two
/// neighbouring constants: so each constant and the n numbers on both sides of it stand for all numbers there are, and the n
/// texts that come next behind it for all texts.
struct TextDomains {
  /// More values than these that are compared with one another are not tried.
  static let mostCompared = 64

  private var parents: [SymbolID: SymbolID] = [:]
  private var constants: [SymbolID: Set<[UInt8]>] = [:]
  /// Texts that are told apart letter by letter, not by what they are worth as numbers.
  private var exact: [SymbolID: Set<[UInt8]>] = [:]
  /// How many values the user or the toolchain may give that are compared with one another.
  private var freeCounts: [SymbolID: Int] = [:]
  /// Where texts are compared by their order.
  private var ordered: Set<SymbolID> = []
  private let model: KconfigModel

  /// - Parameter texts: what else is to be told from other texts, beside what comparisons tell apart.
  init(_ cone: DependencyCone, in model: KconfigModel, tellingApart texts: [(symbol: SymbolID, text: [UInt8])] = []) {
    self.model = model
    for expression in cone.comparisons {
      join(model.expressions.symbol(expression), model.expressions.rightSymbol(expression))
    }
    for symbol in model.symbols.ids where cone.contains[symbol] && !model.symbols[symbol].type.isLogical {
      for number in model.index.defaults(of: symbol) {
        let value = model.index.defaults[number].value
        if model.expressions.kind(value) == .symbol { join(symbol, model.expressions.symbol(value)) }
      }
      for number in model.index.ranges(of: symbol) {
        let value = model.index.ranges[number].value
        join(symbol, model.expressions.symbol(value))
        join(symbol, model.expressions.rightSymbol(value))
      }
    }
    for symbol in model.symbols.ids where cone.contains[symbol] && !model.symbols[symbol].type.isLogical {
      if model.index.hasPrompt(symbol) { freeCounts[root(symbol), default: 0] += 1 }
    }
    for (symbol, text) in texts { exact[root(symbol), default: []].insert(text) }
    for expression in cone.comparisons {
      for symbol in [model.expressions.symbol(expression), model.expressions.rightSymbol(expression)] {
        switch model.expressions.kind(expression).relation {
        case .less, .lessOrEqual, .greater, .greaterOrEqual: ordered.insert(root(symbol))
        case .equal, .notEqual, nil: break
        }
        // The letter of a bool is compared with texts, and its number with numbers.
        if constant(symbol) == nil, model.symbols[symbol].type.isLogical, freeCounts[root(symbol)] != nil {
          constants[root(symbol), default: []].formUnion(["n", "m", "y", "0", "1", "2"].map { Array($0.utf8) })
        }
      }
    }
  }

  /// Whether so many values are compared with one another that not all are tried.
  var isIncomplete: Bool { freeCounts.values.contains { $0 > Self.mostCompared } }

  /// Texts that a user may give to a symbol, sorted.
  func texts(of symbol: SymbolID) -> [[UInt8]] {
    if let input = model.openAnswers.input(of: symbol) { return texts(of: input, as: symbol) }
    let type = model.symbols[symbol].type
    var texts: Set<[UInt8]> = []
    switch type {
    case .int: texts = decimals(of: symbol)
    case .hex: texts = Set(hexadecimals(of: symbol).map { Array(("0x" + String($0, radix: 16)).utf8) })
    case .string: texts = strings(of: symbol)
    case .bool, .tristate, .unknown: break
    }
    texts.formUnion((exact[root(symbol)] ?? []).filter { type.accepts($0) })
    return texts.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// What a probe can find out.
  private func texts(of input: ProbeInput, as symbol: SymbolID) -> [[UInt8]] {
    switch input.kind {
    case .success: return []
    case .name(let names): return names.map { Array($0.utf8) }
    case .number(let least):
      let all = numbers(of: symbol).filter { $0 >= Int64(least) }.union([Int64(least)])
      return all.sorted().map { Array(String($0).utf8) }
    case .text:
      return strings(of: symbol).union(decimals(of: symbol)).sorted { $0.lexicographicallyPrecedes($1) }
    }
  }

  /// Whole numbers, as an int or a comparison reads the constants.
  private func numbers(of symbol: SymbolID) -> Set<Int64> {
    var numbers: Set<Int64> = []
    for constant in known(of: symbol) {
      var read = [Int64(saturating: constant, base: 10)]
      if case .signed(let number) = KconfigNumber(signed: constant, base: 0) { read.append(number) }
      for number in read {
        for distance in 0...Int64(reach(of: symbol)) { numbers.formUnion([number &- distance, number &+ distance]) }
      }
    }
    return numbers
  }

  private func decimals(of symbol: SymbolID) -> Set<[UInt8]> {
    Set(numbers(of: symbol).map { Array(String($0).utf8) })
  }

  /// Numbers that are not negative, as a hex or a comparison reads the constants.
  private func hexadecimals(of symbol: SymbolID) -> Set<UInt64> {
    var numbers = Set(numbers(of: symbol).filter { $0 >= 0 }.map(UInt64.init))
    for constant in known(of: symbol) {
      var read = [UInt64(max(0, Int64(saturating: constant, base: 16)))]
      if let number = KconfigNumber(unsignedHex: constant) { read.append(number.bits) }
      for number in read {
        for distance in 0...UInt64(reach(of: symbol)) {
          if number >= distance { numbers.insert(number - distance) }
          if number <= .max - distance { numbers.insert(number + distance) }
        }
      }
    }
    return numbers
  }

  /// Texts: the constants, the texts right behind them where their order counts, and what no constant is equal to.
  private func strings(of symbol: SymbolID) -> Set<[UInt8]> {
    let known = known(of: symbol).union([[]])
    var texts = known
    let other = Array("other".utf8) + (known.max { $0.count < $1.count } ?? [])
    for number in 1...reach(of: symbol) {
      texts.insert(other + (number > 1 ? Array(String(number).utf8) : []))
      guard ordered.contains(root(symbol)) else { continue }
      // Nothing that can be written comes between a text and the same with a space.
      for text in known { texts.insert(text + [UInt8](repeating: .space, count: number)) }
    }
    // Texts may be compared with numbers, and as numbers.
    if known.contains(where: { KconfigNumber(signed: $0, base: 0) != nil }) { texts.formUnion(decimals(of: symbol)) }
    return texts
  }

  /// The constants that a symbol is compared with; where there are none, values are still compared with one another.
  private func known(of symbol: SymbolID) -> Set<[UInt8]> {
    guard let known = constants[root(symbol)], !known.isEmpty else {
      return reach(of: symbol) > 1 ? [[UInt8(ascii: "0")]] : []
    }
    return known
  }

  /// How many values beside a constant are told apart.
  private func reach(of symbol: SymbolID) -> Int {
    min(max(1, freeCounts[root(symbol)] ?? 0), Self.mostCompared)
  }

  /// Whether a user may give a number or string, or one that it takes its value from, other texts than those listed.
  func isOpenEnded(_ symbol: SymbolID) -> Bool {
    guard !model.symbols[symbol].type.isLogical else { return false }
    return freeCounts[root(symbol)] != nil
  }

  private func root(_ symbol: SymbolID) -> SymbolID {
    var symbol = symbol
    while let parent = parents[symbol] { symbol = parent }
    return symbol
  }

  /// A constant joins no others: half of all symbols are compared with 0.
  private mutating func join(_ first: SymbolID, _ second: SymbolID) {
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

  private func constant(_ symbol: SymbolID) -> [UInt8]? {
    let record = model.symbols[symbol]
    guard record.isConstant || record.type == .unknown else { return nil }
    return Array(model.nameText(of: symbol))
  }
}
