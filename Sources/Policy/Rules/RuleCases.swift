package import Architectures
package import Diagnostics
package import LocatedYAML
import Simulation

/// The cases of one rule (`hvo/cases/v1`): descriptors with the findings that the rule must, and must not, report.
///
/// They are documentation and tests at once. A case is a base descriptor with differences.
package struct RuleCases: Sendable {
  /// A finding that a case expects.
  package struct Expectation: Sendable {
    var hugepage: UInt64?
    var first: Int?
    var count: Int?
    var address: UInt64?
    var outcome: Finding.Outcome?
    var message: String?
    /// Lines that the evidence has, among others.
    var evidence: [String] = []
  }

  /// A case.
  struct Case: Sendable {
    var name: String
    var descriptor: Descriptor
    var expected: [Expectation]
  }

  /// What became of a case.
  package struct Result: Sendable {
    /// The rule.
    package var rule: String
    /// The case's name.
    package var name: String
    /// Does the case expect a finding?
    package var expectsFinding: Bool
    /// What differs from the expectation; empty if nothing does.
    package var mistakes: [String]
  }

  /// The value of the `schema:` key.
  package static let name = "hvo/cases/v1"

  /// The format `hvo/cases/v1`.
  package static let file = Schema.mapping([
    .required("schema", .scalar(.choice([name])), "the format and its version"),
    .required("rule", .scalar(.text), "the rule"),
    .required("cases", .list(.mapping(fields)), "the cases"),
  ])

  private static let fields: [Schema.Field] = [
    .required("name", .scalar(.text), "what the case shows"),
    .required("base", .scalar(.text), "a descriptor under bases/, without .yaml"),
    .optional("changes", DescriptorSchema.differences, "differences from the base, merged as a variant is"),
    .required(
      "findings",
      .list(
        .mapping([
          .optional("hugepage", .scalar(.text), "HugeTLB page size"),
          .optional("first", .scalar(.text), "first struct page index"),
          .optional("count", .scalar(.text), "number of struct pages"),
          .optional("address", .scalar(.text), "address of the first store"),
          .optional("outcome", .scalar(.choice(["violated", "undecided"])), "violated, or not to be decided"),
          .optional("message", .scalar(.text), "what the finding says in one line"),
          .optional("evidence", .list(.scalar(.text)), "lines of its evidence; it may have others"),
        ])), "what the rule reports, nothing more; empty for a passing case"),
  ]

  let rule: Scalar
  let cases: [Case]

  /// Reads the cases of a file; bases are looked for in `bases/` beside it.
  /// - Throws: everything that is wrong with it.
  package static func read(_ source: SourceFile, sources: any SourceProvider) throws(Diagnostics) -> RuleCases {
    let root = try LocatedYAML.parse(source)
    var problems = file.problems(in: root)
    guard problems.isEmpty else { throw Diagnostics(problems) }
    let folder = source.identity.folderPrefix
    let loader = DescriptorLoader(sources: sources)
    var cases: [Case] = []
    for node in root["cases"]?.items ?? [] {
      guard let name = node["name"]?.scalar, let base = node["base"]?.scalar else { continue }
      do throws(Diagnostics) {
        let descriptor = try loader.load("\(folder)bases/\(base.text).yaml", with: node["changes"])
        guard !descriptor.variants.isEmpty else {
          throw Diagnostics([
            Diagnostic(
              id: "RULE008", "the base '\(base.text)' is abstract and has no variants: nothing would be simulated",
              at: base.range)
          ])
        }
        cases.append(
          Case(
            name: name.text, descriptor: descriptor,
            expected: try (node["findings"]?.items ?? []).map { item throws(Diagnostics) in try expectation(item) }))
      } catch {
        problems += error.all
      }
    }
    guard problems.isEmpty, let rule = root["rule"]?.scalar else { throw Diagnostics(problems) }
    return RuleCases(rule: rule, cases: cases)
  }

  private static func expectation(_ node: Node) throws(Diagnostics) -> Expectation {
    do throws(Diagnostic) {
      return Expectation(
        hugepage: try node["hugepage"]?.scalar?.asSize(), first: try node["first"]?.scalar?.asInteger(),
        count: try node["count"]?.scalar?.asInteger(), address: try node["address"]?.scalar?.asSize(),
        outcome: node["outcome"]?.scalar.flatMap { Finding.Outcome(rawValue: $0.text) },
        message: node["message"]?.scalar?.text,
        evidence: (node["evidence"]?.items ?? []).compactMap { $0.scalar?.text })
    } catch {
      throw Diagnostics([error])
    }
  }

  /// Runs the cases.
  /// - Throws: a descriptor that cannot be simulated, or an unknown rule: an error is never a pass.
  package func run(catalog: KernelCatalog, rules: [Rule]) throws(Diagnostics) -> [Result] {
    guard let rule = rules.first(where: { $0.id == rule.text }) else {
      throw Diagnostics([
        Diagnostic(
          id: "RULE007", "cases for an unknown rule '\(rule.text)'", at: rule.range,
          help: didYouMean(rule.text, among: rules.map(\.id)))
      ])
    }
    let reader = ArchitectureReader(catalog: catalog)
    let evaluator = Evaluator(rules: [rule], catalog: catalog)
    var results: [Result] = []
    for test in cases {
      var found: [Finding] = []
      for variant in test.descriptor.variants {
        let architecture = try reader.read(variant, of: test.descriptor)
        found += evaluator.evaluate(try ArchitectureSimulator(catalog: catalog).simulate(architecture)).findings
      }
      results.append(
        Result(
          rule: rule.id, name: test.name, expectsFinding: !test.expected.isEmpty,
          mistakes: Self.mistakes(test.expected, found)))
    }
    return results
  }

  private static func mistakes(_ expected: [Expectation], _ found: [Finding]) -> [String] {
    var rest = found
    let showsWords = expected.contains { $0.message != nil || !$0.evidence.isEmpty }
    var mistakes: [String] = []
    for expectation in expected {
      if let match = rest.firstIndex(where: expectation.matches) {
        rest.remove(at: match)
      } else {
        mistakes.append("missing: \(expectation.text)")
      }
    }
    return mistakes + rest.flatMap { unexpected($0, showsWords: showsWords) }
  }

  /// What a finding is that nobody expected; where cases speak of words, all of its words.
  private static func unexpected(_ finding: Finding, showsWords: Bool) -> [String] {
    let witness = finding.witness.map {
      ", first \($0.firstIndex), count \($0.count), address 0x\(String($0.address, radix: 16))"
    }
    let what = "unexpected: \(finding.hugepage.map(sizeText) ?? "no hugepage")\(witness ?? "")"
    guard showsWords else { return ["\(what): \(finding.evidence.first ?? "")"] }
    return ["\(what), \(finding.outcome.rawValue)", "  message:  \(finding.message)"]
      + finding.evidence.map { "  evidence: \($0)" }
  }
}

extension RuleCases.Expectation {
  fileprivate func matches(_ finding: Finding) -> Bool {
    hugepage == finding.hugepage && (first == nil || first == finding.witness?.firstIndex)
      && (count == nil || count == finding.witness?.count) && (address == nil || address == finding.witness?.address)
      && (outcome == nil || outcome == finding.outcome) && (message == nil || message == finding.message)
      && evidence.allSatisfy(finding.evidence.contains)
  }

  fileprivate var text: String {
    [
      hugepage.map { "hugepage \(sizeText($0))" } ?? "no hugepage", first.map { "first \($0)" },
      count.map { "count \($0)" }, address.map { "address 0x\(String($0, radix: 16))" }, outcome?.rawValue,
      message.map { "message '\($0)'" }, evidence.isEmpty ? nil : "evidence '\(evidence.joined(separator: "', '"))'",
    ].compactMap { $0 }.joined(separator: ", ")
  }
}
