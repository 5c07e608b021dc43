/// A place in a text: 1-based line and column; the column counts Unicode scalars, as libyaml's marks do.
public struct SourcePosition: Hashable, Comparable, Sendable {
  /// 1-based line.
  public var line: Int
  /// 1-based column, in Unicode scalars.
  public var column: Int

  /// Makes a position from a 1-based line and column.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Text order: lines first, then columns.
  public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A half-open range of one file: `start` is inside, `end` is the first position behind it.
public struct SourceRange: Hashable, Sendable {
  /// The file's path as reports print it: relative where the user gave a relative path.
  public var path: String
  /// First position inside the range.
  public var start: SourcePosition
  /// First position behind the range.
  public var end: SourcePosition

  /// Makes a range; `end` is exclusive.
  public init(path: String, start: SourcePosition, end: SourcePosition) {
    self.path = path
    self.start = start
    self.end = end
  }

  /// What tells the file from others.
  public var file: FilePath { FilePath(path) }

  /// Two ranges are one in the same file, byte for byte.
  public static func == (left: SourceRange, right: SourceRange) -> Bool {
    left.start == right.start && left.end == right.end && left.file == right.file
  }

  /// By file and place.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(file)
    hasher.combine(start)
    hasher.combine(end)
  }

  /// The start of the file, for statements about a file as a whole.
  public static func startOfFile(_ path: String) -> SourceRange {
    let first = SourcePosition(line: 1, column: 1)
    return SourceRange(path: path, start: first, end: first)
  }
}
