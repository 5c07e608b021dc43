import Diagnostics
import Foundation
import Reports
import Testing

@testable import KernelC
@testable import Policy

@Suite struct TextReportTests {
  private func text(_ presentation: Presentation, _ content: Report) -> String {
    var output = ""
    TextReport(presentation).write(content, into: &output)
    return output
  }

  @Test func theBriefReportShowsFindingsVerdictsAndASummary() throws {
    Expected.expect(text(Presentation(), try Sample.report()), is: "brief.txt")
  }

  @Test func theVerboseReportShowsNotesAndKnownFindingsToo() throws {
    Expected.expect(text(Presentation(detail: .full), try Sample.report()), is: "verbose.txt")
  }

  @Test func colourIsOnlyAddedAndMarksWhatIsImportant() throws {
    let coloured = text(Presentation(style: .ansi, detail: .full), try Sample.report())
    let plain = text(Presentation(detail: .full), try Sample.report())
    #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
    #expect(coloured.contains("\u{1B}[1;31merror:\u{1B}[0m"))
    #expect(coloured.contains("\u{1B}[1;33mwarning:\u{1B}[0m"))
  }

  @Test func aReportWithoutFindingsSaysWhatWasChecked() {
    #expect(
      text(Presentation(), Sample.empty)
        == "checked 0 descriptors, 1 architecture, 0 cells, 0 rules: 0 errors, 0 warnings, 0 notes\n")
  }

  @Test func theColumnsLineUpWhateverTheNames() throws {
    var report = Sample.empty
    report.verdicts = Sample.verdicts
    report.verdicts[1] = report.verdicts[1].changed(architecture: "a-port-with-a-very-long-name-64k")
    report.verdicts[2] = report.verdicts[2].changed(kernel: "v5.18-rc1 + 12 patches and a bit more")
    let lines = text(Presentation(), report).split(separator: "\n").prefix(6)
    let verdictColumn = try #require(lines.first?.range(of: "verdict")?.lowerBound.utf16Offset(in: lines[0]))
    for (line, verdict) in zip(lines.dropFirst(), report.verdicts) {
      #expect(line.dropFirst(verdictColumn - 2).hasPrefix("  " + verdict.overall.rawValue), "\(line)")
    }
  }

  /// What every reader of quickfix lists relies on.
  @Test func eachFindingBeginsWithPathLineColumnSeverityAndEndsWithItsRule() throws {
    let lines = text(Presentation(detail: .full), try Sample.report()).split(separator: "\n")
    let heads = lines.filter { $0.wholeMatch(of: /[^:]+:\d+:\d+: (error|warning|note): .* \[[A-Z]+\d+\]/) != nil }
    #expect(heads.count == 6)
  }

  /// Escape sequences, C1 controls, text direction, line separators and a carriage return.
  private static let hostile = "a\u{1B}]0;owned\u{7}b\u{9B}31mc\u{202E}d\u{2028}e\rf\u{7F}g\nh"

  @Test func hostileTextReachesTheTerminalOnlyHarmless() throws {
    var report = try Sample.report()
    var finding = Sample.flush.changed(
      rule: Self.hostile, architecture: Self.hostile, assumptions: Self.hostile)
    finding.message = Self.hostile
    finding.evidence = [Self.hostile]
    finding.help = [Self.hostile]
    finding.place = Sample.range(1, 1, 3, path: Self.hostile)
    report.items = [Report.Item(finding: finding, acceptance: nil)]
    report.files = [SourceFile(path: Self.hostile, text: Self.hostile)]
    var verdict = Sample.verdicts[1].changed(
      architecture: Self.hostile, kernel: Self.hostile, assumptions: Self.hostile)
    verdict.why = Self.hostile
    report.verdicts = [verdict]
    let effect = TrustedEffect(
      function: Self.hostile, effect: .stable, firstCall: Sample.range(1, 1, 2, path: Self.hostile))
    report.trusted = [Report.Trusted(architecture: Self.hostile, effect: effect)]
    for index in report.remarks.indices {
      report.remarks[index].message = Self.hostile
      report.remarks[index].place = Sample.range(1, 1, 2, path: Self.hostile)
    }
    for presentation in [Presentation(), Presentation(detail: .full)] {
      let scalars = text(presentation, report).unicodeScalars.filter { $0 != "\n" }
      let steering = scalars.filter { scalar in
        [.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
      }
      #expect(steering.isEmpty)
    }
    // A line end inside of a name must not start a line of its own.
    #expect(
      !text(Presentation(detail: .full), report).split(separator: "\n").contains { $0.hasPrefix("h") && $0.count < 3 })
    var output = ""
    JSONReport().write(report, into: &output)
    let controls = output.unicodeScalars.filter { $0 != "\n" && $0.properties.generalCategory == .control }
    #expect(controls.isEmpty)
    #expect(!output.unicodeScalars.contains("\u{202E}") && !output.unicodeScalars.contains("\u{2028}"))
    #expect(output.contains("\\u009b") && output.contains("\\u202e") && output.contains("\\u007f"))
  }
}
