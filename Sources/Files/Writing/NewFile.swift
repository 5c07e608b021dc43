import Diagnostics
// errno is a variable in C; the tool has one thread.
@preconcurrency import Glibc

/// A file that a command begins: as a whole or not at all, and never over another one.
struct NewFile {
  let path: String
  let text: String

  init(_ path: String, _ text: String) {
    (self.path, self.text) = (path, text)
  }

  /// Writes files where there are none yet, with the folders on the way to them.
  /// - Throws: a file that is there already, before anything is written; what cannot be written.
  static func create(_ files: [NewFile]) throws(Diagnostic) {
    for file in files {
      var status = stat()
      if lstat(file.path, &status) == 0 { throw file.exists }
    }
    for file in files { try file.write() }
  }

  /// Makes the folders on the way to a file.
  /// - Throws: where they cannot be made.
  func makeFolders() throws(Diagnostic) {
    var made = folder.hasPrefix("/") ? "/" : ""
    for part in folder.split(separator: "/") {
      made += part + "/"
      guard mkdir(made, 0o777) == 0 || errno == EEXIST else { throw failure }
    }
  }

  private func write() throws(Diagnostic) {
    try makeFolders()
    let beside = folder + "/.hvocheck-\(getpid())"
    let descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure }
    defer { unlink(beside) }
    var reason = writeAll(to: descriptor) && fsync(descriptor) == 0 ? 0 : errno
    if close(descriptor) != 0, reason == 0 { reason = errno }
    // Unlike rename(), link() does not replace what somebody else wrote in the meantime.
    if reason == 0, link(beside, path) != 0 { reason = errno }
    guard reason == 0 else {
      errno = reason
      throw reason == EEXIST ? exists : failure
    }
  }

  private var folder: String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  }

  private func writeAll(to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return true
    }
  }

  private var exists: Diagnostic {
    Diagnostic(
      id: "FILE006", "\(path) is there already", at: nil, help: ["nothing is overwritten: remove it, or choose another"]
    )
  }

  private var failure: Diagnostic {
    let reason = errno
    return Diagnostic(
      id: reason == ENOTDIR || reason == EISDIR ? "FILE001" : "IO003",
      "cannot write \(path.isEmpty ? "''" : path): \(String(cString: strerror(reason)))", at: nil)
  }
}
