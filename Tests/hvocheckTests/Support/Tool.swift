import Foundation
import Testing

/// The built tool, run as a process of its own.
enum Tool {
  /// What a run left behind.
  struct Result {
    /// The exit status; -1 where a signal ended the process.
    var status: Int32
    /// The signal that ended the process; 0 where none did.
    var signal: Int32
    var output: String
    var errors: String

    /// The identities in brackets at the end of messages, in order.
    var identities: [String] {
      (output + "\n" + errors).split(separator: "\n").compactMap { line in
        guard line.hasSuffix("]"), let open = line.lastIndex(of: "["), line.contains(": ") else { return nil }
        return String(line[line.index(after: open)...].dropLast())
      }
    }
  }

  /// Where the standard output of a run goes.
  enum Destination {
    case file
    case path(String)
    case closed
    /// A pipe that nobody reads any more.
    case brokenPipe
  }

  /// The tool lies beside the test bundle.
  static let path: String = {
    let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(filePath: bundle).deletingLastPathComponent().appending(path: "hvocheck").path
  }()

  static var folder: String { URL(filePath: path).deletingLastPathComponent().path }

  /// Runs the tool.
  @discardableResult
  static func run(
    _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:],
    output: Destination = .file
  ) throws -> Result {
    try run(
      executable: path, arguments: arguments, in: folder.path, environment: environment, output: output)
  }

  /// Runs a program with a small environment, no standard input and a time limit.
  static func run(
    executable: String, arguments: [String], in folder: String, environment: [String: String] = [:],
    output: Destination = .file
  ) throws -> Result {
    let scratch = try TemporaryFolder()
    let outputPath = scratch.path + "/stdout"
    let errorPath = scratch.path + "/stderr"
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, errorPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var descriptors: [Int32] = [-1, -1]
    switch output {
    case .file: posix_spawn_file_actions_addopen(&actions, 1, outputPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    case .path(let path): posix_spawn_file_actions_addopen(&actions, 1, path, O_WRONLY, 0)
    case .closed: posix_spawn_file_actions_addclose(&actions, 1)
    case .brokenPipe:
      guard pipe(&descriptors) == 0 else { throw POSIXError(.EMFILE) }
      close(descriptors[0])
      posix_spawn_file_actions_adddup2(&actions, descriptors[1], 1)
    }
    var variables = ["PATH": Self.folder + ":/usr/local/bin:/usr/bin:/bin", "LANG": "C", "TERM": "dumb"]
    variables["LD_LIBRARY_PATH"] = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"]
    variables.merge(environment) { $1 }
    // posix_spawn() cannot change the folder in a portable way; the shell can.
    let child = try spawn(
      "/bin/sh", ["sh", "-c", "cd \"$0\" && exec \"$@\"", folder, executable] + arguments,
      variables.map { "\($0.key)=\($0.value)" }.sorted(), &actions)
    if descriptors[1] >= 0 { close(descriptors[1]) }
    let status = try waitFor(child, arguments)
    return Result(
      status: status & 0x7f == 0 ? (status >> 8) & 0xff : -1, signal: status & 0x7f,
      output: text(outputPath), errors: text(errorPath))
  }

  private static func spawn(
    _ executable: String, _ arguments: [String], _ environment: [String], _ actions: inout posix_spawn_file_actions_t
  ) throws -> pid_t {
    var child = pid_t()
    let words = arguments.map { strdup($0) } + [nil]
    let variables = environment.map { strdup($0) } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    let failure = posix_spawn(&child, executable, &actions, nil, words, variables)
    try #require(failure == 0, "cannot start \(executable): \(String(cString: strerror(failure)))")
    return child
  }

  /// Waits, but not for ever: a test that hangs says nothing.
  private static func waitFor(_ child: pid_t, _ arguments: [String]) throws -> Int32 {
    var status: Int32 = 0
    for _ in 0..<60_000 {
      if waitpid(child, &status, WNOHANG) == child { return status }
      usleep(2_000)
    }
    kill(child, SIGKILL)
    waitpid(child, &status, 0)
    Issue.record("hangs: \(arguments.joined(separator: " "))")
    return status
  }

  private static func text(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }
}
