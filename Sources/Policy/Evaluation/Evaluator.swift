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

  /// The findings of one architecture in the order of rules and hugepage sizes, and the verdict of each cell.
  package func evaluate(_ checked: SimulatedArchitecture) -> Evaluation {
    var findings: [Finding] = []
    var known: [Evaluation.Identity: Int] = [:]
    var subjects = SubjectCache(checked: checked, catalog: catalog)
    for rule in rules {
      for subject in subjects.subjects(of: rule.quantifier) {
        guard let found = finding(rule, subject, in: checked) else { continue }
        // Configurations that differ in something else repeat a finding.
        if let position = known[Evaluation.Identity(found)] {
          findings[position].configurations += found.configurations
        } else {
          known[Evaluation.Identity(found)] = findings.count
          findings.append(found)
        }
      }
    }
    return Evaluation(findings: findings, verdicts: Verdicts.of(checked, findings: findings))
  }

  private func finding(_ rule: Rule, _ subject: Subject, in checked: SimulatedArchitecture) -> Finding? {
    switch rule.quantifier {
    case .flush, .icacheSync:
      let outcomes =
        rule.quantifier == .flush ? subject.observation?.flush ?? [] : subject.observation?.icacheSync ?? []
      return runFinding(rule, subject, outcomes, in: checked)
    default:
      guard let outcome = judge(rule, facts: { subject.fact($0) }) else { return nil }
      return finding(rule, outcome, subject, run: nil, in: checked)
    }
  }

  /// All runs of a cell that violate a rule are one finding: the first shows how, the union says how many.
  private func runFinding(
    _ rule: Rule, _ subject: Subject, _ outcomes: [RunOutcome], in checked: SimulatedArchitecture
  ) -> Finding? {
    var worst: Finding.Outcome?
    var violating: [RunOutcome] = []
    for outcome in outcomes {
      let own = Subject.facts(of: outcome)
      guard let judged = judge(rule, facts: { own[$0] ?? subject.fact($0) }) else { continue }
      if judged == .violated, worst != .violated { violating.removeAll() }
      if worst == .violated, judged == .undecided { continue }
      worst = judged
      violating.append(outcome)
    }
    guard let worst, let first = violating.first else { return nil }
    // The count is that of the scenario shown: unions over scenarios would name struct pages that never fail together.
    var structPages = first.structPages
    var witness = first
    for outcome in violating.dropFirst()
    where outcome.scenario == first.scenario && outcome.startState == first.startState {
      structPages.formUnion(outcome.structPages)
      if (outcome.structPages.first ?? .max) < (witness.structPages.first ?? .max) { witness = outcome }
    }
    return finding(rule, worst, subject, run: (witness, structPages), in: checked)
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
    _ rule: Rule, _ outcome: Finding.Outcome, _ subject: Subject,
    run: (outcome: RunOutcome, structPages: StructPageSet)?, in checked: SimulatedArchitecture
  ) -> Finding {
    let architecture = checked.architecture
    let evidence = Evidence(rule: rule, subject: subject, run: run, architecture: architecture)
    var lines = rule.evidence.lines(evidence.text)
    let missing = subject.facts.filter { $0.value == .undecided }.keys.sorted()
    if outcome == .undecided, !missing.isEmpty {
      lines.insert("cannot be decided: \(missing.joined(separator: ", ")) is not known", at: 0)
    }
    return Finding(
      rule: rule.id, ruleName: rule.name, axis: rule.axis, outcome: outcome,
      severity: outcome == .undecided ? .error : rule.severity, architecture: architecture.name,
      kernel: architecture.kernelDescription, hugepage: subject.hugepage,
      assumptions: subject.configuration?.assumptions ?? "",
      configurations: subject.configuration.map { [$0] } ?? [], message: title(of: rule, outcome), evidence: lines,
      help: evidence.wayOut ?? rule.help, place: evidence.place, kernelPlace: evidence.kernelPlace,
      witness: evidence.witness, site: architecture.code(at: evidence.place),
      isAcceptable: outcome == .violated && rule.forbidsAcceptance == nil)
  }
}

/// What the rules say of one architecture.
package struct Evaluation: Sendable {
  /// The findings, each once, in the order of rules and hugepage sizes.
  package var findings: [Finding]
  /// The verdict of each cell.
  package var verdicts: [CellVerdict]

  /// What makes two findings the same to a reader.
  struct Identity: Hashable {
    private var rule: String
    private var outcome: Finding.Outcome
    private var hugepage: UInt64?
    private var place: SourceRange

    init(_ finding: Finding) {
      (rule, outcome, hugepage, place) = (finding.rule, finding.outcome, finding.hugepage, finding.place)
    }
  }
}

extension Architecture {
  /// The C text of a place, if it lies in one of the architecture's functions.
  fileprivate func code(at place: SourceRange) -> String? {
    [flush, icacheSync].compactMap { $0 }.flatMap { [$0.routine.body] + ($0.routine.declarations.map { [$0] } ?? []) }
      .lazy.compactMap { $0.text(at: place) }.first
  }

  /// The kernel for people: `v5.18-rc1 + 2 patches`.
  package var kernelDescription: String {
    switch patches.count {
    case 0: version.value.description
    case 1: "\(version.value) + 1 patch"
    default: "\(version.value) + \(patches.count) patches"
    }
  }
}
