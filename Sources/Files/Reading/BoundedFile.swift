package import Diagnostics
// errno is a variable in C; the tool has one thread.
@preconcurrency import Glibc

/// Reads regular files as a whole, unless they are too large.
package enum BoundedFile {
  /// The contents of a file.
  /// - Parameters:
  ///   - name: the file as messages show it.
  ///   - limit: larger files are refused before they are read.
  ///   - followsLink: false where the path is known to be no symbolic link, and one that appeared since is refused.
  /// - Throws: what cannot be read, is no regular file, or is too large.
  static func bytes(
    at path: String, named name: String, atMost limit: Int, followsLink: Bool = true
  ) throws(Diagnostic) -> [UInt8] {
    let descriptor = opened(path, followsLink: followsLink)
    guard descriptor >= 0 else { throw .cannotRead(name) }
    defer { close(descriptor) }
    return try contents(of: descriptor, named: name, atMost: limit)
  }

  /// The contents of a file; nil where there is none.
  /// - Parameters:
  ///   - name: the file as messages show it.
  ///   - limit: larger files are refused before they are read.
  /// - Throws: what cannot be read, is no regular file, or is too large.
  package static func bytesIfThere(
    at path: String, named name: String, atMost limit: Int
  ) throws(Diagnostic) -> [UInt8]? {
    let descriptor = opened(path, followsLink: true)
    if descriptor < 0, errno == ENOENT || errno == ENOTDIR { return nil }
    guard descriptor >= 0 else { throw .cannotRead(name) }
    defer { close(descriptor) }
    return try contents(of: descriptor, named: name, atMost: limit)
  }

  /// Without O_NONBLOCK a FIFO would hang the run.
  private static func opened(_ path: String, followsLink: Bool) -> Int32 {
    open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY | (followsLink ? 0 : O_NOFOLLOW))
  }

  private static func contents(
    of descriptor: Int32, named name: String, atMost limit: Int
  ) throws(Diagnostic) -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .cannotRead(name) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Diagnostic(id: "FILE002", "\(name) is not a regular file", at: nil)
    }
    guard status.st_size <= limit else { throw .tooLarge(name, Int(status.st_size), atMost: limit) }
    var bytes: [UInt8] = []
    // One byte more, for who marks the end.
    bytes.reserveCapacity(Int(status.st_size) + 1)
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw .cannotRead(name)
      }
      bytes += buffer[..<count]
      guard bytes.count <= limit else {
        throw Diagnostic(id: "FILE004", "\(name) grew while it was read", at: nil)
      }
    }
  }
}

extension Diagnostic {
  /// A file that cannot be read, for a reason of `errno`. A name that is not there is the user's mistake; what cannot be
  /// read although it is there is an I/O error.
  static func cannotRead(_ name: String, _ reason: Int32 = errno) -> Diagnostic {
    Diagnostic(
      id: reason == ENOENT || reason == ENOTDIR ? "FILE001" : "IO001",
      "cannot read \(name.isEmpty ? "''" : name): \(String(cString: strerror(reason)))", at: nil)
  }

  /// A file that is not read.
  static func tooLarge(_ name: String, _ size: Int, atMost limit: Int) -> Diagnostic {
    Diagnostic(id: "FILE004", "\(name) has \(size) bytes; at most \(limit) are read", at: nil)
  }
}
