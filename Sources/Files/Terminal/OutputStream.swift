package import Diagnostics
// stdout and stderr are variables in C; the tool has one thread.
@preconcurrency import Glibc

/// Standard output and standard error.
package struct OutputStream: TextOutputStream {
  private let file: UnsafeMutablePointer<FILE>

  package static var standardOutput: OutputStream { OutputStream(file: stdout) }
  package static var standardError: OutputStream { OutputStream(file: stderr) }

  private init(file: UnsafeMutablePointer<FILE>) {
    self.file = file
  }

  package mutating func write(_ string: String) {
    var string = string
    string.withUTF8 { _ = fwrite($0.baseAddress, 1, $0.count, file) }
  }

  /// Writes bytes as they are.
  package func write(_ bytes: [UInt8]) {
    _ = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
  }

  /// Does somebody look at it?
  package var isTerminal: Bool { isatty(fileno(file)) == 1 }

  /// Writes what is buffered.
  /// - Throws: where the report did not arrive as a whole: it must not look like a short one.
  package static func finish() throws(Diagnostic) {
    if fflush(stdout) != 0 || ferror(stdout) != 0 {
      let reason = errno
      throw Diagnostic(id: "IO002", "cannot write the report: \(String(cString: strerror(reason)))", at: nil)
    }
  }
}
