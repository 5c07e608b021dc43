import Diagnostics
// errno is a variable in C; the tool has one thread.
@preconcurrency import Glibc

/// A program that is run to its end.
///
/// Its input and output lie in files without a name: nothing has to be pumped through pipes, and a program that ends early
/// cannot end this one. It is not asynchronous: a runtime that opens descriptors of its own before `main` would write
/// reports into them where standard output is closed.
struct ChildProcess {
  /// What became of it.
  struct Result {
    /// Nil where a signal ended it.
    var status: Int32?
    var output: [UInt8]
    var errors: [UInt8]
  }

  /// Why it could not be run.
  enum Failure: Error {
    /// There is no such program.
    case notFound
    /// The system refused, for this reason.
    case refused(String)
  }

  /// Runs a program that `PATH` names.
  static func run(
    _ arguments: [String], environment: [String: String], input: [UInt8]
  ) throws(Failure) -> Result {
    let streams = (try NamelessFile(), try NamelessFile(), try NamelessFile())
    defer { for file in [streams.0, streams.1, streams.2] { file.close() } }
    try streams.0.fill(input)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, file) in [streams.0, streams.1, streams.2].enumerated() {
      posix_spawn_file_actions_adddup2(&actions, file.descriptor, Int32(number))
    }
    let child = try start(arguments.map { Array($0.utf8) }, environment: environment, &actions, nil)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { throw .refused(String(cString: strerror(errno))) }
    }
    return Result(
      status: status & 0x7f == 0 ? (status >> 8) & 0xff : nil, output: try streams.1.contents(),
      errors: try streams.2.contents())
  }

  /// Starts a program that `PATH` names and does not wait for it. Arguments need not be UTF-8, but hold no NUL.
  static func start(
    _ arguments: [[UInt8]], environment: [String: String], _ actions: inout posix_spawn_file_actions_t,
    _ attributes: UnsafePointer<posix_spawnattr_t>?
  ) throws(Failure) -> pid_t {
    let words = arguments.map(copy) + [nil]
    let variables = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    guard let program = words[0] else { throw .notFound }
    var child = pid_t()
    let problem = posix_spawnp(&child, program, &actions, attributes, words, variables)
    guard problem == 0 else { throw problem == ENOENT ? .notFound : .refused(String(cString: strerror(problem))) }
    return child
  }

  /// A C string of some bytes, for `free`.
  private static func copy(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar>? {
    (bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { $0.baseAddress.flatMap { strdup($0) } }
  }

  /// A file that lives as long as its descriptor.
  private struct NamelessFile {
    let descriptor: Int32

    init() throws(Failure) {
      guard let made = tmpfile() else { throw .refused("no temporary file: \(String(cString: strerror(errno)))") }
      defer { fclose(made) }
      // Not 0, 1 or 2, which the child gets: they are free where the caller has closed them.
      descriptor = fcntl(fileno(made), F_DUPFD_CLOEXEC, 3)
      guard descriptor >= 0 else { throw .refused(String(cString: strerror(errno))) }
    }

    func close() {
      Glibc.close(descriptor)
    }

    func fill(_ bytes: [UInt8]) throws(Failure) {
      var written = 0
      while written < bytes.count {
        let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 || errno == EINTR else { throw .refused(String(cString: strerror(errno))) }
        written += max(0, count)
      }
      lseek(descriptor, 0, SEEK_SET)
    }

    func contents() throws(Failure) -> [UInt8] {
      let size = lseek(descriptor, 0, SEEK_END)
      guard size <= GitCommand.largestOutput else { throw .refused("it says more than is read: \(size) bytes") }
      var bytes = [UInt8](repeating: 0, count: max(0, size))
      var length = 0
      while length < bytes.count {
        let count = bytes.withUnsafeMutableBytes { bytes in
          pread(descriptor, bytes.baseAddress.map { $0 + length }, bytes.count - length, length)
        }
        guard count > 0 || errno == EINTR else { throw .refused(String(cString: strerror(errno))) }
        length += max(0, count)
      }
      return bytes
    }
  }
}
