import Diagnostics
import Glibc
import Kconfig

/// Configurations by the names that the user gives: in the working folder, or else in the tree, as `conf` looks for them.
struct ConfigurationFiles: KconfigSources {
  private static let largestFile = 64 << 20
  /// The kernel tree; nil where there is none.
  let tree: KernelTreeFiles?

  func read(_ path: String) throws(Diagnostic) -> [UInt8]? {
    if let bytes = try readHere(path) { return bytes }
    return path.hasPrefix("/") ? nil : try tree?.read(path)
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

  /// Whether there is a file of this name, not looked for in the tree.
  func isHere(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
  }

  /// Writes bytes to a file as a whole or not at all.
  func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
    try FileReplacement.write([FileReplacement.File(path: path, bytes: bytes)])
  }

  /// Writes a file as a whole or not at all, and makes the folders that it lies in unless they have to be there.
  func write(_ file: KconfigFile) throws(Diagnostic) {
    if file.arrival == .throughLinksInFolder { return try write(file.bytes, to: file.path) }
    try makeFolders(of: file.path)
    if file.arrival == .throughLinks { return try write(file.bytes, to: file.path) }
    let temporary = file.path + ".\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw cannotWrite(file.path) }
    var isWritten = FileReplacement.write(file.bytes, to: descriptor) == nil && fsync(descriptor) == 0
    isWritten = close(descriptor) == 0 && isWritten
    if isWritten, file.arrival == .keepingOld {
      unlink(file.path + ".old")
      // Where there was no file, there is none to keep.
      _ = link(file.path, file.path + ".old")
    }
    guard isWritten, rename(temporary, file.path) == 0 else {
      let failure = cannotWrite(file.path)
      unlink(temporary)
      throw failure
    }
  }

  /// Makes a file empty and new; not what a symbolic link of its name leads to.
  func touch(_ path: [UInt8]) throws(Diagnostic) {
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
    let name = path.map { CChar(bitPattern: $0) } + [0]
    let descriptor = open(name, flags, 0o644)
    guard descriptor >= 0 else { throw cannotWrite(String(decoding: path, as: UTF8.self)) }
    close(descriptor)
  }

  private func makeFolders(of path: String) throws(Diagnostic) {
    var index = path.startIndex
    while let slash = path[index...].firstIndex(of: "/") {
      let folder = String(path[..<slash])
      index = path.index(after: slash)
      if folder.isEmpty || mkdir(folder, 0o755) == 0 || errno == EEXIST { continue }
      throw cannotWrite(path)
    }
  }

  private func cannotWrite(_ path: String) -> Diagnostic {
    Diagnostic(id: "IO003", "cannot write '\(path)': \(String(cString: strerror(errno)))", at: nil)
  }
}
