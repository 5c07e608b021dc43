import Diagnostics
// errno is a variable in C; the tool has one thread.
@preconcurrency import Glibc

/// Writes files so that each is complete or as it was before: all of them are written beside their places first, and
/// only then take their names.
struct FileReplacement {
  /// A file to be.
  struct File {
    var path: String
    var bytes: [UInt8]

    init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }

    init(path: String, text: String) {
      self.init(path: path, bytes: Array(text.utf8))
    }
  }

  /// A file that lies ready under another name.
  private struct Staged {
    var file: File
    /// Its place, links followed: a link stays a link.
    var place: String
    var temporary: String
  }

  /// Writes all files. Devices, pipes and the like are written last, in place.
  /// - Throws: the first that could not be written; the others are complete or as they were.
  static func write(_ files: [File]) throws(Diagnostic) {
    var staged: [Staged] = []
    var inPlace: [File] = []
    do throws(Diagnostic) {
      for file in files {
        if let ready = try stage(file) { staged.append(ready) } else { inPlace.append(file) }
      }
      let folders = Set(staged.map { folder(of: $0.place) })
      while let ready = staged.first {
        guard rename(ready.temporary, ready.place) == 0 else { throw failure(ready.file) }
        staged.removeFirst()
      }
      for folder in folders { makeDurable(folder) }
    } catch {
      for ready in staged { unlink(ready.temporary) }
      throw error
    }
    for file in inPlace { try writeInPlace(file) }
  }

  /// Nil where there is something that cannot be replaced: a device, a pipe, an open descriptor.
  private static func stage(_ file: File) throws(Diagnostic) -> Staged? {
    if openDescriptor(file.path) != nil { return nil }
    var status = stat()
    let exists = stat(file.path, &status) == 0
    guard exists || errno == ENOENT else { throw failure(file) }
    var permissions: mode_t?
    if exists {
      guard status.st_mode & S_IFMT != S_IFDIR else { throw failure(file, EISDIR) }
      guard status.st_mode & S_IFMT == S_IFREG else { return nil }
      // Replacing needs the folder's permission only; a file that is write-protected is meant to stay.
      guard access(file.path, W_OK) == 0 else { throw failure(file) }
      permissions = status.st_mode & 0o7777
    }
    let place = try linksFollowed(file)
    let (temporary, descriptor) = try create(besides: place, for: file)
    var problem = write(file.bytes, to: descriptor)
    if problem == nil, let permissions, fchmod(descriptor, permissions) != 0 { problem = errno }
    // Some file systems cannot; they say EINVAL.
    if problem == nil, fsync(descriptor) != 0, errno != EINVAL { problem = errno }
    if close(descriptor) != 0, problem == nil { problem = errno }
    if let problem {
      unlink(temporary)
      throw failure(file, problem)
    }
    return Staged(file: file, place: place, temporary: temporary)
  }

  private static func create(besides place: String, for file: File) throws(Diagnostic) -> (String, Int32) {
    for attempt in 0..<1000 {
      // Short, so that it fits wherever the name itself does.
      let name = folder(of: place) + "/.hvocheck-\(getpid())-\(attempt)"
      let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (name, descriptor) }
      if errno != EEXIST { throw failure(file) }
    }
    throw failure(file, EEXIST)
  }

  /// The path behind symbolic links, also where the last one leads to nothing yet.
  private static func linksFollowed(_ file: File) throws(Diagnostic) -> String {
    var path = file.path
    for _ in 0..<40 {
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(path, &buffer, buffer.count)
      guard count > 0 else { return path }
      let destination = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      path = destination.hasPrefix("/") ? destination : folder(of: path) + "/" + destination
    }
    throw failure(file, ELOOP)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A new name is on disk once its folder is; where that cannot be asked for, nothing is lost but a crash's worth.
  private static func makeDurable(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  // MARK: in place

  private static func writeInPlace(_ file: File) throws(Diagnostic) {
    let descriptor = openDescriptor(file.path).map { dup($0) } ?? open(file.path, O_WRONLY | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(file) }
    var problem = write(file.bytes, to: descriptor)
    if close(descriptor) != 0, problem == nil { problem = errno }
    if let problem { throw failure(file, problem) }
  }

  /// The number of a descriptor that is open already: /dev/stderr, or what the shell makes of >(command).
  private static func openDescriptor(_ path: String) -> Int32? {
    if path == "/dev/stderr" { return STDERR_FILENO }
    for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
      return Int32(path.dropFirst(folder.count))
    }
    return nil
  }

  /// Writes everything.
  /// - Returns: the error's number, if there is one.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    bytes.withUnsafeBytes { bytes in
      var rest = bytes
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count > 0 {
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        } else if errno != EINTR {
          return errno
        }
      }
      return nil
    }
  }

  private static func failure(_ file: File, _ reason: Int32 = errno) -> Diagnostic {
    Diagnostic(id: "IO003", "cannot write \(file.path): \(String(cString: strerror(reason)))", at: nil)
  }
}
