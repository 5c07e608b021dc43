package import Architectures
import Diagnostics
import Files

/// One line on a terminal that says how far a long run is: `arm64-4k 2M 3/14`.
///
/// Runs of less than a second show nothing, and neither does a standard error that is no terminal.
package final class ProgressLine {
  private static let patience: UInt64 = 1_000_000_000
  private static let width = 72

  private let architectures: Int
  private let nanoseconds: () -> UInt64
  private let write: ((String) -> Void)?
  private let start: UInt64
  private var begun: [String] = []
  private var shown = 0

  /// - Parameters:
  ///   - architectures: how many there are.
  ///   - nanoseconds: a clock that never goes back.
  ///   - write: writes to the terminal; nil where there is none.
  init(architectures: Int, nanoseconds: @escaping () -> UInt64, write: ((String) -> Void)?) {
    self.architectures = architectures
    self.nanoseconds = nanoseconds
    self.write = write
    start = nanoseconds()
  }

  /// Progress on standard error.
  convenience init(architectures: Int) {
    self.init(
      architectures: architectures, nanoseconds: { Clock.nanoseconds },
      write: OutputStream.standardError.isTerminal
        ? { text in
          var output = OutputStream.standardError
          output.write(text)
        } : nil)
  }

  /// A cell comes next.
  package func begin(_ architecture: Architecture, hugepage: UInt64) {
    begin(architecture.name, hugepage: hugepage)
  }

  /// A cell of an architecture comes next.
  package func begin(_ architecture: String, hugepage: UInt64) {
    if begun.last != architecture { begun.append(architecture) }
    guard let write, nanoseconds() - start > Self.patience else { return }
    let line = String(
      "\(architecture.printable) \(sizeText(hugepage)) \(begun.count)/\(architectures)".prefix(Self.width))
    write("\r" + line + String(repeating: " ", count: max(0, shown - line.count)))
    shown = line.count
  }

  /// Takes the line away again.
  func end() {
    guard shown > 0 else { return }
    write?("\r" + String(repeating: " ", count: shown) + "\r")
    shown = 0
  }
}
