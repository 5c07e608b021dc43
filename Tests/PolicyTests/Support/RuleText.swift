import Architectures
import Diagnostics
import Policy

/// A rule file with one rule.
struct RuleText {
  var id = "HVO900"
  var quantifier = "flush"
  var severity = "error"
  var axis = "flush"
  var condition: String?
  var demand = "forbid: run.faults"
  var evidence = "{hugepage}"
  var extra = ""
  var path = "rules/own.yaml"

  var file: SourceFile {
    SourceFile(
      path: path,
      text: """
        schema: hvo/rules/v1
        rules:
          - id: \(id)
            name: a-rule-\(id.lowercased())
            axis: \(axis)
            severity: \(severity)
            title: a rule
            for_each: \(quantifier)
            \(condition.map { "when: \($0)" } ?? "# always")
            \(demand)
            evidence: "\(evidence)"
            why: because
            help: none
            \(extra)

        """)
  }

  /// Everything that is wrong with rule files.
  static func mistakes(_ files: [SourceFile]) -> [Diagnostic] {
    do {
      _ = try read(files)
      return []
    } catch let error as Diagnostics {
      return error.all
    } catch {
      return [Diagnostic(id: "TEST", "\(error)", at: nil)]
    }
  }

  static func read(_ files: [SourceFile]) throws -> [Rule] {
    try RuleReader(symbols: Set(Shipped.catalog().symbols.keys)).read(files)
  }
}
