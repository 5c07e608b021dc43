import Architectures
import Diagnostics
import Policy
import Reports
import Testing

/// Findings as a mail.
struct MailReportTests {
  private func mails(_ sources: [SourceFile], fix: @escaping ([Finding]) -> String? = { _ in nil }) throws -> [String] {
    let checker = try MatrixSample.checker()
    let checked = try sources.map { try checker.check(MatrixSample.architecture($0)) }
    let report = Report(
      toolVersion: "0.0.0",
      items: checked.flatMap(\.findings).map { Report.Item(finding: $0, acceptance: nil) }, verdicts: [],
      trusted: [], remarks: [], descriptors: sources.count, architectures: sources.count, rules: try Sample.rules(),
      files: sources,
      simulationOptions: Dictionary(
        uniqueKeysWithValues: checked.map { ($0.architecture.id, " --arches \($0.architecture.path)") }))
    let source = MailReport.Source(tree: "https://example.org/linux.git", commit: "0123456789ab", localChanges: [])
    return MailReport(
      report, judged: checked,
      sources: Dictionary(uniqueKeysWithValues: checked.map { ($0.architecture.id, source) }), whatIf: [],
      fix: fix
    ).mails
  }

  private static let bad = MatrixSample.source("bad", arch: "bad", replace: "forbidden")

  @Test func `a mail is as recorded`() throws {
    let mails = try mails([Self.bad])
    #expect(mails.count == 1)
    Expected.expect(mails.joined(), is: "mail.txt")
  }

  @Test func `the same change is shown once`() throws {
    let difference = "--- ports/bad.yaml\n+++ ports/bad.yaml\n@@ -1 +1,2 @@\n a\n+b\n"
    let mail = try mails([Self.bad]) { $0.first?.axis == .flush ? difference : nil }.joined()
    #expect(mail.split(separator: "+++ ports/bad.yaml").count == 2)
    #expect(mail.contains("The change shown for "))
    #expect(mail.contains("way out: do not select the opt-in symbol"))
  }

  @Test func `one mail for each architecture, and none for nothing`() throws {
    let mails = try mails([Self.bad, MatrixSample.source("worse", arch: "worse")])
    #expect(mails.map { $0.prefix { $0 != "]" } } == ["Subject: [bad", "Subject: [worse"])
    #expect(try self.mails([]).isEmpty)
    #expect(try self.mails([MatrixSample.source("small", hugepages: "64K")]).allSatisfy { !$0.contains("error") })
  }

  @Test func `a line is longer than 72 columns only where it cannot be broken`() throws {
    for mail in try mails([Self.bad]) {
      for line in mail.split(separator: "\n") where line.count > 72 {
        let isQuoted = line.hasPrefix(">> Unable to handle") || line.hasPrefix("     if (test_bit(")
        #expect(isQuoted || line.split(separator: " ").count <= 2, "\(line)")
      }
    }
  }
}
