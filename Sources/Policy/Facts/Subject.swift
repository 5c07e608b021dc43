package import Architectures
import Kconfig
import KernelC
import Simulation
import Vmemmap

/// The value of a fact that a rule may name.
enum FactValue: Hashable, Sendable {
  /// y or n.
  case truth(Bool)
  /// One of the fact's words.
  case word(String)
  /// The value of a Kconfig symbol.
  case tristate(Tristate)
  /// Nobody has said.
  case undecided
}

/// What a rule is evaluated on: a select line, an architecture, a configuration or a cell.
struct Subject: Sendable {
  /// What its findings are about.
  var scope: FindingScope
  var facts: [String: FactValue]
  /// The configuration space that knows the values of Kconfig symbols; nil where the subject has no configuration.
  var space: ConfigurationSpace?
  var configuration: Configuration?
  var structPageSize: UInt64?
  var hugepage: UInt64?
  var observation: Observation?
  var select: Architecture.Select?
  /// Ranges of kernel versions in which the selected symbol is the opt-in symbol.
  var optInRanges: [String] = []
  var because: String

  static func selects(of checked: SimulatedArchitecture, catalog: KernelCatalog) -> [Subject] {
    let architecture = checked.architecture
    return architecture.selects.map { select in
      let symbol = select.symbol.value
      let isOptIn = catalog.optInSymbols.contains(symbol)
      let exists = !isOptIn || architecture.kernel.optInSymbol == symbol
      return Subject(
        scope: .architecture(architecture.id),
        facts: ["select.exists": .truth(exists), "select.is_opt_in": .truth(isOptIn)], select: select,
        optInRanges: catalog.ranges(ofOptIn: symbol), because: "")
    }
  }

  static func architecture(_ checked: SimulatedArchitecture) -> Subject {
    let optsIn = checked.configurations.contains { $0.optsIn }
    let isReachable = checked.configurations.contains { $0.isEnabled }
    let missing = checked.architecture.kernel.featureDepends.symbols.map(\.text)
      .filter { symbol in checked.configurations.allSatisfy { $0.configuration.values[symbol] == .n } }
    let blocked =
      missing.isEmpty
      ? "its dependencies cannot be met together" : missing.map { "\($0)=n" }.joined(separator: ", ")
    return Subject(
      scope: .architecture(checked.architecture.id),
      facts: ["opt_in.selected": .truth(optsIn), "feature.reachable": .truth(isReachable)],
      because: "\(checked.architecture.kernel.feature) stays n: \(blocked)")
  }

  static func configuration(
    _ configuration: SimulatedConfiguration, of checked: SimulatedArchitecture
  ) -> Subject {
    let architecture = checked.architecture
    let announcement = FlushAnnouncement(configuration.macros)
    let implemented = architecture.flush != nil
    let facts: [String: FactValue] = [
      "opt_in.selected": .truth(configuration.optsIn),
      "feature.enabled": .truth(configuration.isEnabled),
      "flush.implemented": .truth(implemented),
      "flush.announced": announcement.fact,
      "struct_page.power_of_two": .truth(configuration.structPageSize.value.nonzeroBitCount == 1),
      "page_kernel_ro": .truth(architecture.pageKernelReadOnly.value),
      "live_pte_replace": architecture.livePTEReplace.value == .unknown
        ? .undecided : .word(architecture.livePTEReplace.value.rawValue),
    ]
    return Subject(
      scope: .configuration(configuration.id), facts: facts, space: checked.space,
      configuration: configuration.configuration, structPageSize: configuration.structPageSize.value,
      because: because(configuration, of: architecture, announcement: announcement, implemented: implemented))
  }

  /// The value of a fact or a Kconfig symbol; nil where the subject has no such name.
  func fact(_ name: String) -> FactValue? {
    if let fact = facts[name] { return fact }
    guard let space, let configuration else { return nil }
    return space.value(of: name, in: configuration).map { .tristate($0) }
  }

  /// A cell that was simulated; nil where the feature is not built in.
  static func cell(_ cell: SimulatedCell, base: Subject) -> Subject? {
    guard let observation = cell.observation else { return nil }
    var subject = base
    subject.scope = .cell(cell.id)
    subject.facts["hugepage.optimizable"] = .truth(observation.obstacle == nil)
    subject.facts["remap.replaces_live_pte"] = .truth(observation.replacedLivePTEs > 0)
    subject.facts["remap.splits_live_block"] = .truth(observation.splitLiveBlocks > 0)
    subject.hugepage = cell.hugepage.value
    subject.observation = observation
    return subject
  }

  /// What one run adds to its cell.
  static func facts(of outcome: RunOutcome) -> [String: FactValue] {
    var facts: [String: FactValue] = [
      "page.optimized": .truth(outcome.isOptimized), "run.understood": .truth(true),
      "run.faults": .truth(!outcome.path.faults.isEmpty),
      "run.writes_alias": .truth(!outcome.aliases.isEmpty), "run.loses_flush": .truth(outcome.losesFlush),
    ]
    // HVO004 reports what was not understood; the other rules need not repeat it.
    if case .notUnderstood = outcome.path.ending { facts["run.understood"] = .truth(false) }
    return facts
  }

  private static func because(
    _ configuration: SimulatedConfiguration, of architecture: Architecture, announcement: FlushAnnouncement,
    implemented: Bool
  ) -> String {
    var parts: [String] = []
    if configuration.isEnabled {
      if let select = architecture.optInSelect {
        parts.append("selected" + (select.symbol.at.map { " at \($0)" } ?? ""))
      }
      parts.append("\(architecture.kernel.feature)=y")
    }
    if announcement.fact != .truth(implemented) {
      let macro = "\(FlushAnnouncement.macro) is \(announcement)"
      let function = "flush_dcache_page is \(implemented ? "given" : "none")"
      parts += configuration.isEnabled ? ["\(macro), \(function)"] : [macro, function]
    }
    let assumptions = configuration.configuration.assumptions
    if !assumptions.isEmpty { parts.append("assumed \(assumptions)") }
    return parts.joined(separator: "; ")
  }
}

extension Architecture {
  /// The select line by which it opts in, where this kernel has an opt-in symbol.
  package var optInSelect: Select? {
    kernel.optInSymbol.flatMap { symbol in selects.first { $0.symbol.value == symbol } }
  }
}

extension KernelProfile {
  /// The opt-in symbol; nil where the condition stands in the feature's own `depends on`.
  package var optInSymbol: String? {
    if case .symbol(let name) = optIn { name } else { nil }
  }
}
