/// A command of the shell, as far as Kconfig files need the shell's language. What is not in here is not understood.
struct ShellList: Hashable {
  /// When a pipeline runs.
  enum Connection: Hashable {
    /// After `;`, and the first.
    case always
    /// After `&&`.
    case afterSuccess
    /// After `||`.
    case afterFailure
  }

  struct Item: Hashable {
    var connection: Connection
    var pipeline: [ShellStage]
  }

  var items: [Item] = []
}

/// One command of a pipeline.
struct ShellStage: Hashable {
  indirect enum Command: Hashable {
    case words([ShellWord])
    /// `{ …; }`, and where its commands stand in the text.
    case group(ShellList, Range<Int>)
  }

  var command: Command
  /// In the order in which they take effect.
  var redirections: [ShellRedirection] = []
}

/// `>/dev/null`, `2>&1` and the like: where standard output (1) or standard error (2) goes.
enum ShellRedirection: Hashable {
  case toNull(Int)
  case toStream(Int, of: Int)
}

/// A word, not expanded yet.
struct ShellWord: Hashable {
  enum Piece: Hashable {
    /// Characters that stand for themselves.
    case text([UInt8])
    /// `$NAME` or `$1`; one that is not in quotes is split at blanks.
    case variable([UInt8], isQuoted: Bool)
    /// `$$`.
    case processIdentifier
    /// The answer to another probe that is not known, not in quotes.
    case answer([UInt8])
  }

  var pieces: [Piece] = []
}
