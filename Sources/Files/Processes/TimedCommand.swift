// errno is a variable in C; the tool has one thread.
@preconcurrency import Glibc

/// A command of the shell that sees little of the environment, no input, and has to end in time; what it leaves running
/// is ended with it.
package struct TimedCommand {
  /// How much of the output counts: `conf` reads no more.
  private static let longestOutput = 4_096
  /// How much of what it says on standard error is shown.
  private static let longestErrors = 1 << 16

  private let environment: [String: String]
  private let seconds: Int
  private let showErrors: ([UInt8]) -> Void

  /// - Parameters:
  ///   - environment: all that commands see besides `PATH` and `LC_ALL`.
  ///   - seconds: how long a command may take.
  ///   - showErrors: shows what a command says on standard error.
  package init(environment: [String: String], seconds: Int, showErrors: @escaping ([UInt8]) -> Void) {
    self.seconds = seconds
    self.showErrors = showErrors
    var variables = environment.filter { !$0.key.isEmpty && !$0.key.contains("=") }
    variables["PATH"] = ProcessEnvironment.value("PATH") ?? "/usr/local/bin:/usr/bin:/bin"
    variables["LC_ALL"] = "C"
    self.environment = variables
  }

  /// Why there is no output.
  package struct Failure: Error {
    /// The reason in words.
    package var reason: String

    static var system: Failure { Failure(reason: String(cString: strerror(errno))) }
  }

  /// Runs a command to its end.
  /// - Returns: what it printed, as much of it as counts.
  /// - Throws: where it could not be run, or took too long.
  package func run(_ command: [UInt8]) throws(Failure) -> [UInt8] {
    var output = try Pipe()
    defer { output.close() }
    var errors = try Pipe()
    defer { errors.close() }
    let child = try start(command, output, errors)
    output.closeWriter()
    errors.closeWriter()
    // The whole group goes, before its number can be another's: the leader is still there, if only as a zombie.
    defer {
      kill(-child, SIGKILL)
      while waitpid(child, nil, 0) < 0, errno == EINTR {}
    }
    let deadline = Clock.milliseconds + seconds * 1_000
    var answer: [UInt8] = []
    var said: [UInt8] = []
    defer { if !said.isEmpty { showErrors(said) } }
    while output.isOpen || errors.isOpen {
      try wait(for: output, errors, until: deadline)
      output.read(into: &answer, atMost: Self.longestOutput)
      errors.read(into: &said, atMost: Self.longestErrors)
    }
    while !Self.hasEnded(child) {
      try pause(until: deadline)
    }
    return answer
  }

  private func start(_ command: [UInt8], _ output: Pipe, _ errors: Pipe) throws(Failure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.writer, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors.writer, STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    do throws(ChildProcess.Failure) {
      let arguments = [Array("/bin/sh".utf8), Array("-c".utf8), command]
      return try ChildProcess.start(arguments, environment: environment, &actions, &attributes)
    } catch {
      switch error {
      case .notFound: throw Failure(reason: "there is no /bin/sh")
      case .refused(let reason): throw Failure(reason: reason)
      }
    }
  }

  /// Waits until there is something to read.
  private func wait(for output: Pipe, _ errors: Pipe, until deadline: Int) throws(Failure) {
    var polled = [output, errors].filter(\.isOpen).map { pollfd(fd: $0.reader, events: Int16(POLLIN), revents: 0) }
    let left = deadline - Clock.milliseconds
    guard left > 0 else { throw tooLong }
    let count = poll(&polled, nfds_t(polled.count), Int32(left))
    if count < 0, errno != EINTR { throw .system }
  }

  /// Waits a moment for a command that has closed its output and goes on.
  private func pause(until deadline: Int) throws(Failure) {
    guard Clock.milliseconds < deadline else { throw tooLong }
    poll(nil, 0, 1)
  }

  private var tooLong: Failure { Failure(reason: "it took longer than \(seconds) s and was ended") }

  private static func hasEnded(_ child: pid_t) -> Bool {
    var information = siginfo_t()
    let status = waitid(P_PID, id_t(child), &information, WEXITED | WNOHANG | WNOWAIT)
    return status != 0 && errno != EINTR || information.si_signo == SIGCHLD
  }

  /// The way from a command to this process.
  private struct Pipe {
    private(set) var reader: Int32
    private(set) var writer: Int32
    var isOpen: Bool { reader >= 0 }

    init() throws(Failure) {
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { throw .system }
      // Not 0, 1 or 2, which the child gets: they are free where the caller has closed them.
      (reader, writer) = (fcntl(ends[0], F_DUPFD_CLOEXEC, 3), fcntl(ends[1], F_DUPFD_CLOEXEC, 3))
      for end in ends { Glibc.close(end) }
      guard reader >= 0, writer >= 0 else {
        close()
        throw .system
      }
      _ = fcntl(reader, F_SETFL, O_NONBLOCK)
    }

    mutating func closeWriter() {
      if writer >= 0 { Glibc.close(writer) }
      writer = -1
    }

    mutating func close() {
      closeWriter()
      if reader >= 0 { Glibc.close(reader) }
      reader = -1
    }

    /// Takes what is there; closes at the end, and as soon as there is more than counts.
    mutating func read(into bytes: inout [UInt8], atMost limit: Int) {
      var buffer = [UInt8](repeating: 0, count: 4_096)
      while isOpen {
        let count = buffer.withUnsafeMutableBytes { Glibc.read(reader, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        if count < 0, errno == EAGAIN { return }
        if count > 0 { bytes += buffer[..<min(count, limit - bytes.count)] }
        if count <= 0 || bytes.count >= limit { close() }
      }
    }
  }
}
