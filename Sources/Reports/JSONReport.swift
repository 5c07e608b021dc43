import Architectures
import Diagnostics
internal import FoundationEssentials
import KernelC
import Policy

/// The report for machines (`hvo/report/v1`): keys sorted, byte-identical for the same input.
public enum JSONReport {
  /// The value of the `schema` key.
  public static let name = "hvo/report/v1"

  /// Writes the report with a final newline.
  /// - Throws: an encoding error, which no report provokes.
  public static func write(_ report: Report, into output: inout some TextOutputStream) throws {
    output.write(try JSONText.encode(Document(report)) + "\n")
  }

  private struct Document: Encodable {
    var schema = JSONReport.name
    var tool: Tool
    var summary: Summary
    var findings: [Item]
    var verdicts: [Cell]
    var trusted: [Trust]
    var remarks: [Remark]

    init(_ report: Report) {
      tool = Tool(version: report.toolVersion)
      summary = Summary(
        descriptors: report.descriptors, architectures: report.architectures, cells: report.verdicts.count,
        rules: report.rules.count, errors: report.count(.error), warnings: report.count(.warning),
        notes: report.count(.note), known: report.acceptedCount,
        ignoredRules: report.ignoredRules.isEmpty ? nil : report.ignoredRules)
      findings = report.items.map(Item.init)
      verdicts = report.verdicts.map(Cell.init)
      trusted = report.trusted.map {
        Trust(
          architecture: $0.architecture, function: $0.effect.function, effect: $0.effect.effect.rawValue,
          firstCall: Place($0.effect.firstCall))
      }
      remarks = report.remarks.map(Remark.init)
    }
  }

  private struct Tool: Encodable {
    var name = "hvocheck"
    var version: String
  }

  private struct Summary: Encodable {
    var descriptors: Int
    var architectures: Int
    var cells: Int
    var rules: Int
    var errors: Int
    var warnings: Int
    var notes: Int
    var known: Int
    var ignoredRules: [String]?
  }

  private struct Place: Encodable {
    var path: String
    var line: Int
    var column: Int
    var endLine: Int
    var endColumn: Int

    init(_ range: SourceRange) {
      path = range.path
      line = range.start.line
      column = range.start.column
      endLine = range.end.line
      endColumn = range.end.column
    }
  }

  private struct Trust: Encodable {
    var architecture: String
    var function: String
    var effect: String
    var firstCall: Place
  }

  private struct Remark: Encodable {
    var rule: String
    var severity: String
    var message: String
    var help: [String]
    var place: Place?

    init(_ remark: Diagnostic) {
      rule = remark.id
      severity = remark.severity.rawValue
      message = remark.message
      help = remark.help
      place = remark.place.map(Place.init)
    }
  }

  private struct Witness: Encodable {
    var structPage: Int
    var address: String
    var count: Int
    var structPages: Int
    var indices: String
    var scenario: String
    var operation: String?
  }

  private struct Item: Encodable {
    var rule: String
    var name: String
    var axis: String
    var severity: String
    var outcome: String
    var architecture: String
    var kernel: String
    var hugepage: String?
    var assumptions: String?
    var message: String
    var evidence: [String]
    var help: [String]
    var place: Place
    var kernelPlace: String?
    var witness: Witness?
    var known: String?

    init(_ item: Report.Item) {
      let finding = item.finding
      rule = finding.rule
      name = finding.ruleName
      axis = finding.axis.rawValue
      severity = finding.severity.rawValue
      outcome = finding.outcome.rawValue
      architecture = finding.architecture
      kernel = finding.kernel
      hugepage = finding.hugepage.map(sizeText)
      assumptions = finding.assumptions.isEmpty ? nil : finding.assumptions
      message = finding.message
      evidence = finding.evidence
      help = finding.help
      place = Place(finding.place)
      kernelPlace = finding.kernelPlace?.description
      witness = finding.witness.map {
        Witness(
          structPage: $0.firstIndex, address: "0x" + String($0.address, radix: 16), count: $0.count,
          structPages: $0.structPages, indices: $0.indices, scenario: $0.scenario, operation: $0.operation)
      }
      known = item.acceptance?.reason
    }
  }

  private struct Cell: Encodable {
    var architecture: String
    var kernel: String
    var hugepage: String
    var assumptions: String?
    var verdict: String
    var flush: String
    var remap: String
    var why: String?

    init(_ verdict: CellVerdict) {
      architecture = verdict.architecture
      kernel = verdict.kernel
      hugepage = sizeText(verdict.hugepage)
      assumptions = verdict.assumptions.isEmpty ? nil : verdict.assumptions
      self.verdict = verdict.overall.rawValue
      flush = verdict.flush.rawValue
      remap = verdict.remap.rawValue
      why = verdict.why.isEmpty ? nil : verdict.why
    }
  }
}
