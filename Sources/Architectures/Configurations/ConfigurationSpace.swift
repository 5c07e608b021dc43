package import Diagnostics
package import Kconfig

/// The configurations of an architecture that differ in something HVO can see: exactly those that Kconfig can reach.
///
/// What `config:` says is fixed, what follows from it is computed, and a symbol that matters but is not said is an
/// assumption that the reader of a finding can check.
package struct ConfigurationSpace: Sendable {
  /// More configurations than this are refused: each is simulated with every hugepage size.
  package static let mostConfigurations = 256

  /// More undecided symbols than this are refused: no kernel has so many on which HVO depends, and a descriptor that is
  /// made to take long has.
  static let mostUndecided = 500

  /// Whose configurations they are.
  package let architecture: Architecture
  let kconfig: DescriptorKconfig
  private let catalog: KernelCatalog
  private let reading: Result<KconfigModel, Diagnostic>

  /// The space of one architecture.
  package init(of architecture: Architecture, catalog: KernelCatalog) {
    self.architecture = architecture
    self.catalog = catalog
    let kconfig = DescriptorKconfig(of: architecture, catalog: catalog)
    self.kconfig = kconfig
    reading = Result { () throws(Diagnostic) in try kconfig.model() }
  }

  /// The configurations, those with HVO first; configurations that look alike are listed once.
  /// - Throws: there are more than `mostConfigurations`, something is decided by a number, or the descriptor contradicts
  ///   itself.
  package func configurations() throws(Diagnostic) -> [Configuration] {
    let model = try reading.get()
    let space = try space(of: kconfig.outcomes, in: model)
    let symbols = space.cone.map { model.symbol($0) }.filter { kconfig.names.present.contains($0.name) }
    // About these a `.config` says something that matters and the descriptor says nothing.
    let asked = symbols.filter { architecture.config[$0.name] == nil && !$0.prompts.isEmpty }.map(\.name).sorted()
    guard asked.count <= Self.mostUndecided else {
      throw Diagnostic(
        id: "ARCH014", "\(asked.count) undecided Kconfig symbols have a say, more than \(Self.mostUndecided)",
        at: architecture.directory.range, help: ["say in 'config:' which of them are set"])
    }
    try checkNumbers(space, asked: asked, in: model)
    let deciding = try deciding(space, among: asked)
    let combinations = try combinations(space, asked: asked, deciding: deciding)
    let facts = kconfig.facts.map { ($0.fact, model.symbolID(named: $0.symbol)) }
    var evaluation = KconfigEvaluation(model)
    var seen: Set<Signature> = []
    var configurations: [Configuration] = []
    for combination in combinations {
      _ = evaluation.read(Array(combination.witness.map { $0.line + "\n" }.joined().utf8))
      var values: [String: Tristate] = [:]
      for symbol in symbols {
        if case .tristate(let value) = evaluation.value(of: symbol.id) { values[symbol.name] = value }
      }
      let holding = facts.filter { $0.1.map { evaluation.value(of: $0) } == .tristate(.y) }.map(\.0)
      let configuration = Configuration(
        assumed: values.filter { deciding.contains($0.key) }, values: values, outcome: outcome(holding))
      try checkDefinedOnce(in: configuration)
      if seen.insert(Signature(configuration, of: self)).inserted { configurations.append(configuration) }
    }
    return configurations.filter(\.outcome.isEnabled) + configurations.filter { !$0.outcome.isEnabled }
  }

  private func outcome(_ facts: [DescriptorKconfig.Fact]) -> Configuration.Outcome {
    var outcome = Configuration.Outcome()
    outcome.defines = architecture.defines.indices.filter { architecture.defines[$0].condition == nil }
    if let first = architecture.structPageSizes.first, first.condition == nil { outcome.structPage = 0 }
    for fact in facts {
      switch fact {
      case .optIn: outcome.optsIn = true
      case .feature: outcome.isEnabled = true
      case .structPage(let index): outcome.structPage = index
      case .define(let index): outcome.defines.append(index)
      }
    }
    outcome.defines.sort()
    return outcome
  }

  private func combinations(
    _ space: KconfigSpace, asked: [String], deciding: Set<String>
  ) throws(Diagnostic) -> [KconfigReachability.Combination] {
    do throws(KconfigSpace.Failure) {
      return try space.combinations(preferring: asked, mostCombinations: Self.mostConfigurations)
    } catch {
      throw diagnostic(for: error, undecided: deciding)
    }
  }

  /// Those of the symbols that have to be known to know the configuration; what the code asks for is the last that is
  /// left out.
  private func deciding(_ space: KconfigSpace, among asked: [String]) throws(Diagnostic) -> Set<String> {
    let code = kconfig.names.inCode
    do throws(KconfigSpace.Failure) {
      return Set(try space.deciding(among: asked.filter { !code.contains($0) } + asked.filter(code.contains)) ?? asked)
    } catch {
      throw diagnostic(for: error)
    }
  }

  // MARK: facts of one configuration

  /// The value of a symbol in a configuration; nil where nothing decides it.
  package func value(of symbol: String, in configuration: Configuration) -> Tristate? {
    if let value = configuration.values[symbol] ?? architecture.config[symbol]?.value { return value }
    if kconfig.names.isAbsent(symbol) { return .n }
    guard SymbolNames.canBe(symbol), kconfig.uses.textKind(of: symbol) == nil else { return nil }
    return onlyValue(of: symbol, where: configuration.values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }

  /// The value that a symbol has wherever others have these values; nil where it may have more than one.
  func onlyValue(of symbol: String, where values: [(symbol: String, value: Tristate)]) -> Tristate? {
    guard let model = try? model(with: symbol),
      let space = try? KconfigSpace(
        of: [symbol], in: model, requiring: values.map { KconfigSpace.Requirement($0.symbol, is: $0.value) }),
      let combinations = try? space.combinations(preferring: [], mostCombinations: 3), combinations.count == 1
    else { return nil }
    return combinations.first?.values.first.flatMap { Tristate(letter: $0) }
  }

  /// The descriptor's symbols, and another one if it is none of them.
  private func model(with symbol: String) throws(Diagnostic) -> KconfigModel {
    if kconfig.names.present.contains(symbol) { return try reading.get() }
    return try DescriptorKconfig(of: architecture, catalog: catalog, others: [symbol]).model()
  }

  /// Does the architecture opt in to HVO?
  package func optsIn(in configuration: Configuration) -> Bool { configuration.outcome.optsIn }

  /// Is the feature built in?
  package func isEnabled(in configuration: Configuration) -> Bool { configuration.outcome.isEnabled }

  /// `sizeof(struct page)` in bytes; nil where no condition holds.
  package func structPageSize(in configuration: Configuration) -> Fact<UInt64>? {
    configuration.outcome.structPage.map { architecture.structPageSizes[$0].bytes }
  }

  /// The C macros that are defined.
  package func macros(in configuration: Configuration) -> [Architecture.Define] {
    configuration.outcome.defines.map { architecture.defines[$0] }
  }

  /// What two configurations must share to be one: everything that a cell is made from.
  private struct Signature: Hashable {
    var isEnabled: Bool
    var optsIn: Bool
    var structPageSize: UInt64?
    var macros: [String]
    var code: [String: Tristate]

    init(_ configuration: Configuration, of space: ConfigurationSpace) {
      isEnabled = configuration.outcome.isEnabled
      optsIn = configuration.outcome.optsIn
      structPageSize = space.structPageSize(in: configuration)?.value
      macros = space.macros(in: configuration).map { "\($0.macro.value)=\($0.value)" }
      code = configuration.values.filter { space.kconfig.names.inCode.contains($0.key) }
    }
  }
}
