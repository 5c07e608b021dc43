package import Architectures
import Diagnostics
import Kconfig
import KernelC
package import Simulation
import Vmemmap

/// Evaluates rules on what was simulated.
package struct Evaluator: Sendable {
  private let rules: [Rule]
  private let catalog: KernelCatalog

  /// An evaluator of these rules.
  package init(rules: [Rule], catalog: KernelCatalog) {
    self.rules = rules
    self.catalog = catalog
  }

  /// The findings of one architecture, and the verdict of each cell.
  package func evaluate(_ simulated: SimulatedArchitecture) -> JudgedArchitecture {
    var findings: [FindingScope: [Finding]] = [:]
    var subjects = SubjectCache(simulated: simulated, catalog: catalog)
    for rule in rules {
      for subject in subjects.subjects(of: rule.quantifier) {
        for finding in self.findings(rule, subject, of: simulated.architecture) {
          findings[finding.id.scope, default: []].append(finding)
        }
      }
    }
    return judged(simulated, findings)
  }

  private func judged(
    _ simulated: SimulatedArchitecture, _ findings: [FindingScope: [Finding]]
  ) -> JudgedArchitecture {
    let architecture = simulated.architecture
    let ownFindings = findings[.architecture(architecture.id)] ?? []
    let configurations = simulated.configurations.map { configuration in
      let above = ownFindings + (findings[.configuration(configuration.id)] ?? [])
      let cells = configuration.cells.map { cell in
        let own = findings[.cell(cell.id)] ?? []
        return JudgedCell(
          simulated: cell, ownFindings: own,
          verdict: CellVerdict(of: cell, in: configuration, architecture, findings: above + own))
      }
      return JudgedConfiguration(
        simulated: configuration, ownFindings: findings[.configuration(configuration.id)] ?? [], cells: cells)
    }
    return JudgedArchitecture(
      architecture: architecture, trusted: simulated.trusted, configurations: configurations, ownFindings: ownFindings)
  }

  private func findings(_ rule: Rule, _ subject: Subject, of architecture: Architecture) -> [Finding] {
    switch rule.quantifier {
    case .flush:
      return runFindings(rule, subject, subject.observation?.flush ?? [], of: architecture)
    case .icacheSync:
      return runFindings(rule, subject, subject.observation?.icacheSync ?? [], of: architecture)
    case .select, .architecture, .configuration, .cell:
      guard let outcome = judge(rule, facts: { subject.fact($0) }) else { return [] }
      return [finding(rule, outcome, subject, run: nil, of: architecture)]
    }
  }

  /// What violates a rule at one place: each store is a finding of its own, however many others a run makes.
  private struct Violation {
    var event: RunEvent
    var outcome: Finding.Outcome
    var runs: [(outcome: RunOutcome, event: RunEvent)]
  }

  private func runFindings(
    _ rule: Rule, _ subject: Subject, _ outcomes: [RunOutcome], of architecture: Architecture
  ) -> [Finding] {
    var violations: [Violation] = []
    var known: [RunEvent.Key: Int] = [:]
    for outcome in outcomes {
      let own = Subject.facts(of: outcome)
      guard let judged = judge(rule, facts: { own[$0] ?? subject.fact($0) }) else { continue }
      for event in outcome.events(namedBy: rule) {
        guard let position = known[event.key] else {
          known[event.key] = violations.count
          violations.append(Violation(event: event, outcome: judged, runs: [(outcome, event)]))
          continue
        }
        if judged == .violated, violations[position].outcome == .undecided {
          violations[position].outcome = .violated
          violations[position].runs = []
        }
        if judged == violations[position].outcome { violations[position].runs.append((outcome, event)) }
      }
    }
    return violations.map { finding(rule, $0.outcome, subject, run: ViolatingRun($0.runs), of: architecture) }
  }

  /// Nil if the rule does not apply or holds.
  private func judge(_ rule: Rule, facts: (String) -> FactValue?) -> Finding.Outcome? {
    func truth(_ expression: KconfigExpression) -> Tristate? {
      let result = expression.evaluate { operand in
        switch facts(operand.text) {
        case .truth(let value)?: .tristate(value ? .y : .n)
        case .word(let word)?: .string(word)
        case .tristate(let value)?: .tristate(value)
        case .undecided?: nil
        case nil: Vocabulary.allWords.contains(operand.text) ? .string(operand.text) : nil
        }
      }
      if case .value(let value) = result { return value }
      return nil
    }
    if let condition = rule.condition {
      switch truth(condition) {
      case .n?: return nil
      case nil: return .undecided
      default: break
      }
    }
    switch rule.demand {
    case .forbid(let expression):
      switch truth(expression) {
      case .n?: return nil
      case nil: return .undecided
      default: return rule.violation
      }
    case .require(let expression):
      switch truth(expression) {
      case .n?: return rule.violation
      case nil: return .undecided
      default: return nil
      }
    }
  }

  /// A rule's title says what is wrong; where that is not decided it must not read as if it were. Rules about
  /// understanding say so themselves.
  private func title(of rule: Rule, _ outcome: Finding.Outcome) -> String {
    outcome == .undecided && rule.violation != .undecided ? "cannot decide: \(rule.title)" : rule.title
  }

  private func finding(
    _ rule: Rule, _ outcome: Finding.Outcome, _ subject: Subject, run: ViolatingRun?, of architecture: Architecture
  ) -> Finding {
    let evidence = Evidence(rule: rule, subject: subject, run: run, architecture: architecture)
    var lines = rule.evidence.lines(evidence.text)
    let missing = subject.facts.filter { $0.value == .undecided }.keys.sorted()
    if outcome == .undecided, !missing.isEmpty {
      lines.insert("cannot be decided: \(missing.joined(separator: ", ")) is not known", at: 0)
    }
    return Finding(
      id: FindingID(rule: rule.id, site: evidence.site, scope: subject.scope), ruleName: rule.name, axis: rule.axis,
      outcome: outcome, severity: outcome == .undecided ? .error : rule.severity,
      configuration: subject.configuration, message: title(of: rule, outcome), evidence: lines,
      help: evidence.wayOut ?? rule.help, place: evidence.place, kernelPlace: evidence.kernelPlace,
      witness: evidence.witness, isAcceptable: outcome == .violated && rule.forbidsAcceptance == nil)
  }
}
