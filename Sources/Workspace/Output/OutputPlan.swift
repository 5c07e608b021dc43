package import Diagnostics
import Files
package import Reports

/// Which report goes where.
package struct OutputPlan {
  /// Where a report goes.
  package enum Target: Hashable {
    case standardOutput
    case file(String)
  }

  /// One report.
  package struct Output: Hashable {
    var format: ReportFormat
    var target: Target
  }

  private(set) var outputs: [Output] = []

  /// Reads what the command line says.
  /// - Parameters:
  ///   - chosen: the format of standard output, or of the files that name none.
  ///   - words: `FORMAT=FILE`, `FORMAT` for standard output, or `FILE` whose name says the format.
  /// - Throws: words that name no format, two reports for one place.
  package init(format chosen: String?, outputs words: [String]) throws(Diagnostic) {
    var chosenFormat: ReportFormat?
    if let chosen { chosenFormat = try Self.format(chosen) }
    var isChosenUsed = false
    for word in words {
      var (format, target) = try Self.parsed(word)
      if format == nil {
        format = try Self.format(ofFile: word, chosen: chosenFormat)
        isChosenUsed = true
      }
      if let format { outputs.append(Output(format: format, target: target)) }
    }
    if let chosenFormat, !isChosenUsed { outputs.append(Output(format: chosenFormat, target: .standardOutput)) }
    if outputs.isEmpty { outputs.append(Output(format: .text, target: .standardOutput)) }
    try requireDifferentTargets()
  }

  /// Renders everything, then writes the files, then standard output: what fails early leaves no half of a result.
  package func write(_ report: Report, presentation: (Target) -> Presentation) throws(Diagnostic) {
    try requireNoInput(report.files)
    var files: [FileReplacement.File] = []
    var standardOutput = ""
    for output in outputs {
      var text = ""
      output.format.writer(presentation(output.target)).write(report, into: &text)
      switch output.target {
      case .standardOutput where Self.isForPeople(output.format) && report.saysNothing: break
      case .standardOutput: standardOutput = text
      case .file(let path): files.append(FileReplacement.File(path: path, text: text))
      }
    }
    try FileReplacement.write(files)
    var stream = OutputStream.standardOutput
    stream.write(standardOutput)
  }

  private static func isForPeople(_ format: ReportFormat) -> Bool { format == .text || format == .terse }

  // MARK: words

  /// Names under which the shell knows standard output.
  private static let namesOfStandardOutput: Set<String> = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]

  /// The format, where the word names it, and the place.
  private static func parsed(_ word: String) throws(Diagnostic) -> (ReportFormat?, Target) {
    let name = word.prefix { $0 != "=" }
    if name.count == word.count || name.contains("/") {
      if let format = ReportFormat(rawValue: word) { return (format, .standardOutput) }
      return (nil, target(word))
    }
    let path = String(word.dropFirst(name.count + 1))
    let format = try format(String(name))
    guard !path.isEmpty else {
      throw Diagnostic(
        id: "USAGE022", "'\(word)' names no file", at: nil, help: ["-o \(name) alone writes to standard output"])
    }
    return (format, target(path))
  }

  private static func target(_ path: String) -> Target {
    namesOfStandardOutput.contains(path) ? .standardOutput : .file(path)
  }

  private static let listOfFormats = "formats are: " + ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")

  private static func format(_ name: String) throws(Diagnostic) -> ReportFormat {
    if let format = ReportFormat(rawValue: name) { return format }
    throw Diagnostic(
      id: "USAGE020", "no format '\(name)'", at: nil,
      help: didYouMean(name, among: ReportFormat.allCases.map(\.rawValue)) + [
        listOfFormats, "a file with '=' in its name is written as ./NAME",
      ])
  }

  /// The format of a file for which `-o` names none: guessing wrong would hide the report that was wanted.
  private static func format(ofFile path: String, chosen: ReportFormat?) throws(Diagnostic) -> ReportFormat {
    let inferred = ReportFormat.named(by: path)
    if let chosen, let inferred, chosen != inferred {
      throw Diagnostic(
        id: "USAGE023", "--format says \(chosen.rawValue), and the name of \(path) says \(inferred.rawValue)", at: nil,
        help: [
          "-o \(chosen.rawValue)=\(path) writes \(chosen.rawValue) into the file",
          "-o \(chosen.rawValue) -o \(inferred.rawValue)=\(path) writes \(chosen.rawValue) to standard output as well",
        ])
    }
    if let format = chosen ?? inferred { return format }
    throw Diagnostic(
      id: "USAGE021", "'\(path)' is neither a format nor a file whose name says one", at: nil,
      help: didYouMean(path, among: ReportFormat.allCases.map(\.rawValue)) + [
        listOfFormats, "-o FORMAT=\(path) says the format of the file",
      ])
  }

  // MARK: places

  /// Two reports in one place would be none.
  private func requireDifferentTargets() throws(Diagnostic) {
    var seen: [Place: Output] = [:]
    for output in outputs {
      guard let place = place(of: output.target) else { continue }
      if let first = seen[place] {
        let name: String =
          if case .file(let path) = output.target, first.target != .standardOutput { path } else { "standard output" }
        throw Diagnostic(
          id: "USAGE024", "two reports for \(name): \(first.format.rawValue) and \(output.format.rawValue)", at: nil,
          help: ["write one of them into a file of its own: -o \(output.format.rawValue)=FILE"])
      }
      seen[place] = output
    }
  }

  /// A report over the descriptor that it speaks of would be the last one.
  private func requireNoInput(_ files: [SourceFile]) throws(Diagnostic) {
    let inputs = Dictionary(
      files.compactMap { file in place(of: .file(file.path)).map { ($0, file.path) } }, uniquingKeysWith: { a, _ in a })
    for output in outputs {
      guard case .file(let path) = output.target, let place = place(of: output.target), inputs[place] != nil else {
        continue
      }
      throw Diagnostic(
        id: "USAGE025", "\(path) is read by this run and would be overwritten", at: nil,
        help: ["name another file"])
    }
  }

  private enum Place: Hashable {
    case standardOutput
    case file(FileSystem.Identity)
    case name(FilePath)
  }

  /// What tells places apart; nil for those that take any number of reports, such as /dev/null.
  private func place(of target: Target) -> Place? {
    let files = FileSystem()
    switch target {
    case .standardOutput: return files.identityOfStandardOutput.map { .file($0) } ?? .standardOutput
    case .file(let path):
      switch files.identity(of: path) {
      case .regular(let identity): return .file(identity)
      case .special: return nil
      case .absent: return .name(FilePath(files.shortened(path)))
      }
    }
  }
}

extension Report {
  /// Is there nothing but what stopped it? That is said on standard error, as by commands that write no report.
  fileprivate var saysNothing: Bool { architectures == 0 && !mistakes.isEmpty }
}
