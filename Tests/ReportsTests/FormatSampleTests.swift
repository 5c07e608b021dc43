import Foundation
import Reports
import Testing

/// Writes reports of hostile texts in all formats for `Scripts/validate-formats`, where `HVOCHECK_FORMAT_SAMPLES` names
/// a folder.
@Suite struct FormatSampleTests {
  private static let folder = ProcessInfo.processInfo.environment["HVOCHECK_FORMAT_SAMPLES"]

  @Test(.enabled(if: folder != nil, "HVOCHECK_FORMAT_SAMPLES names no folder: 'make test-formats' does"))
  func samplesForOtherValidators() throws {
    let folder = URL(filePath: try #require(Self.folder))
    for seed in 1...6 as ClosedRange<UInt64> {
      var random = RandomReport(seed: seed)
      let report = try random.report()
      for format in ReportFormat.allCases {
        var text = ""
        format.writer(Presentation(detail: .full)).write(report, into: &text)
        let file = folder.appending(path: "random-\(seed).\(format.rawValue)")
        try text.write(to: file, atomically: true, encoding: .utf8)
      }
    }
  }
}
