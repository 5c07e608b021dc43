import Architectures
package import Diagnostics
import Kconfig
package import LocatedYAML

/// Reads rule files (`hvo/rules/v1`).
package struct RuleReader: Sendable {
  /// The value of the `schema:` key.
  package static let name = "hvo/rules/v1"

  /// The format `hvo/rules/v1`.
  package static let file = Schema.mapping([
    .required("schema", .scalar(.choice([name])), "the format and its version"),
    .required("rules", .list(.mapping(rule)), "the rules"),
  ])

  private static let rule: [Schema.Field] = [
    .required("id", .scalar(identity), "a stable identity such as HVO001"),
    .required("name", .scalar(kebabCase), "a short name in kebab-case"),
    .required("axis", .scalar(.choice(Rule.Axis.allCases.map(\.rawValue))), "the part of the verdict"),
    .required("severity", .scalar(.choice(Severity.allCases.map(\.rawValue))), "how much a violation weighs"),
    .optional("verdict", .scalar(.choice(["FAIL", "?"])), "what a violation makes of the verdict; FAIL if not given"),
    .required("title", .scalar(.text), "one line: what is wrong"),
    .required(
      "for_each", .scalar(.choice(Rule.Quantifier.allCases.map(\.rawValue))), "what the rule speaks of"),
    .optional("when", .scalar(.text), "subjects to which it applies, in Kconfig-expression syntax"),
    .optional("forbid", .scalar(.text), "must not hold"),
    .optional("require", .scalar(.text), "must hold"),
    .required(
      "evidence", .scalar(.text), "evidence lines; {placeholders} are filled in, a line of empty ones is left out"),
    .required("why", .scalar(.text), "why this breaks a kernel"),
    .required("help", .scalar(.text), "the way out"),
    .optional("references", .list(.scalar(.text)), "commits, threads, kernel files"),
    .optional(
      "example",
      .mapping([
        .required(
          "fails", DescriptorSchema.differences, "differences from a sound port that the rule finds fault with"),
        .required("passes", DescriptorSchema.differences, "the same put right"),
      ]), "what 'explain' shows; it is run, and 'rules test' checks it"),
    .optional("cocci", .scalar(.text), "a Coccinelle rule for the C files of a kernel tree"),
    .optional(
      "suppressible", .scalar(.choice(["true", "false"])),
      "may findings be accepted by a suppression or the baseline? true if not given"),
  ]

  private static let identity = ScalarType("an identity such as HVO001", form: .pattern("^[A-Z]+[0-9]+$")) { scalar in
    isIdentity(scalar.text)
      ? nil : Diagnostic(id: "SCHEMA004", "'\(scalar.text)' is not an identity such as HVO001", at: scalar.range)
  }

  private static let kebabCase = ScalarType(
    "a name in kebab-case", form: .pattern("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
  ) { scalar in
    isName(scalar.text)
      ? nil
      : Diagnostic(
        id: "SCHEMA004", "'\(scalar.text)' is not a name in kebab-case", at: scalar.range,
        help: ["small letters, digits and hyphens, such as flush-takes-lock"])
  }

  /// Capital letters and a number.
  static func isIdentity(_ text: String) -> Bool {
    let digits = text.drop { ("A"..."Z").contains($0) }
    return !digits.isEmpty && digits.count < text.count && digits.allSatisfy { ("0"..."9").contains($0) }
  }

  /// Words of small letters and digits with hyphens in between, a letter first.
  static func isName(_ text: String) -> Bool {
    guard let first = text.first, ("a"..."z").contains(first) else { return false }
    return text.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { word in
      !word.isEmpty && word.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) }
    }
  }

  private let symbols: Set<String>

  /// A reader for rules that may name these Kconfig symbols.
  package init(symbols: Set<String>) {
    self.symbols = symbols
  }

  /// Reads the rules of all files.
  /// - Throws: everything that is wrong with them; two rules of one identity; no rule at all.
  package func read(_ files: [SourceFile]) throws(Diagnostics) -> [Rule] {
    var rules: [Rule] = []
    var problems: [Diagnostic] = []
    for file in files {
      do throws(Diagnostics) {
        rules += try read(file, problems: &problems)
      } catch {
        problems += error.all
      }
    }
    for (index, rule) in rules.enumerated() {
      if let first = rules[..<index].first(where: { $0.id == rule.id }) {
        problems.append(
          Diagnostic(
            id: "RULE001", "rule \(rule.id) is defined twice", at: rule.range,
            notes: [.init("first here", at: first.range)]))
      } else if let first = rules[..<index].first(where: { $0.name == rule.name }) {
        problems.append(
          Diagnostic(
            id: "RULE010", "rules \(first.id) and \(rule.id) are both named '\(rule.name)'", at: rule.range,
            notes: [.init("first here", at: first.range)]))
      }
    }
    if rules.isEmpty, problems.isEmpty {
      problems.append(Diagnostic(id: "RULE002", "no rules: nothing would be checked", at: nil))
    }
    guard problems.isEmpty else { throw Diagnostics(problems) }
    return rules.sorted { $0.id < $1.id }
  }

  private func read(_ file: SourceFile, problems: inout [Diagnostic]) throws(Diagnostics) -> [Rule] {
    let root = try LocatedYAML.parse(file)
    let mistakes = Self.file.problems(in: root)
    guard mistakes.isEmpty else { throw Diagnostics(mistakes) }
    return (root["rules"]?.items ?? []).compactMap { node in
      do throws(Diagnostic) {
        return try rule(node, in: file, problems: &problems)
      } catch {
        problems.append(error)
        return nil
      }
    }
  }

  private func rule(
    _ node: Node, in file: SourceFile, problems: inout [Diagnostic]
  ) throws(Diagnostic) -> Rule? {
    guard let id = node["id"]?.scalar, let evidence = node["evidence"]?.scalar,
      let quantifier = node["for_each"]?.scalar.flatMap({ Rule.Quantifier(rawValue: $0.text) }),
      let axis = node["axis"]?.scalar.flatMap({ Rule.Axis(rawValue: $0.text) }),
      let severity = node["severity"]?.scalar.flatMap({ Severity(rawValue: $0.text) })
    else { return nil }
    let vocabulary = Vocabulary(for: quantifier, symbols: symbols)
    func expression(_ key: String) throws(Diagnostic) -> KconfigExpression? {
      guard let scalar = node[key]?.scalar else { return nil }
      let expression = try KconfigExpression.parse(scalar.embeddedText)
      problems += vocabulary.problems(in: expression)
      return expression
    }
    let condition = try expression("when")
    let demand: Rule.Demand
    switch (try expression("forbid"), try expression("require")) {
    case (let forbidden?, nil): demand = .forbid(forbidden)
    case (nil, let required?): demand = .require(required)
    default:
      throw Diagnostic(
        id: "RULE005", "rule \(id.text) needs either 'forbid' or 'require'", at: id.range)
    }
    return Rule(
      id: id.text, name: text(node, "name"), axis: axis, severity: severity,
      violation: text(node, "verdict") == "?" ? .undecided : .violated, title: text(node, "title"),
      quantifier: quantifier, condition: condition, demand: demand,
      evidence: try MessageTemplate(evidence.embeddedText), why: text(node, "why"),
      help: text(node, "help").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        .trimmingEmptyEnd(),
      references: (node["references"]?.items ?? []).compactMap { $0.scalar?.text },
      example: RuleExample(node["example"], in: file), cocci: node["cocci"]?.scalar?.text,
      forbidsAcceptance: node["suppressible"]?.scalar.flatMap { $0.text == "false" ? $0.range : nil }, range: id.range)
  }

  private func text(_ node: Node, _ key: String) -> String {
    node[key]?.scalar?.text ?? ""
  }
}

extension [String] {
  fileprivate func trimmingEmptyEnd() -> [String] {
    var lines = self
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}
