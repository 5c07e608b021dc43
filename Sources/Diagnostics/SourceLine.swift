/// A line of a file, or the part of it around a place, kept so that a message can show it without the file.
public struct SourceLine: Sendable, Hashable {
  /// The file's path as reports print it.
  public let path: String
  /// 1-based number of the line.
  public let number: Int
  /// 1-based column of the first scalar of `text`: more than 1 where the line is too long to be kept.
  public let firstColumn: Int
  /// What stands there.
  public let text: String

  /// Wraps a line, or the part of it that begins at a column.
  public init(path: String, number: Int, firstColumn: Int = 1, text: String) {
    self.path = path
    self.number = number
    self.firstColumn = firstColumn
    self.text = text
  }
}
