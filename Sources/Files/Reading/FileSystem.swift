package import Diagnostics
import Glibc

/// Reads files and lists folders; everything that can go wrong there becomes one clear line.
package struct FileSystem: SourceTree {
  /// Larger files are refused before they are read.
  static let largestFile = 4 * 1024 * 1024
  private static let deepestFolder = 32

  /// The files of this machine.
  package init() {}

  package func read(_ path: String) throws(Diagnostic) -> SourceFile {
    try Self.sourceFile(path, try BoundedFile.bytes(at: path, named: path, atMost: Self.largestFile))
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

  package func kind(of path: String) throws(Diagnostic) -> FileKind {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .cannotRead(path) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFREG: return .file
    default: throw Diagnostic(id: "FILE002", "\(path) is neither a file nor a folder", at: nil)
    }
  }

  /// A path as reports show it: without `.` and doubled slashes, and relative where it lies in the working folder, so
  /// that a report does not depend on where the tree is checked out.
  package func shortened(_ path: String) -> String {
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

  package func yamlFiles(in folder: String) throws(Diagnostic) -> [String] {
    try yamlFiles(in: folder, inside: [])
  }

  private func yamlFiles(in folder: String, inside parents: [Identity]) throws(Diagnostic) -> [String] {
    var status = stat()
    guard stat(folder, &status) == 0 else { throw .cannotRead(folder) }
    let identity = Identity(status)
    guard !parents.contains(identity), parents.count < Self.deepestFolder else {
      throw Diagnostic(
        id: "FILE005", "\(folder) leads back into itself", at: nil, help: ["a symbolic link makes the folder endless"])
    }
    guard let stream = opendir(folder) else { throw .cannotRead(folder) }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw .cannotRead(folder) }
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
        if name.isYAML { throw .cannotRead(path) }
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
  package struct Identity: Hashable {
    private var device: UInt64
    private var inode: UInt64

    init(_ status: stat) {
      (device, inode) = (UInt64(status.st_dev), UInt64(status.st_ino))
    }
  }

  /// What is known of the file behind a name.
  package enum Presence {
    case regular(Identity)
    /// A folder, a device, a pipe.
    case special
    case absent
  }

  /// What a name names, links followed.
  package func identity(of path: String) -> Presence {
    var status = stat()
    guard stat(path, &status) == 0 else { return .absent }
    return status.st_mode & S_IFMT == S_IFREG ? .regular(Identity(status)) : .special
  }

  /// The file that standard output was redirected to; nil for terminals, pipes and devices.
  package var identityOfStandardOutput: Identity? {
    var status = stat()
    guard fstat(STDOUT_FILENO, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Identity(status)
  }
}

extension String {
  /// Written in any case: on other systems `PORT.YAML` is the same file as `port.yaml`.
  var isYAML: Bool {
    let name = lowercased()
    return name.hasSuffix(".yaml") || name.hasSuffix(".yml")
  }
}
