public import Diagnostics

/// Where a statement of a Kconfig file stands.
public struct KconfigPlace: Sendable, Hashable {
  /// The file as the `source` statement names it.
  public let path: String
  /// 1-based line.
  public let line: Int

  /// Makes a place.
  public init(path: String, line: Int) {
    self.path = path
    self.line = line
  }

  /// The place as diagnostics name it.
  public var range: SourceRange {
    let start = SourcePosition(line: line, column: 1)
    return SourceRange(path: path, start: start, end: start)
  }
}

/// Something that `conf` would print besides the configuration.
public struct KconfigMessage: Sendable, Hashable {
  /// Where `conf` prints it.
  public enum Stream: Sendable, Hashable {
    /// Standard output.
    case output
    /// Standard error.
    case errors
  }

  /// Where `conf` prints it.
  public let stream: Stream
  /// The bytes that `conf` prints, with the newline; for what `conf` does not know, a line of the same form.
  public let text: [UInt8]
  /// A stable identity, such as `KCONFIG110`.
  public let id: String
  /// How much it weighs.
  public let severity: Severity
  /// The line that `conf` says it belongs to, if to one.
  public let place: KconfigPlace?
  /// The message without its place.
  public let summary: String
  /// The way out, a line each.
  public let help: [String]
  /// Where it belongs, to the column.
  public internal(set) var range: SourceRange?
  /// Why this is so, or what would have been right, a line each.
  public internal(set) var reasons: [String] = []
  /// Other places that belong to it.
  public internal(set) var notes: [Diagnostic.Note] = []
  /// The `source` statements that lead to its file, the innermost first.
  public internal(set) var inclusions: [KconfigPlace] = []
  /// The lines that `range` and the notes begin in.
  public internal(set) var lines: [SourceLine] = []
  /// The text that it is about, as long as only its number is known.
  var span: TextSpan?

  init(
    _ severity: Severity, id: String, _ summary: [UInt8], at place: KconfigPlace?, marked mark: String = ": ",
    on stream: Stream = .errors, span: TextSpan? = nil, reasons: [String] = [], notes: [Diagnostic.Note] = [],
    help: [String] = []
  ) {
    let prefix = place.map { "\($0.path):\($0.line)\(mark)" } ?? ""
    self.init(
      severity, id: id, exactly: Array(prefix.utf8) + summary + [UInt8(ascii: "\n")], summary: summary, at: place,
      on: stream, span: span, reasons: reasons, notes: notes, help: help)
  }

  init(
    _ severity: Severity, id: String, exactly text: [UInt8], summary: [UInt8], at place: KconfigPlace? = nil,
    on stream: Stream = .errors, span: TextSpan? = nil, reasons: [String] = [], notes: [Diagnostic.Note] = [],
    help: [String] = []
  ) {
    self.stream = stream
    self.text = text
    self.id = id
    self.severity = severity
    self.place = place
    self.summary = String(decoding: summary, as: UTF8.self)
    self.span = span
    self.reasons = reasons
    self.notes = notes
    self.help = help
    range = place?.range
  }

  /// The message as every other part of the tool reports.
  public var diagnostic: Diagnostic {
    var summary = summary
    // What `conf` marks in its own text, the header of a diagnostic marks.
    for mark in ["warning: ", "error: "] where summary.hasPrefix(mark) { summary.removeFirst(mark.count) }
    return Diagnostic(
      severity, id: id, summary, at: range, reasons: reasons + wayIn, notes: notes, help: help)
  }

  /// How the file came to be read; of a long way only its ends.
  private var wayIn: [String] {
    let shown = 8
    let lines = inclusions.map { "included from \($0.path):\($0.line)" }
    if lines.count <= shown { return lines }
    return lines.prefix(shown / 2) + ["\(lines.count - shown) more"] + lines.suffix(shown / 2)
  }
}

/// A tree or a configuration that `conf` would not accept, or that asks for more than it may.
public struct KconfigRejection: Error, Sendable, Hashable {
  /// Everything that `conf` says, warnings before the error included, in order.
  public let messages: [KconfigMessage]
  /// What is wrong, each mistake once: `conf` says of some only that they follow from others.
  public let problems: [KconfigMessage]
  /// What `conf` would exit with; 2 where it has no such error.
  public let status: Int

  init(_ messages: [KconfigMessage], problems: [KconfigMessage]? = nil, status: Int = 1) {
    self.messages = messages
    self.problems = problems ?? messages.filter { $0.severity == .error }
    self.status = status
  }

  /// What is wrong, as every other part of the tool reports.
  public var diagnostics: [Diagnostic] {
    problems.map(\.diagnostic)
  }

  /// The same, and the text that the last message is about.
  func about(_ span: TextSpan?) -> KconfigRejection {
    guard var last = messages.last, last.span == nil else { return self }
    last.span = span
    return KconfigRejection(messages.dropLast() + [last], status: status)
  }
}
