public import Diagnostics
public import Kconfig
import KernelC

/// The configurations of an architecture that differ in something HVO can see.
///
/// What `config:` says is fixed, what follows from it is computed, and a symbol that matters but is not said is tried
/// with every value: an assumption that the reader of a finding can check.
public struct ConfigurationSpace: Sendable {
  /// More undecided symbols than this are refused: 1 << 8 configurations of every hugepage size. A symbol that may be m
  /// counts for more than one.
  public static let mostUndecided = 8

  let architecture: Architecture
  let catalog: KernelCatalog
  private let uses: SymbolUses

  /// The space of one architecture.
  public init(of architecture: Architecture, catalog: KernelCatalog) {
    self.architecture = architecture
    self.catalog = catalog
    uses = SymbolUses(in: architecture, catalog: catalog)
  }

  /// The configurations, those with HVO first; configurations that look alike are listed once.
  /// - Throws: more than `mostUndecided` symbols matter and are undecided, a condition that decides something has no
  ///   value, or the descriptor contradicts itself.
  public func configurations() throws(Diagnostic) -> [Configuration] {
    let relevant = relevantSymbols()
    let free = relevant.filter { isFree($0) }.sorted().map { (name: $0, values: uses.possibleValues(of: $0)) }
    let combinations = try count(of: free)
    let all = (0..<combinations).map { choice in
      var rest = choice
      var assumed: [String: Tristate] = [:]
      for (name, values) in free {
        assumed[name] = values[rest % values.count]
        rest /= values.count
      }
      let values = Dictionary(
        uniqueKeysWithValues: relevant.compactMap { name in value(of: name, assuming: assumed).map { (name, $0) } })
      return Configuration(assumed: assumed, values: values)
    }
    var contradictions: [Diagnostic] = []
    var possible: [(configuration: Configuration, signature: Signature)] = []
    for configuration in all {
      if let contradiction = contradiction(in: configuration) {
        contradictions.append(contradiction)
      } else {
        try checkDecided(in: configuration)
        possible.append((configuration, signature(of: configuration)))
      }
    }
    if possible.isEmpty, let first = contradictions.first { throw first }
    let deciding = decidingSymbols(possible, among: free.map(\.name))
    var found: [(configuration: Configuration, signature: Signature)] = []
    for (configuration, signature) in possible where !found.contains(where: { $0.signature == signature }) {
      var assumed = configuration.assumed.filter { deciding.contains($0.key) }
      // What follows from the others is shown as it is, not as it was tried.
      for name in assumed.keys { assumed[name] = configuration.values[name] ?? assumed[name] }
      found.append((Configuration(assumed: assumed, values: configuration.values), signature))
    }
    return found.sorted { $0.signature.isEnabled && !$1.signature.isEnabled }.map(\.configuration)
  }

  private func count(of free: [(name: String, values: [Tristate])]) throws(Diagnostic) -> Int {
    var combinations = 1
    for (_, values) in free where combinations <= 1 << Self.mostUndecided { combinations *= values.count }
    guard combinations <= 1 << Self.mostUndecided else {
      throw Diagnostic(
        id: "ARCH014", "too many undecided Kconfig symbols: \(free.map(\.name).joined(separator: ", "))",
        at: architecture.directory.range, help: ["say in 'config:' which of them are set"])
    }
    return combinations
  }

  /// The symbols that change something for some values of the others; the rest are no assumptions.
  private func decidingSymbols(
    _ possible: [(configuration: Configuration, signature: Signature)], among free: [String]
  ) -> Set<String> {
    let signatures = Dictionary(possible.map { ($0.configuration.assumed, $0.signature) }) { first, _ in first }
    let deciding = free.filter { symbol in
      signatures.contains { assumed, signature in
        [Tristate.y, .n, .m].contains { value in
          var changed = assumed
          changed[symbol] = value
          return signatures[changed].map { $0 != signature } ?? false
        }
      }
    }
    // Configurations that contradict the descriptor are missing, so that two that remain may differ in several symbols.
    var seen: [[String: Tristate]: Signature] = [:]
    for (assumed, signature) in signatures {
      let shown = assumed.filter { deciding.contains($0.key) }
      if let other = seen[shown], other != signature { return Set(free) }
      seen[shown] = signature
    }
    return Set(deciding)
  }

  /// The value of a symbol in a configuration; nil where nothing decides it.
  public func value(of symbol: String, in configuration: Configuration) -> Tristate? {
    configuration.values[symbol] ?? value(of: symbol, assuming: configuration.assumed)
  }

  /// Does the architecture opt in to HVO?
  public func optsIn(in configuration: Configuration) -> Bool {
    switch architecture.kernel.optIn {
    case .symbol(let name): value(of: name, in: configuration) == .y
    case .condition(let expression): holds(expression, in: configuration)
    }
  }

  /// Is the feature built in?
  public func isEnabled(in configuration: Configuration) -> Bool {
    optsIn(in: configuration) && holds(architecture.kernel.featureDepends, in: configuration)
  }

  /// `sizeof(struct page)` in bytes; nil where no condition holds.
  public func structPageSize(in configuration: Configuration) -> Fact<UInt64>? {
    architecture.structPageSizes.first { $0.condition.map { holds($0, in: configuration) } ?? true }?.bytes
  }

  /// The C macros that are defined.
  public func macros(in configuration: Configuration) -> [Architecture.Define] {
    architecture.defines.filter { $0.condition.map { holds($0, in: configuration) } ?? true }
  }

