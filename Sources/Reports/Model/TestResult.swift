import Architectures
import Diagnostics
import Policy
import Simulation

/// A question that a run answers, for formats that count tests: a part of a cell's verdict, what is found out about the
/// configuration of an architecture as a whole, or a remark about a file.
struct TestResult {
  /// The answer.
  enum Result {
    case passed
    /// Violated: at least one open entry fails.
    case failed
    /// It could not be decided.
    case undecided
    /// It is not asked, or the answer is accepted.
    case skipped(String)
  }

  /// The architecture with its variant, or `files`.
  var suite: String
  /// `2M flush`, or the remark's identity with its place.
  var name: String
  var result: Result
  /// What the answer rests on, open entries first.
  var entries: [ReportLine]
  /// What is to be said where no entry says it.
  var why: String

  /// The first entry that makes it fail.
  func culprit(at threshold: FailureThreshold) -> ReportLine? {
    entries.first { $0.isOpen && threshold.makesTestsFail($0.severity) }
  }

  /// The questions of a report in the order of architectures, then files.
  static func all(of report: Report, threshold: FailureThreshold) -> [TestResult] {
    let entries = report.entries.filter { $0.change != .vanished }
    let byArchitecture = Dictionary(grouping: entries.filter { $0.scope != nil }) { $0.scope?.architecture }
    let cells = Dictionary(grouping: report.verdicts, by: \.cell.architecture)
    var points: [TestResult] = []
    var seen: Set<ArchitectureID> = []
    let architectures = (report.verdicts.map(\.cell.architecture) + entries.compactMap(\.scope?.architecture))
      .filter { seen.insert($0).inserted }
    let names = Dictionary(grouping: architectures, by: \.name)
    for architecture in architectures {
      let own = byArchitecture[architecture] ?? []
      let ownCells = cells[architecture] ?? []
      let suite = names[architecture.name]?.count == 1 ? architecture.name : architecture.description
      // An entry of another part belongs to each cell that it speaks of; without cells it would be lost.
      points.append(configuration(suite, own.filter { $0.axis == .kconfig || ownCells.isEmpty }, threshold))
      for cell in ownCells {
        points += [
          point(suite, cell, .flush, cell.flush, own, threshold),
          point(suite, cell, .remap, cell.remap, own, threshold),
        ]
      }
    }
    points += entries.filter { $0.architecture == nil }.map { remark($0, in: report, threshold) }
    return numbered(points)
  }

  /// Test results are compared by name from run to run: no two in a suite are the same.
  private static func numbered(_ points: [TestResult]) -> [TestResult] {
    var seen: [[String]: Int] = [:]
    return points.map { point in
      var point = point
      let number = seen[[point.suite, point.name], default: 0] + 1
      seen[[point.suite, point.name]] = number
      if number > 1 { point.name += " (\(number))" }
      return point
    }
  }

  private static func configuration(
    _ name: String, _ entries: [ReportLine], _ threshold: FailureThreshold
  ) -> TestResult {
    TestResult(
      suite: name, name: "kconfig", result: result(entries, ifNothingFails: .passed, threshold),
      entries: ordered(entries), why: "")
  }

  private static func point(
    _ suite: String, _ cell: CellVerdict, _ axis: Rule.Axis, _ word: Verdict, _ entries: [ReportLine],
    _ threshold: FailureThreshold
  ) -> TestResult {
    let own = entries.filter { entry in
      entry.axis == axis && entry.scope?.includes(cell.cell) == true
    }
    let assumed = cell.assumptions.isEmpty ? "" : " with \(cell.assumptions)"
    let answer: Result =
      switch word {
      case .ok: result(own, ifNothingFails: .passed, threshold)
      case .off, .notApplicable:
        result(own, ifNothingFails: .skipped(cell.why.isEmpty ? word.rawValue : cell.why), threshold)
      // A word that no entry explains is believed all the same.
      case .fail: result(own, ifNothingFails: .failed, threshold)
      case .undecided: result(own, ifNothingFails: .undecided, threshold)
      }
    return TestResult(
      suite: suite, name: "\(sizeText(cell.hugepage)) \(axis.rawValue)\(assumed)", result: answer,
      entries: ordered(own), why: "the verdict is \(word.rawValue)\(cell.why.isEmpty ? "" : ": " + cell.why)")
  }

  private static func remark(_ entry: ReportLine, in report: Report, _ threshold: FailureThreshold) -> TestResult {
    let place = report.place(of: entry)
    return TestResult(
      suite: "files", name: "\(entry.id) \(place.path):\(place.start.line):\(place.start.column)",
      result: entry.isMistake ? .undecided : result([entry], ifNothingFails: .passed, threshold), entries: [entry],
      why: "")
  }

  private static func result(
    _ entries: [ReportLine], ifNothingFails otherwise: Result, _ threshold: FailureThreshold
  ) -> Result {
    let grave = entries.filter { threshold.makesTestsFail($0.severity) }
    let open = grave.filter(\.isOpen)
    if open.contains(where: { $0.outcome != .undecided }) { return .failed }
    if !open.isEmpty { return .undecided }
    if let accepted = grave.first, let reason = accepted.acceptanceInWords {
      return .skipped("\(accepted.id) \(reason)")
    }
    return otherwise
  }

  private static func ordered(_ entries: [ReportLine]) -> [ReportLine] {
    entries.filter(\.isOpen) + entries.filter { !$0.isOpen }
  }
}

extension FailureThreshold {
  /// Does an open entry make its test fail? That nothing shall fail the run is no reason to call a violation passed.
  fileprivate func makesTestsFail(_ severity: Severity) -> Bool {
    severity == .error || includes(severity)
  }
}
