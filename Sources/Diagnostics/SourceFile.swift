/// A text file that was read once: its path as reports print it, and its text.
public struct SourceFile: Sendable, Hashable {
  /// The path as reports print it.
  public let path: String
  /// The whole text.
  public let text: String

  /// Wraps a text that has already been read and validated as UTF-8.
  public init(path: String, text: String) {
    self.path = path
    self.text = text
  }

  /// What tells its path from others.
  public var identity: FilePath { FilePath(path) }

  /// Two files are one where path and text are, byte for byte.
  public static func == (left: SourceFile, right: SourceFile) -> Bool {
    left.identity == right.identity && left.text == right.text && left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// By the path: it is rare that one has two texts.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(identity)
  }

  /// The text of a 1-based line without its line end, or nil behind the last line. For many lines of one file, a
  /// `LineTable` is made once.
  /// - Complexity: O(length of the text)
  public func line(_ number: Int) -> Substring? {
    LineTable(self).line(number)
  }
}

/// The one way by which loaders reach files, so that nothing below the commands performs I/O of its own.
public protocol SourceProvider {
  /// Reads a file as UTF-8 text.
  /// - Throws: a `Diagnostic` that names the file and says why it cannot be read.
  func read(_ path: String) throws(Diagnostic) -> SourceFile
}
