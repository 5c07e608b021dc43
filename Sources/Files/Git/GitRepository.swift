package import Diagnostics

/// The repository in whose work tree the command runs.
package struct GitRepository {
  /// The working folder inside of the repository, with a final slash; empty at the top.
  let prefix: String
  /// Has the clone only the newest part of the history?
  let isShallow: Bool

  /// Finds the repository.
  /// - Throws: where there is none, or git refuses to read it.
  package static func find() throws(Diagnostic) -> GitRepository {
    let answer = try GitCommand.run(["rev-parse", "--is-shallow-repository", "--show-prefix"])
    guard answer.status == 0, answer.lines.count == 2 else {
      throw Diagnostic(
        id: "GIT001", "revisions are compared inside of a git repository", at: nil, reasons: [answer.complaint],
        help: ["run hvocheck there", "or compare two folders: hvocheck diff OLD-FOLDER NEW-FOLDER"])
    }
    return GitRepository(prefix: answer.lines[1], isShallow: answer.lines[0] == "true")
  }

  /// The commit that a revision names.
  /// - Throws: where there is none.
  package func commit(_ revision: String) throws(Diagnostic) -> String {
    if !revision.hasPrefix("-") {
      let answer = try GitCommand.run(["rev-parse", "--verify", "--end-of-options", revision + "^{commit}"])
      if answer.status == 0, let name = answer.lines.last { return name }
    }
    throw Diagnostic(
      id: "GIT002", "no revision '\(revision)'", at: nil,
      help: shallowHelp + ["'git log --oneline' shows revisions, 'git branch --all' branches"])
  }

  /// The commit from which two histories went apart.
  /// - Throws: where they have none in common.
  package func mergeBase(_ first: String, _ second: String) throws(Diagnostic) -> String {
    let answer = try GitCommand.run(["merge-base", try commit(first), try commit(second)])
    if answer.status == 0, let name = answer.lines.first { return name }
    throw Diagnostic(
      id: "GIT003", "'\(first)' and '\(second)' have no commit in common", at: nil,
      help: shallowHelp + ["\(first)..\(second) compares them as they are"])
  }

  private var shallowHelp: [String] {
    guard isShallow else { return [] }
    return ["this clone has only a part of the history: git fetch --unshallow (in GitHub Actions: fetch-depth: 0)"]
  }
}
