import Diagnostics
import Glibc
import Kconfig

/// The files of a kernel tree, and nothing else: a tree may come from anybody, and its files name what they include.
final class KernelTreeFiles: KconfigSources {
  /// Larger files are refused before they are read.
  private static let largestFile = 16 << 20

  /// The folder as the user names it.
  let folder: String
  private let root: String
  /// The folders that files may really lie in.
  private let allowed: [String]
  private let allowedNames: [String]
  /// Where folders of the tree really are, so that each is looked up once.
  private var realFolders: [String: String] = [:]

  /// - Parameter others: further folders whose files the tree may name.
  init(_ folder: String, allowing others: [String] = []) throws(Diagnostic) {
    self.folder = folder
    guard let root = Self.realPath(folder) else {
      throw Diagnostic(id: "FILE001", "no folder '\(folder)'", at: nil)
    }
    self.root = root == "/" ? "" : root
    allowedNames = [folder] + others
    allowed = [self.root] + others.compactMap(Self.realPath).map { $0 == "/" ? "" : $0 }
  }

  func read(_ path: String) throws(Diagnostic) -> [UInt8]? {
    let inside = path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : path
    let whole = inside.hasPrefix("/") ? inside : root + "/" + inside
    guard let real = try realFile(whole, named: path) else { return nil }
    // Without O_NONBLOCK a FIFO would hang the run; a link that appeared since is not followed.
    let descriptor = open(real, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw Self.cannotRead(path) }
    defer { close(descriptor) }
    return try Self.contents(of: descriptor, named: path, atMost: Self.largestFile)
  }

  /// The place of a file without symbolic links; nil where there is none.
  private func realFile(_ path: String, named name: String) throws(Diagnostic) -> String? {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw Self.cannotRead(name)
    }
    let real: String?
    if status.st_mode & S_IFMT == S_IFLNK {
      real = Self.realPath(path)
    } else {
      let slash = path.lastIndex(of: "/") ?? path.startIndex
      let folder = String(path[..<slash])
      let realFolder = realFolders[folder] ?? Self.realPath(folder.isEmpty ? "/" : folder)
      realFolders[folder] = realFolder
      real = realFolder.map { $0 + path[slash...] }
    }
    guard let real else { return nil }
    guard allowed.contains(where: { real.hasPrefix($0 + "/") }), !real.hasSuffix("/.."), !real.hasSuffix("/.") else {
      throw Diagnostic(
        id: "KCONFIG192", "'\(name)' lies outside the tree", at: nil,
        help: ["only files inside \(allowedNames.joined(separator: " and ")) are read"])
    }
    return real
  }

  /// The names of the folders in a folder of the tree, sorted.
  func folders(in path: String) -> [String] {
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

  /// Reads a regular file.
  static func contents(of descriptor: Int32, named path: String, atMost limit: Int) throws(Diagnostic) -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw cannotRead(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Diagnostic(id: "FILE002", "'\(path)' is not a regular file", at: nil)
    }
    guard status.st_size <= limit else {
      throw Diagnostic(id: "FILE004", "'\(path)' has \(status.st_size) bytes; at most \(limit) are read", at: nil)
    }
    var failure: Diagnostic?
    let size = Int(status.st_size)
    // One byte more, for who marks the end.
    let bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
      while count < size {
        let read = Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
        if read < 0, errno == EINTR { continue }
        if read < 0 { failure = cannotRead(path) }
        if read <= 0 { return }
        count += read
      }
    }
    if let failure { throw failure }
    return bytes
  }

  private static func realPath(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  static func cannotRead(_ path: String) -> Diagnostic {
    Diagnostic(id: "IO001", "cannot read '\(path)': \(String(cString: strerror(errno)))", at: nil)
  }
}
