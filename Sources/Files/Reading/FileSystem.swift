package import Diagnostics
import Glibc

/// Reads files and lists folders; everything that can go wrong there becomes one clear line.
package struct FileSystem: SourceTree {
  /// Larger files are refused before they are read.
  static let largestFile = 4 * 1024 * 1024
  /// The files of this machine.
  package init() {}

  package func read(_ path: String) throws(Diagnostic) -> SourceFile {
    guard FilePath(path).canBeShown else { throw .cannotBeShown(Array(path.utf8)) }
    return try Self.sourceFile(path, try BoundedFile.bytes(at: path, named: path, atMost: Self.largestFile))
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
    guard FilePath(path).canBeShown else { throw .cannotBeShown(Array(path.utf8)) }
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
    let parts = FilePath(path).parts.filter { $0 != "." }
    guard FilePath(path).isAbsolute else {
      return path.isEmpty ? "" : parts.isEmpty ? "." : parts.joined(separator: "/")
    }
    let whole = FilePath("/" + parts.joined(separator: "/"))
    guard let here = workingFolder else { return whole.text }
    return whole == FilePath(here) ? "." : whole.text(behind: here + "/") ?? whole.text
  }

  private var workingFolder: String? {
    guard let name = getcwd(nil, 0) else { return nil }
    defer { free(name) }
    return String(cString: name)
  }

  package func yamlFiles(in folder: String) throws(Diagnostic) -> FolderListing {
    var listing = FolderListing()
    try FolderWalk().list(folder, inside: [], into: &listing)
    return listing
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
