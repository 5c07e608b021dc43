import Foundation
import Testing

/// A git repository of one test, which knows nothing of the user's configuration.
struct GitFolder {
  let folder: TemporaryFolder
  private static let executable = "/usr/bin/git"

  static let isThere = FileManager.default.isExecutableFile(atPath: executable)

  init() throws {
    folder = try TemporaryFolder()
    try git("init", "-q", "-b", "main", ".")
  }

  private init(_ folder: TemporaryFolder) {
    self.folder = folder
  }

  var environment: [String: String] {
    ["HOME": folder.path, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null"]
  }

  @discardableResult
  func git(_ arguments: String...) throws -> String {
    let identity = ["-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "protocol.file.allow=always"]
    let result = try Tool.run(
      executable: Self.executable, arguments: identity + arguments, in: folder.path, environment: environment)
    try #require(result.status == 0, "git \(arguments): \(result.errors)")
    return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Writes a file and commits everything.
  func commit(_ name: String, _ text: String) throws {
    try folder.write(name, text)
    try git("add", "-A")
    try git("commit", "-q", "-m", "change \(name)")
  }

  /// A clone with the newest commit alone.
  func shallowClone() throws -> GitFolder {
    let clone = try TemporaryFolder()
    try git("clone", "-q", "--depth", "1", "file://" + folder.path, clone.path + "/clone")
    let inner = try TemporaryFolder()
    try FileManager.default.removeItem(atPath: inner.path)
    try FileManager.default.moveItem(atPath: clone.path + "/clone", toPath: inner.path)
    return GitFolder(inner)
  }

  func run(_ arguments: String..., inside name: String? = nil, environment more: [String: String] = [:]) throws
    -> Tool.Result
  {
    try Tool.run(
      executable: Tool.path, arguments: arguments, in: folder.path + (name.map { "/" + $0 } ?? ""),
      environment: environment.merging(more) { $1 })
  }
}
