import Diagnostics
import Glibc

/// A file that a command writes: as a whole or not at all.
enum OutputFile {
  /// Writes beside the file, and renames when everything has arrived on the disk.
  /// - Throws: where it cannot be written; the file is then as it was before.
  static func write(_ text: String, to path: String) throws(Diagnostic) {
    var status = stat()
    let exists = stat(path, &status) == 0
    guard !exists || status.st_mode & S_IFMT == S_IFREG else {
      throw Diagnostic(id: "FILE002", "\(path) is not a regular file", at: nil)
    }
    // A link stays one: what it leads to is replaced.
    let target = exists ? resolved(path) : path
    let beside = "\(target).\(getpid()).tmp"
    let descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw cannotWrite(path) }
    if exists { fchmod(descriptor, status.st_mode & 0o777) }
    var failure = writeAll(text, to: descriptor) && fsync(descriptor) == 0 ? 0 : errno
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure == 0, rename(beside, target) != 0 { failure = errno }
    guard failure == 0 else {
      unlink(beside)
      errno = failure
      throw cannotWrite(path)
    }
  }

  private static func resolved(_ path: String) -> String {
    guard let name = realpath(path, nil) else { return path }
    defer { free(name) }
    return String(cString: name)
  }

  private static func writeAll(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, UnsafeBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }

  private static func cannotWrite(_ path: String) -> Diagnostic {
    // A folder that is not there is the user's mistake; what cannot be written although it is there is an I/O error.
    let reason = errno
    return Diagnostic(
      id: reason == ENOENT || reason == ENOTDIR ? "FILE001" : "IO002",
      "cannot write \(path.isEmpty ? "''" : path): \(String(cString: strerror(reason)))", at: nil)
  }
}
