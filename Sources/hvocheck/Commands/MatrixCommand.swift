import ArgumentParser
import Diagnostics
import Policy
import Reports

/// The formats of `matrix`.
enum MatrixFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case html

  /// The matrix of a run in this format.
  /// - Throws: an encoding error, which no matrix provokes.
  func text(of run: CheckRun, by grouping: Matrix.Grouping) throws -> String {
    var text = ""
    switch self {
    case .text: MatrixText.write(run.matrix(by: grouping), into: &text)
    case .html: try run.matrixPage.write(into: &text)
    }
    return text
  }
}

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
      EXAMPLES
        hvocheck matrix
        hvocheck matrix --by hugepage
        hvocheck matrix arches-6.1 arches-6.12
      """)

  @OptionGroup var input: CheckInput

  @Option(help: "A row for each: \(MatrixRow.allCases.map(\.rawValue).joined(separator: ", ")).")
  var by: MatrixRow = .architecture

  @Option(help: "The format: \(MatrixFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format: MatrixFormat = .text

  func run() throws {
    let text = try format.text(of: CheckRun(input), by: by.grouping)
    var output = OutputStream.standardOutput
    output.write(text)
  }
}
