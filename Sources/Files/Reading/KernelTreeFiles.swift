package import Diagnostics
import Glibc

/// The files of a kernel tree, and nothing else: a tree may come from anybody, and its files name what they include.
package final class KernelTreeFiles {
  /// Larger files are refused before they are read.
  private static let largestFile = 16 << 20

  /// The folder as the user names it.
  package let folder: String
  private let root: String
  /// The folders that files may really lie in.
  private let allowed: [String]
  private let allowedNames: [String]
  /// Where folders of the tree really are, so that each is looked up once.
  private var realFolders: [String: String] = [:]

  /// - Parameter others: further folders whose files the tree may name.
  package init(_ folder: String, allowing others: [String] = []) throws(Diagnostic) {
    self.folder = folder
    guard let root = FileSystem().realPath(folder) else {
      throw Diagnostic(id: "FILE001", "no folder '\(folder)'", at: nil)
    }
    self.root = root == "/" ? "" : root
    allowedNames = [folder] + others
    allowed = [self.root] + others.compactMap(FileSystem().realPath).map { $0 == "/" ? "" : $0 }
  }

  /// The contents of a file inside the tree; nil where there is none.
  /// - Throws: a file that lies elsewhere, or cannot be read.
  package func read(_ path: String) throws(Diagnostic) -> [UInt8]? {
    let inside = FilePath(path).text(behind: folder + "/") ?? path
    let whole = FilePath(inside).isAbsolute ? inside : root + "/" + inside
    guard let real = try realFile(whole, named: path) else { return nil }
    // A link that appeared since is not followed.
    return try BoundedFile.bytes(at: real, named: "'\(path)'", atMost: Self.largestFile, followsLink: false)
  }

  /// The place of a file without symbolic links; nil where there is none.
  private func realFile(_ path: String, named name: String) throws(Diagnostic) -> String? {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .cannotRead("'\(name)'")
    }
    let real: String?
    if status.st_mode & S_IFMT == S_IFLNK {
      real = FileSystem().realPath(path)
    } else {
      let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex
      let folder = String(path[..<slash])
      let realFolder = realFolders[folder] ?? FileSystem().realPath(folder.isEmpty ? "/" : folder)
      realFolders[folder] = realFolder
      real = realFolder.map { $0 + path[slash...] }
    }
    guard let real else { return nil }
    guard allowed.contains(where: { FilePath(real).hasPrefix($0 + "/") }), !real.hasSuffix("/.."), !real.hasSuffix("/.")
    else {
      throw Diagnostic(
        id: "KCONFIG192", "'\(name)' lies outside the tree", at: nil,
        help: ["only files inside \(allowedNames.joined(separator: " and ")) are read"])
    }
    return real
  }

  /// The names of the folders in a folder of the tree, sorted.
  package func folders(in path: String) -> [String] {
    guard let stream = opendir(folder + "/" + path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      guard entry.pointee.d_type == DT_DIR else { continue }
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}
