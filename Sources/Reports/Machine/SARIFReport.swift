import Diagnostics
import Policy

/// SARIF 2.1.0 for code scanning. Accepted findings are in it as suppressed, those of a comparison say what became of
/// them, and the simulation is a code flow: the remap, the start state, the stores.
package struct SARIFReport: ReportWriter {
  /// GitHub refuses runs with more results, and results with more steps.
  private static let mostResults = 25_000
  private static let mostSteps = 1_000

  private let threshold: FailureThreshold

  /// A report whose exit code is that of the presentation's threshold.
  package init(_ presentation: Presentation) {
    threshold = presentation.threshold
  }

  /// Writes the report.
  package func write(_ report: Report, into output: inout some TextOutputStream) {
    let entries = report.entries.filter { !$0.isMistake }
    let rules = SARIFRules(report.rules, entries: entries)
    let results = entries.prefix(Self.mostResults).map { result($0, rules, report) }
    let command = report.comparison == nil ? "check" : "diff"
    let run: JSON = [
      "tool": [
        "driver": [
          "name": "hvocheck", "version": .text(report.toolVersion), "semanticVersion": .text(report.toolVersion),
          "rules": rules.descriptors,
        ]
      ],
      "automationDetails": ["id": .text("hvocheck/\(command)/")], "columnKind": "unicodeCodePoints",
      "invocations": [invocation(report, leftOut: entries.count - results.count)], "results": .array(results),
    ]
    let document: JSON = [
      "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      "version": "2.1.0", "runs": [run],
    ]
    JSONText.writeDocument(document, into: &output)
  }

  private func invocation(_ report: Report, leftOut: Int) -> JSON {
    let notification: JSON = [
      "level": "warning",
      "message": ["text": .text("\(leftOut) results are left out: more than \(Self.mostResults) are not accepted")],
    ]
    let notifications = (leftOut > 0 ? [notification] : []) + report.mistakes.map(mistake)
    return [
      "executionSuccessful": .truth(report.mistakes.isEmpty),
      "exitCode": .number(!report.mistakes.isEmpty ? 2 : report.fails(at: threshold) ? 1 : 0),
      "toolExecutionNotifications": notifications.isEmpty ? nil : .array(notifications),
    ]
  }

  /// What was not checked is no result: it would be one that is gone as soon as the file can be read.
  private func mistake(_ mistake: Diagnostic) -> JSON {
    [
      "descriptor": ["id": .text(mistake.id)], "level": "error",
      "message": ["text": .text(([mistake.message + "."] + mistake.reasons + mistake.help).joined(separator: "\n"))],
      "locations": mistake.place.map { [location($0)] },
    ]
  }

  private func result(_ entry: ReportLine, _ rules: SARIFRules, _ report: Report) -> JSON {
    let message = ([entry.cellHeadline + "."] + entry.evidence).joined(separator: "\n")
    return [
      "ruleId": .text(entry.id), "ruleIndex": rules.index(of: entry.id).map(JSON.number),
      "level": level(entry.severity), "message": ["text": .text(message)],
      "locations": [location(report.place(of: entry))],
      "partialFingerprints": ["hvocheck/v2": .text(entry.fingerprint)],
      "baselineState": report.comparison == nil ? nil : baselineState(entry.change),
      "suppressions": .array(entry.acceptance.map { [suppression($0)] } ?? []),
      "codeFlows": entry.witness.flatMap { codeFlow($0, entry, report) }.map { [$0] },
      "relatedLocations": relatedLocations(entry), "properties": properties(entry),
    ]
  }

  private func level(_ severity: Severity) -> JSON {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "note"
    }
  }

  private func baselineState(_ change: Report.Change?) -> JSON {
    switch change {
    case .appeared: "new"
    case .vanished: "absent"
    case nil: "unchanged"
    }
  }

  private func suppression(_ acceptance: Acceptance) -> JSON {
    switch acceptance {
    case .baseline(let entry):
      ["kind": "external", "justification": .text(entry.reason)]
    case .suppression(let suppression):
      [
        "kind": "inSource", "justification": .text(suppression.reason),
        "location": location(suppression.range),
      ]
    }
  }

  private func codeFlow(_ witness: Finding.Witness, _ entry: ReportLine, _ report: Report) -> JSON? {
    let steps = witness.steps.prefix(Self.mostSteps)
    guard !steps.isEmpty else { return nil }
    let locations = steps.enumerated().map { index, step -> JSON in
      let place = location(step.place ?? report.place(of: entry))
      return [
        "location": place.merging(["message": ["text": .text(step.text)]]), "executionOrder": .number(index + 1),
        "importance": step.place == nil ? "important" : "essential",
      ]
    }
    return ["threadFlows": [["locations": .array(locations)]]]
  }

  private func relatedLocations(_ entry: ReportLine) -> JSON? {
    let places = entry.causes.map { ($0.place, $0.change) } + entry.notes.map { ($0.place, $0.message) }
    guard !places.isEmpty else { return nil }
    return .array(
      places.enumerated().map { index, related in
        location(related.0).merging(["id": .number(index + 1), "message": ["text": .text(related.1)]])
      })
  }

  private func properties(_ entry: ReportLine) -> JSON {
    [
      "architecture": entry.architecture.map(JSON.text), "kernel": entry.kernel.map(JSON.text),
      "hugepage": entry.hugepage.map(JSON.size),
      "assumptions": entry.assumptions.isEmpty ? nil : .text(entry.assumptions),
      "outcome": entry.outcome.map { .text($0.rawValue) }, "kernelPlace": entry.kernelPlace.map(JSON.text),
      "reproduce": entry.reproduce.map(JSON.text), "help": .texts(entry.help),
    ]
  }

  private func location(_ place: SourceRange) -> JSON {
    let uri = place.path.fileReference
    let artifact: JSON = ["uri": .text(uri), "uriBaseId": uri.hasPrefix("file:") ? nil : "%SRCROOT%"]
    return [
      "physicalLocation": [
        "artifactLocation": artifact,
        "region": [
          "startLine": .number(place.start.line), "startColumn": .number(place.start.column),
          "endLine": .number(place.end.line), "endColumn": .number(place.end.column),
        ],
      ]
    ]
  }
}
