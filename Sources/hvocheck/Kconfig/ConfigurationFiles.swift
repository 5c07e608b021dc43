import Diagnostics
import Glibc
import Kconfig

/// Configurations by the names that the user gives: in the working folder, or else in the tree, as `conf` looks for them.
struct ConfigurationFiles: KconfigSources {
  private static let largestFile = 64 << 20
  let tree: KernelTreeFiles

  func read(_ path: String) throws(Diagnostic) -> [UInt8]? {
    if let bytes = try readHere(path) { return bytes }
    return path.hasPrefix("/") ? nil : try tree.read(path)
  }

  /// The contents of a file, not looked for in the tree; nil where there is none.
  func readHere(_ path: String) throws(Diagnostic) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw KernelTreeFiles.cannotRead(path)
    }
    defer { close(descriptor) }
    return try KernelTreeFiles.contents(of: descriptor, named: path, atMost: Self.largestFile)
  }

  /// Keeps what there is of a configuration as `NAME.old`, as `conf` does.
  func keepOld(_ path: String) {
    unlink(path + ".old")
    // Where there was no file, there is none to keep.
    _ = link(path, path + ".old")
  }

  /// Writes a file as a whole or not at all.
  func write(_ file: KconfigRun.File) throws(Diagnostic) {
    try write(file.bytes, to: file.path)
  }

  /// Writes bytes to a file as a whole or not at all.
  func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
    let temporary = path + ".\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw cannotWrite(path) }
    var isWritten = bytes.withUnsafeBytes { bytes in
      var count = 0
      while count < bytes.count {
        let written = Glibc.write(descriptor, bytes.baseAddress.map { $0 + count }, bytes.count - count)
        if written < 0, errno == EINTR { continue }
        if written <= 0 { return false }
        count += written
      }
      return fsync(descriptor) == 0
    }
    isWritten = close(descriptor) == 0 && isWritten
    guard isWritten, rename(temporary, path) == 0 else {
      let failure = cannotWrite(path)
      unlink(temporary)
      throw failure
    }
  }

  private func cannotWrite(_ path: String) -> Diagnostic {
    Diagnostic(id: "IO003", "cannot write '\(path)': \(String(cString: strerror(errno)))", at: nil)
  }
}