  func holds(_ expression: KconfigExpression, in configuration: Configuration) -> Bool {
    evaluate(expression) { value(of: $0, in: configuration) } == .y
  }

  /// What two configurations must share to be one: everything that a cell is made from.
  private struct Signature: Hashable {
    var isEnabled: Bool
    var optsIn: Bool
    var structPageSize: UInt64?
    var macros: [String]
    var code: [String: Tristate]
  }

  private func signature(of configuration: Configuration) -> Signature {
    Signature(
      isEnabled: isEnabled(in: configuration), optsIn: optsIn(in: configuration),
      structPageSize: structPageSize(in: configuration)?.value,
      macros: macros(in: configuration).map { "\($0.macro.value)=\($0.value)" },
      code: configuration.values.filter { symbolsInCode.contains($0.key) })
  }

  // MARK: values

  private func value(of symbol: String, assuming assumed: [String: Tristate], depth: Int = 0) -> Tristate? {
    if let said = architecture.config[symbol] { return said.value }
    if uses.isNumberOrText(symbol) { return nil }
    let known = catalog.symbols[symbol]
    if known?.isFeature == true { return featureValue(symbol, assuming: assumed, depth: depth) }
    if let owner = known?.architecture, owner != architecture.directory.value { return .n }
    let selects = architecture.selects.filter { $0.symbol.value == symbol }
    if known?.isSelectedOnly == true || !selects.isEmpty {
      var isUndecided = false
      for select in selects {
        guard let condition = select.condition else { return .y }
        // A select that leads back to its own symbol cannot decide it.
        guard depth < 8 else { return nil }
        switch evaluate(condition, lookup: { value(of: $0, assuming: assumed, depth: depth + 1) }) {
        case .y, .m: return .y
        case .n: continue
        case nil: isUndecided = true
        }
      }
      if isUndecided { return nil }
      if known?.isSelectedOnly == true { return .n }
    }
    // Behind the select lines: they force a symbol to y whatever it depends on.
    if let depends = known?.depends {
      guard depth < 8 else { return nil }
      let limit = evaluate(depends) { value(of: $0, assuming: assumed, depth: depth + 1) }
      guard let limit, limit != .n else { return limit }
    }
    if let value = assumed[symbol] { return value }
    if let expression = known?.value, depth < 8 {
      return evaluate(expression) { value(of: $0, assuming: assumed, depth: depth + 1) }
    }
    return nil
  }

  /// The feature follows from the opt-in and its dependencies; another kernel's feature symbol does not exist here.
  private func featureValue(_ symbol: String, assuming assumed: [String: Tristate], depth: Int) -> Tristate? {
    guard symbol == architecture.kernel.feature else { return .n }
    guard depth < 8 else { return nil }
    func lookup(_ name: String) -> Tristate? { value(of: name, assuming: assumed, depth: depth + 1) }
    let optsIn: Tristate? =
      switch architecture.kernel.optIn {
      case .symbol(let name): lookup(name)
      case .condition(let expression): evaluate(expression, lookup: lookup)
      }
    let depends = evaluate(architecture.kernel.featureDepends, lookup: lookup)
    if optsIn == .n || depends == .n { return .n }
    guard let optsIn, let depends else { return nil }
    return min(optsIn, depends)
  }

  func evaluate(_ expression: KconfigExpression, lookup: (String) -> Tristate?) -> Tristate? {
    if case .value(let value) = expression.evaluate({ lookup($0.text).map { .tristate($0) } }) { value } else { nil }
  }

  // MARK: which symbols matter

  private var symbolsInCode: Set<String> {
    Program.configSymbols(in: architecture.codeTexts)
  }

  private func relevantSymbols() -> Set<String> {
    var symbols = symbolsInCode
    func add(_ expression: KconfigExpression?) {
      for symbol in expression?.symbols ?? [] { symbols.insert(symbol.text) }
    }
    switch architecture.kernel.optIn {
    case .symbol(let name): symbols.insert(name)
    case .condition(let expression): add(expression)
    }
    // The code may ask for the feature itself, which follows from these.
    add(architecture.kernel.featureDepends)
    for select in architecture.selects where symbols.contains(select.symbol.value) || isOptIn(select.symbol.value) {
      add(select.condition)
    }
    for size in architecture.structPageSizes { add(size.condition) }
    for define in architecture.defines { add(define.condition) }
    // What a computed symbol follows from matters as much as the symbol.
    var pending = symbols.sorted()
    while let name = pending.popLast() {
      var below = catalog.symbols[name]?.value?.symbols.map(\.text) ?? []
      below += catalog.symbols[name]?.depends?.symbols.map(\.text) ?? []
      for select in architecture.selects where select.symbol.value == name {
        below += select.condition?.symbols.map(\.text) ?? []
      }
      for name in below where symbols.insert(name).inserted { pending.append(name) }
    }
    return symbols
  }

  private func isOptIn(_ symbol: String) -> Bool {
    if case .symbol(symbol) = architecture.kernel.optIn { true } else { false }
  }

  /// Neither said nor computed: a value has to be assumed.
  private func isFree(_ symbol: String) -> Bool {
    guard architecture.config[symbol] == nil, !uses.isNumberOrText(symbol) else { return false }
    if catalog.symbols[symbol]?.isFeature == true { return false }
    let known = catalog.symbols[symbol]
    if let owner = known?.architecture, owner != architecture.directory.value { return false }
    if known?.value != nil || known?.isSelectedOnly == true { return false }
    return !isOptIn(symbol)
  }
}
