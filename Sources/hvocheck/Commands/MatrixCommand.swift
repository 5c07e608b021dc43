import ArgumentParser
import Diagnostics
import Files
import Policy
import Reports
import Workspace

extension MatrixFormat: ExpressibleByArgument {}

/// What a row of `matrix` is about.
enum MatrixRow: String, CaseIterable, ExpressibleByArgument {
  case architecture
  case hugepage

  var grouping: Matrix.Grouping {
    switch self {
    case .architecture: .architecture
    case .hugepage: .hugepage
    }
  }
}

/// `hvocheck matrix`: which architecture is ready at which kernel.
struct MatrixCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "matrix",
    abstract: "Write the compatibility matrix: architectures, base pages and kernels.",
    discussion: """
      An architecture that is off is checked as if it selected the opt-in symbol. Known findings stay FAIL.

      EXAMPLES
        hvocheck matrix
        hvocheck matrix --by hugepage
        hvocheck matrix -o matrix.html
        hvocheck matrix arches-6.1 arches-6.12 --format md -o MATRIX.md
        hvocheck matrix arches-6.1 arches-6.12 --check MATRIX.md
        hvocheck matrix --format arch-support

      EXIT STATUS OF --check
        0  the file is what would be written
        1  it is not; the difference is printed
      """)

  @OptionGroup var input: CheckInput

  @Option(help: "A row for each: \(MatrixRow.allCases.map(\.rawValue).joined(separator: ", ")).")
  var by: MatrixRow?

  @Option(help: "The format: \(MatrixFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format: MatrixFormat?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write to a file, as a whole or not at all.", valueName: "file"),
    completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Is this file, written before, still true? Its name or text tells the format.", valueName: "file"),
    completion: .file())
  var check: String?

  func validate() throws {
    if output != nil, check != nil { throw ValidationError("-o writes a file, --check reads one.") }
  }

  func run() throws {
    if let check {
      try run(checking: check)
      return
    }
    let format = format ?? output.flatMap { MatrixFormat(ofFileNamed: $0) } ?? .text
    let (text, failure) = try self.text(in: format)
    if let output {
      try FileReplacement.write([.init(path: output, text: text)])
    } else {
      var stream = OutputStream.standardOutput
      stream.write(text)
    }
    if let failure { throw failure }
  }

  /// The matrix, and what it does not show.
  private func text(in format: MatrixFormat) throws -> (String, CommandFailure?) {
    guard !format.hasBothAxes || by == nil else {
      throw CommandFailure(
        Diagnostic(
          id: "USAGE030", "--by chooses the rows, and \(format.rawValue) has no choice", at: nil,
          reasons: ["it shows architectures and kernels by HugeTLB page sizes"], help: ["leave --by out"]))
    }
    let run = try CheckRun(input)
    // A matrix without rows would say less than the one that is there.
    if run.judged.isEmpty, let failure = run.failure { throw failure }
    return (try format.text(of: run, by: (by ?? .architecture).grouping), run.failure)
  }

  private func run(checking path: String) throws {
    let fileSystem = FileSystem()
    let file = try fileSystem.read(fileSystem.shortened(path))
    guard let format = format ?? MatrixFormat(of: file) else {
      throw CommandFailure(
        Diagnostic(
          id: "USAGE008", "neither the name nor the text of \(path) tells its format", at: nil,
          help: ["say it: --format \(MatrixFormat.allCases.map(\.rawValue).joined(separator: "|"))"]))
    }
    let (fresh, failure) = try text(in: format)
    // What could not be checked makes no file stale.
    if let failure { throw failure }
    var stream = OutputStream.standardOutput
    if Array(file.text.utf8) == Array(fresh.utf8) {
      stream.write("\(file.path.printable): up to date\n")
      return
    }
    let difference = UnifiedDiff(old: file.text, new: fresh)
    let counts = difference.counts
    stream.write(difference.text(oldName: file.path, newName: "\(file.path) as it would be written").printableLines)
    stream.write(
      """
      \(file.path.printable): stale, lines: -\(counts.old) +\(counts.new)
      help: write it again: \(commandLine(writing: file.path, in: format).printable)

      """)
    throw ExitStatus.findings.code
  }

  /// The command that writes the file anew.
  private func commandLine(writing path: String, in format: MatrixFormat) -> String {
    var words = ["hvocheck", "matrix"] + input.paths
    for folder in input.rules.folders { words += ["--rules", folder] }
    for rules in input.types { words += ["--types", rules] }
    for rules in input.ignored { words += ["--ignore", rules] }
    for symbol in input.selects { words += ["--select", symbol] }
    if let baseline = input.baseline { words += ["--baseline", baseline] }
    if input.ignoresBaseline { words.append("--no-baseline") }
    if let by, by != .architecture { words += ["--by", by.rawValue] }
    return (words + ["--format", format.rawValue, "-o", path]).map(\.quotedForShell).joined(separator: " ")
  }
}

extension String {
  /// The text as a word of a shell command.
  fileprivate var quotedForShell: String {
    let isPlain =
      !isEmpty
      && utf8.allSatisfy { byte in
        byte.isLetterOrDigit || "-_./:,+=@%".utf8.contains(byte)
      }
    return isPlain
      ? self : "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
