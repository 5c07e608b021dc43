import Diagnostics
import Glibc

/// Runs git for reading objects, and nothing else: no hook, pager, filter, editor, network or other program that a
/// repository could name is started, and neither the index nor the work tree is touched.
struct GitCommand {
  /// What git said.
  struct Answer {
    var status: Int32
    var output: [UInt8]
    var errors: String

    /// The lines of the output.
    var lines: [String] {
      String(decoding: output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        .map(String.init)
    }

    /// The first line of what git complained about.
    var complaint: String {
      errors.split(separator: "\n").first.map(String.init) ?? "git ended with status \(status)"
    }
  }

  /// More is not read from git: a listing of a whole kernel tree has a tenth of it.
  static let largestOutput = 256 << 20

  /// Runs one git command.
  /// - Throws: where git cannot be run, or says more than is read.
  static func run(_ arguments: [String], input: [UInt8] = []) throws(Diagnostic) -> Answer {
    do throws(ChildProcess.Failure) {
      let result = try ChildProcess.run(["git"] + options + arguments, environment: environment, input: input)
      if let status = result.status {
        return Answer(status: status, output: result.output, errors: String(decoding: result.errors, as: UTF8.self))
      }
    } catch {
      switch error {
      case .refused(let reason): throw Diagnostic.gitFailed("git \(arguments[0]): \(reason)")
      case .notFound:
        throw Diagnostic(
          id: "IO004", "git is not installed, and revisions cannot be read without it", at: nil,
          help: ["install git", "or compare two folders: hvocheck diff OLD-FOLDER NEW-FOLDER"])
      }
    }
    throw Diagnostic.gitFailed("git \(arguments[0]) was ended by a signal")
  }

  private static let options = [
    "--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs", "-c", "core.fsmonitor=false",
    "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never",
  ]

  /// What git is told by its caller, such as a hook, is kept where it says which repository is meant. The user's own
  /// configuration is read: it says which folders are safe.
  private static let kept = [
    "PATH", "HOME", "XDG_CONFIG_HOME", "GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH", "GIT_CEILING_DIRECTORIES", "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM",
  ]

  private static var environment: [String: String] {
    var variables: [String: String] = [
      "LC_ALL": "C", "GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0",
    ]
    for name in kept {
      if let value = getenv(name) { variables[name] = String(cString: value) }
    }
    return variables
  }
}

extension Diagnostic {
  /// git could not do what it was asked.
  static func gitFailed(_ reason: String, help: [String] = []) -> Diagnostic {
    Diagnostic(id: "IO005", "git cannot be read: \(reason)", at: nil, help: help)
  }
}
