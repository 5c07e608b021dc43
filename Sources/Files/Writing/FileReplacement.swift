package import Diagnostics
// errno is a variable in C; the tool has one thread.
@preconcurrency import Glibc

/// Writes files so that each is complete or as it was before: all of them are written beside their places first, and
/// only then take their names.
package struct FileReplacement {
  /// A file to be.
  package struct File {
    /// Its path.
    package var path: String
    /// What it is to hold.
    package var bytes: [UInt8]

    /// A file of bytes.
    package init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }

    /// A file of text.
    package init(path: String, text: String) {
      self.init(path: path, bytes: Array(text.utf8))
    }
  }

  /// Writes all files. Devices, pipes and the like are written last, in place.
  /// - Throws: the first that could not be written; the others are complete or as they were.
  package static func write(_ files: [File]) throws(Diagnostic) {
    var staged: [(file: File, ready: StagedFile)] = []
    var inPlace: [File] = []
    do throws(Diagnostic) {
      for file in files {
        if let ready = try stage(file) { staged.append((file, ready)) } else { inPlace.append(file) }
      }
      let folders = Set(staged.map { FilePath($0.ready.place).folder })
      while let next = staged.first {
        try Self.located(next.file) { () throws(SystemError) in try next.ready.replace() }
        staged.removeFirst()
      }
      for folder in folders { makeDurable(folder.text) }
    } catch {
      for next in staged { next.ready.discard() }
      throw error
    }
    for file in inPlace { try writeInPlace(file) }
  }

  /// Writes a file as a whole or not at all; not to where a symbolic link of its name leads.
  /// - Parameter keepsOld: what the name named before is then called `NAME.old`.
  package static func writeAtName(_ file: File, keepsOld: Bool) throws(Diagnostic) {
    try located(file) { () throws(SystemError) in
      let ready = try StagedFile(file.bytes, beside: file.path)
      if keepsOld {
        unlink(file.path + ".old")
        // Where there was no file, there is none to keep.
        _ = link(file.path, file.path + ".old")
      }
      do throws(SystemError) {
        try ready.replace()
      } catch {
        ready.discard()
        throw error
      }
    }
  }

  /// Makes a file empty and new; not what a symbolic link of its name leads to.
  package static func touch(_ path: [UInt8]) throws(Diagnostic) {
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
    let name = path.map { CChar(bitPattern: $0) } + [0]
    let descriptor = open(name, flags, 0o644)
    guard descriptor >= 0 else { throw .cannotWrite(String(decoding: path, as: UTF8.self), .current) }
    close(descriptor)
  }

  private static func located<Value>(
    _ file: File, _ body: () throws(SystemError) -> Value
  ) throws(Diagnostic) -> Value {
    do throws(SystemError) {
      return try body()
    } catch {
      throw failure(file, error)
    }
  }

  /// Nil where there is something that cannot be replaced: a device, a pipe, an open descriptor.
  private static func stage(_ file: File) throws(Diagnostic) -> StagedFile? {
    if openDescriptor(file.path) != nil { return nil }
    var status = stat()
    let exists = stat(file.path, &status) == 0
    guard exists || errno == ENOENT else { throw failure(file) }
    var permissions: mode_t?
    if exists {
      guard status.st_mode & S_IFMT != S_IFDIR else { throw failure(file, SystemError(number: EISDIR)) }
      guard status.st_mode & S_IFMT == S_IFREG else { return nil }
      // Replacing needs the folder's permission only; a file that is write-protected is meant to stay.
      guard access(file.path, W_OK) == 0 else { throw failure(file) }
      permissions = status.st_mode & 0o7777
    }
    let place = try linksFollowed(file)
    return try located(file) { () throws(SystemError) in
      try StagedFile(file.bytes, beside: place, permissions: permissions)
    }
  }

  /// The path behind symbolic links, also where the last one leads to nothing yet.
  private static func linksFollowed(_ file: File) throws(Diagnostic) -> String {
    var path = file.path
    for _ in 0..<40 {
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(path, &buffer, buffer.count)
      guard count > 0 else { return path }
      let destination = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      path = destination.hasPrefix("/") ? destination : FilePath(path).folder.text + "/" + destination
    }
    throw failure(file, SystemError(number: ELOOP))
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
    var problem = StagedFile.write(file.bytes, to: descriptor)
    if close(descriptor) != 0, problem == nil { problem = errno }
    if let problem { throw failure(file, SystemError(number: problem)) }
  }

  /// The number of a descriptor that is open already: /dev/stderr, or what the shell makes of >(command).
  private static func openDescriptor(_ path: String) -> Int32? {
    if path == "/dev/stderr" { return STDERR_FILENO }
    for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
      return Int32(path.dropFirst(folder.count))
    }
    return nil
  }

  private static func failure(_ file: File, _ error: SystemError = .current) -> Diagnostic {
    Diagnostic(id: "IO003", "cannot write \(file.path): \(error.reason)", at: nil)
  }
}
