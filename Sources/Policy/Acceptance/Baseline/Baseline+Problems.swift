import Architectures
package import Diagnostics

extension Baseline {
  /// Entries that can never accept anything: of rules that are not there or that forbid it, and without the HugeTLB page
  /// sizes of a rule that speaks of one.
  package func problems(knowing rules: [Rule]) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for entry in entries where problems.last?.place != entry.range {
      guard let rule = rules.first(where: { $0.id == entry.rule }) else {
        let named = rules.first { $0.name == entry.rule }.map { ["write \($0.id)"] }
        problems.append(
          Diagnostic(
            id: "BASE002", "no rule '\(entry.rule)'", at: entry.range,
            help: (named ?? didYouMean(entry.rule, among: rules.map(\.id))) + ["hvocheck rules list shows all"]))
        continue
      }
      if let place = rule.forbidsAcceptance {
        problems.append(
          Diagnostic(
            id: "BASE004", "findings of \(rule.id) cannot be accepted", at: entry.range,
            notes: [.init("the rule says so here", at: place)], help: ["remove the entry"]))
      } else if rule.quantifier.speaksOfHugepage, entry.hugepage == nil {
        problems.append(
          Diagnostic(
            id: "BASE003", "\(rule.id) speaks of a HugeTLB page size, and this entry names none", at: entry.range,
            help: ["add 'hugepages' with the sizes that are accepted, such as [\"2M\"]"]))
      }
    }
    return problems
  }
}

extension Rule.Quantifier {
  fileprivate var speaksOfHugepage: Bool {
    switch self {
    case .cell, .flush, .icacheSync: true
    case .select, .architecture, .configuration: false
    }
  }
}

extension Baseline.Entry {
  /// What is to be said of an entry whose finding is gone.
  /// - Parameter command: removes it.
  package func staleRemark(_ severity: Severity, prune command: String) -> Diagnostic {
    let size = hugepage.map { " at \(sizeText($0))" } ?? ""
    return Diagnostic(
      severity, id: FileRemark.staleBaselineEntry.id,
      "the baseline accepts \(rule) for \(architecture.name)\(size), which is gone", at: range,
      help: ["remove the entry, which would hide the finding if it came back:", "    \(command)"])
  }
}
