import Architectures
import Diagnostics
import Kconfig
import Policy
import Testing

/// The cases beside the shipped rules, and that each of them can fail.
struct RuleCasesTests {
  private static let folder = "rules/tests"
  /// Empty where the folder cannot be read, which the first test notices.
  private static let files = (try? RepositorySources().yamlFiles(in: folder)) ?? []

  @Test func `each shipped rule has a file of cases, and each file a rule`() throws {
    let rules = try Shipped.rules(for: Shipped.catalog()).map { "\(Self.folder)/\($0.id).yaml" }
    #expect(try RepositorySources().yamlFiles(in: Self.folder) == rules.sorted())
  }

  @Test(arguments: files)
  func `a rule does what its cases say`(path: String) throws {
    let (catalog, rules, cases) = try read(path)
    let results = try cases.run(catalog: catalog, rules: rules)
    for result in results { #expect(result.mistakes.isEmpty, "\(result.rule) \(result.name)") }
    #expect(results.contains { $0.expectsFinding })
    #expect(results.contains { !$0.expectsFinding })
    #expect(Set(results.map(\.name)).count == results.count)
  }

  @Test(arguments: files)
  func `a rule that never fires fails its failing cases`(path: String) throws {
    let (catalog, rules, cases) = try read(path)
    for result in try cases.run(catalog: catalog, rules: rules.map { try $0.forbidding("n") }) {
      #expect(result.mistakes.isEmpty == !result.expectsFinding, "\(result.rule) \(result.name)")
    }
  }

  @Test(arguments: files)
  func `a rule that always fires fails its passing cases`(path: String) throws {
    // Where there is no cell, no select line or no code, not even such a rule has anything to speak of.
    let withoutSubject: Set = [
      "without the opt-in nothing is remapped", "without the opt-in every struct page is its own",
      "a kernel without the feature is not this rule's business", "a kernel without the feature needs no decision",
      "an architecture without the function has nothing to be decided",
      "an architecture without such a path has nothing to be decided", "without the opt-in no entry is changed",
      "without the feature nothing is given back anyway",
    ]
    let (catalog, rules, cases) = try read(path)
    for result in try cases.run(catalog: catalog, rules: rules.map { try $0.forbidding("y") })
    where !result.expectsFinding {
      #expect(
        result.mistakes.isEmpty == withoutSubject.contains(result.name), "\(result.rule) \(result.name)")
    }
  }

  @Test(arguments: [
    ("{hugepage: 2M, first: 64, count: 8}", ["missing: hugepage 2M, first 64, count 8"]),
    ("{hugepage: 2M, first: 65, count: 7}", ["missing: hugepage 2M, first 65, count 7"]),
    ("{hugepage: 4M, first: 64, count: 7}", ["missing: hugepage 4M, first 64, count 7"]),
    ("{first: 64}", ["missing: no hugepage, first 64"]),
    ("{hugepage: 2M, address: 0xfffffc0000001001}", ["missing: hugepage 2M, address 0xfffffc0000001001"]),
    ("", []),
  ])
  func `a wrong expectation is shown beside what was found`(expectation: String, missing: [String]) throws {
    let result = try #require(try results(findings: expectation).first)
    #expect(
      result.mistakes == missing + [
        "unexpected: 2M, first 64, count 7, address 0xfffffc0000001000: "
          + "Unable to handle kernel write to read-only memory at virtual address fffffc0000001000"
      ])
  }

  @Test(arguments: [
    ("message: flush_dcache_page() writes to a read-only tail struct page", true), ("message: something else", false),
    ("outcome: violated", true), ("outcome: undecided", false),
    ("evidence: ['7 of 512 struct pages fault: 64, 128, ..., 448']", true),
    ("evidence: ['7 of 512 struct pages fault: 64, 128, ..., 449']", false),
  ])
  func `a case may expect words`(expectation: String, isMet: Bool) throws {
    let result = try #require(try results(findings: "{hugepage: 2M, \(expectation)}").first)
    #expect(result.mistakes.isEmpty == isMet, "\(result.mistakes)")
    guard !isMet, !expectation.hasPrefix("outcome") else { return }
    #expect(result.mistakes.contains("  message:  flush_dcache_page() writes to a read-only tail struct page"))
    #expect(result.mistakes.contains("  evidence: 7 of 512 struct pages fault: 64, 128, ..., 448"))
  }

  @Test func `a second expectation of one finding is missing`() throws {
    let result = try #require(try results(findings: "{hugepage: 2M}, {hugepage: 2M}").first)
    #expect(result.mistakes == ["missing: hugepage 2M"])
  }

  @Test func `cases of an unknown rule are an error with a suggestion`() throws {
    let error = #expect(throws: Diagnostics.self) { try results(findings: "", rule: "HVO0O1") }
    #expect(error?.all.map(\.id) == ["RULE007"])
    #expect(error?.all.first?.help.first?.contains("HVO001") == true)
  }

  @Test func `a case that cannot be read is an error, never a pass`() {
    #expect(throws: Diagnostics.self) { try results(findings: "", changes: "page_size: 3K") }
    #expect(throws: Diagnostics.self) { try results(findings: "", changes: "page_sise: 4K") }
    #expect(throws: Diagnostics.self) { try results(findings: "{hugepage: big}") }
    #expect(throws: Diagnostics.self) { try results(findings: "", base: "no-such-base") }
  }

  @Test func `a base that describes nothing is an error, never a pass`() {
    #expect(throws: Diagnostics.self) {
      try results(findings: "", port: "abstract: true\n" + Port(flush: Body.givenPage).text)
    }
  }

  // MARK: helpers

  private func read(_ path: String) throws -> (KernelCatalog, [Rule], RuleCases) {
    let catalog = try Shipped.catalog()
    let cases = try RuleCases.read(try RepositorySources().read(path), sources: RepositorySources())
    return (catalog, try Shipped.rules(for: catalog), cases)
  }

  /// The results of one case on a port whose flush_dcache_page() clears the given page's flag.
  private func results(
    findings: String, rule: String = "HVO001", changes: String = "page_kernel_ro: y", base: String = "port",
    port: String = Port(flush: Body.givenPage).text
  ) throws -> [RuleCases.Result] {
    let file = SourceFile(
      path: "ports/cases.yaml",
      text: """
        schema: hvo/cases/v1
        rule: \(rule)
        cases:
          - {name: a case, base: \(base), changes: {\(changes)}, findings: [\(findings)]}
        """)
    let bases = OneFile(file: SourceFile(path: "ports/bases/port.yaml", text: port))
    let catalog = try Shipped.catalog()
    return try RuleCases.read(file, sources: bases).run(catalog: catalog, rules: Shipped.rules(for: catalog))
  }
}

extension Rule {
  /// The rule with another demand, for every subject.
  fileprivate func forbidding(_ expression: String) throws -> Rule {
    var rule = self
    rule.condition = nil
    rule.violation = .violated
    rule.demand = .forbid(
      try KconfigExpression.parse(EmbeddedText(wholeFile: SourceFile(path: "mutant", text: expression))))
    return rule
  }
}
