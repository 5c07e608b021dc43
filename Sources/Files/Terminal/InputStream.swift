// stdin and stdout are variables in C; the tool has one thread.
@preconcurrency import Glibc

/// Standard input.
package enum InputStream {
  /// Does somebody type?
  package static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }

  /// The next line with its line end; nil at the end. What was asked is written before.
  package static func readLine() -> [UInt8]? {
    fflush(stdout)
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    let count = getline(&line, &capacity, stdin)
    defer { free(line) }
    guard count > 0, let line else { return nil }
    return UnsafeBufferPointer(start: line, count: count).map { UInt8(bitPattern: $0) }
  }
}
