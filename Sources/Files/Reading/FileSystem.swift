import Diagnostics
import Glibc

/// Reads files and lists folders; everything that can go wrong there becomes one clear line.
struct FileSystem: SourceTree {
  /// Larger files are refused before they are read.
  static let largestFile = 4 * 1024 * 1024
  private static let deepestFolder = 32

  func read(_ path: String) throws(Diagnostic) -> SourceFile {
    try Self.sourceFile(path, try readBytes(path))
  }

  /// The text of a file, wherever its bytes come from.
  /// - Throws: where they are no text.
  static func sourceFile(_ path: String, _ bytes: [UInt8]) throws(Diagnostic) -> SourceFile {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Diagnostic(id: "FILE003", "\(path) is not UTF-8 text", at: nil, help: ["is it a binary file?"])
    }
    if text.utf8.contains(0) {
      throw Diagnostic(id: "FILE003", "\(path) is a binary file", at: nil)
    }
    // A byte order mark is no part of the text: with it, carets on line 1 would shift.
    return SourceFile(path: path, text: text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text)
  }

  private func readBytes(_ path: String) throws(Diagnostic) -> [UInt8] {
    // Without O_NONBLOCK a FIFO would hang the run.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw cannotRead(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw cannotRead(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Diagnostic(id: "FILE002", "\(path) is not a regular file", at: nil)
    }
    guard status.st_size <= Self.largestFile else {
      throw Diagnostic.tooLarge(path, Int(status.st_size))
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw cannotRead(path)
      }
      bytes += buffer[..<count]
      guard bytes.count <= Self.largestFile else {
        throw Diagnostic(id: "FILE004", "\(path) grew while it was read", at: nil)
      }
    }
  }

  func kind(of path: String) throws(Diagnostic) -> FileKind {
    var status = stat()
    guard stat(path, &status) == 0 else { throw cannotRead(path) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFREG: return .file
    default: throw Diagnostic(id: "FILE002", "\(path) is neither a file nor a folder", at: nil)
    }
  }

  /// A path as reports show it: without `.` and doubled slashes, and relative where it lies in the working folder, so
  /// that a report does not depend on where the tree is checked out.
  func shortened(_ path: String) -> String {
    let parts = path.split(separator: "/").filter { $0 != "." }
    guard path.hasPrefix("/") else {
      return path.isEmpty ? "" : parts.isEmpty ? "." : parts.joined(separator: "/")
    }
    let whole = "/" + parts.joined(separator: "/")
    guard let here = workingFolder, whole == here || whole.hasPrefix(here + "/") else { return whole }
    let inside = whole.utf8.dropFirst(here.utf8.count + 1)
    return inside.isEmpty ? "." : String(Substring(inside))
  }

  private var workingFolder: String? {
    guard let name = getcwd(nil, 0) else { return nil }
    defer { free(name) }
    return String(cString: name)
  }

  func yamlFiles(in folder: String) throws(Diagnostic) -> [String] {
    try yamlFiles(in: folder, inside: [])
  }

  private func yamlFiles(in folder: String, inside parents: [Identity]) throws(Diagnostic) -> [String] {
    var status = stat()
    guard stat(folder, &status) == 0 else { throw cannotRead(folder) }
    let identity = Identity(status)
    guard !parents.contains(identity), parents.count < Self.deepestFolder else {
      throw Diagnostic(
        id: "FILE005", "\(folder) leads back into itself", at: nil, help: ["a symbolic link makes the folder endless"])
    }
    guard let stream = opendir(folder) else { throw cannotRead(folder) }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw cannotRead(folder) }
        break
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    var files: [String] = []
    for name in names.sorted() {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      if stat(path, &status) != 0 {
        if name.isYAML { throw cannotRead(path) }
        continue
      }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: files += try yamlFiles(in: path, inside: parents + [identity])
      default: if name.isYAML { files.append(path) }
      }
    }
    return files
  }

  /// What makes two names name the same file.
  struct Identity: Hashable {
    private var device: UInt64
    private var inode: UInt64

    init(_ status: stat) {
      (device, inode) = (UInt64(status.st_dev), UInt64(status.st_ino))
    }
  }

  /// What is known of the file behind a name.
  enum Presence {
    case regular(Identity)
    /// A folder, a device, a pipe.
    case special
    case absent
  }

  /// What a name names, links followed.
  func identity(of path: String) -> Presence {
    var status = stat()
    guard stat(path, &status) == 0 else { return .absent }
    return status.st_mode & S_IFMT == S_IFREG ? .regular(Identity(status)) : .special
  }

  /// The file that standard output was redirected to; nil for terminals, pipes and devices.
  var identityOfStandardOutput: Identity? {
    var status = stat()
    guard fstat(STDOUT_FILENO, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Identity(status)
  }

  private func cannotRead(_ path: String) -> Diagnostic {
    // A name that is not there is the user's mistake; what cannot be read although it is there is an I/O error.
    let reason = errno
    return Diagnostic(
      id: reason == ENOENT || reason == ENOTDIR ? "FILE001" : "IO001",
      "cannot read \(path.isEmpty ? "''" : path): \(String(cString: strerror(reason)))", at: nil)
  }
}

extension String {
  /// Written in any case: on other systems `PORT.YAML` is the same file as `port.yaml`.
  var isYAML: Bool {
    let name = lowercased()
    return name.hasSuffix(".yaml") || name.hasSuffix(".yml")
  }
}

extension Diagnostic {
  /// A file that is not read.
  static func tooLarge(_ path: String, _ size: Int) -> Diagnostic {
    Diagnostic(id: "FILE004", "\(path) has \(size) bytes; at most \(FileSystem.largestFile) are read", at: nil)
  }
}
