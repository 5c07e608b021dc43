import Diagnostics
// errno is a variable in C; the tool has one thread.
@preconcurrency import Glibc

/// A file that lies ready beside its place, as a whole and on disk, until it takes its name.
struct StagedFile {
  /// The path that it is to have.
  let place: String
  private let temporary: String

  /// Writes bytes into a new file beside a place.
  /// - Parameter permissions: those of the file that it replaces; nil for what is usual.
  /// - Throws: what cannot be written; nothing is left then.
  init(_ bytes: [UInt8], beside place: String, permissions: mode_t? = nil) throws(SystemError) {
    let (temporary, descriptor) = try Self.create(beside: place)
    var problem = Self.write(bytes, to: descriptor)
    if problem == nil, let permissions, fchmod(descriptor, permissions) != 0 { problem = errno }
    // Some file systems cannot; they say EINVAL.
    if problem == nil, fsync(descriptor) != 0, errno != EINVAL { problem = errno }
    if close(descriptor) != 0, problem == nil { problem = errno }
    if let problem {
      unlink(temporary)
      throw SystemError(number: problem)
    }
    (self.place, self.temporary) = (place, temporary)
  }

  /// Takes the name, from whatever has it.
  func replace() throws(SystemError) {
    if rename(temporary, place) != 0 { throw .current }
  }

  /// Takes the name unless something has it: EEXIST says so.
  func take() throws(SystemError) {
    // Unlike rename(), link() does not replace what somebody else wrote in the meantime.
    if link(temporary, place) != 0 { throw .current }
  }

  /// Removes it.
  func discard() {
    unlink(temporary)
  }

  private static func create(beside place: String) throws(SystemError) -> (String, Int32) {
    for attempt in 0..<1000 {
      // Short, so that it fits wherever the name itself does.
      let name = FilePath(place).folder.text + "/.hvocheck-\(getpid())-\(attempt)"
      let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (name, descriptor) }
      if errno != EEXIST { throw .current }
    }
    throw SystemError(number: EEXIST)
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
}

/// A number of `errno`.
struct SystemError: Error {
  /// The number.
  var number: Int32

  /// What the last call said.
  static var current: SystemError { SystemError(number: errno) }

  /// The reason in words.
  var reason: String { String(cString: strerror(number)) }
}
