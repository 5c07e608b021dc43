import Architectures
import Diagnostics
package import Policy

/// The matrix in the form of the kernel's Documentation/features/*/*/arch-support.txt, which its get_feat.pl reads.
///
/// That form has a word for each directory under arch/, and four words. What they cannot say stands in comments.
package enum MatrixArchSupport {
  /// A word of that form.
  enum Status: String {
    /// Supported.
    case ok
    /// Not yet supported: work is left, or it is not known how much.
    case todo = "TODO"
    /// The hardware does not allow it.
    case impossible = ".."
    /// There is nothing to support.
    case notApplicable = "N/A"

    /// The word in the middle of its column.
    var field: String {
      switch self {
      case .ok, .impossible: " \(rawValue) "
      case .notApplicable: "\(rawValue) "
      case .todo: rawValue
      }
    }
  }

  /// Writes the matrix.
  /// - Parameter mistakes: what it does not show.
  package static func write(
    _ matrix: Matrix, without mistakes: NotChecked = NotChecked(), into output: inout some TextOutputStream
  ) {
    let newest = matrix.rows.max { $0.architecture.version.value < $1.architecture.version.value }
    let kernel = newest?.architecture.kernel
    output.write(
      """
      #
      # Feature name:          hvo
      #         Kconfig:       \(kernel?.optInSymbol ?? kernel?.feature ?? "")
      #         description:   arch is ready for the HugeTLB vmemmap optimization
      #
      # \(matrix.stamp.description)
      # A line for each row that is not ok. What is not listed was not checked.
      #

      """)
    for row in matrix.rows where row.words.verdict != .ok {
      output.write("# - \(row.name) (\(row.kernel)): \(row.words.verdict.rawValue), \(row.reason)".printable + "\n")
    }
    for line in mistakes.lines { output.write("# - \(line)\n") }
    let archs = Dictionary(grouping: matrix.rows) { $0.architecture.directory.value }
    let width = archs.keys.map(\.count).max().map { max($0, 12) } ?? 12
    let rule = "    " + String(repeating: "-", count: width + 11) + "\n"
    output.write(rule + "    |\(padded("arch", to: width + 1)) |status|\n" + rule)
    for (arch, rows) in archs.sorted(by: { $0.key < $1.key }) {
      output.write("    |\(padded(arch, to: width)): | \(status(of: rows.map(\.words)).field) |\n")
    }
    output.write(rule)
  }

  /// The worst of an architecture's rows.
  ///
  /// An architecture that may not replace live entries has no work left that would help, selected or not. A word that
  /// says "cannot apply" of one configuration says nothing where another can.
  static func status(of rows: [Matrix.Words]) -> Status {
    if rows.contains(where: { $0.remap == .fail }) { return .impossible }
    if rows.contains(where: { [.fail, .undecided, .off].contains($0.verdict) }) { return .todo }
    return rows.contains { $0.verdict == .ok } ? .ok : .notApplicable
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
