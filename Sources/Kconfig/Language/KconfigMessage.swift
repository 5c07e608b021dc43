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
  /// Where it belongs, if to one place.
  public let place: KconfigPlace?
  /// The message without its place.
  public let summary: String
  /// The way out, a line each.
  public let help: [String]

  init(
    _ severity: Severity, id: String, _ summary: [UInt8], at place: KconfigPlace?, marked mark: String = ": ",
    on stream: Stream = .errors, help: [String] = []
  ) {
    let prefix = place.map { "\($0.path):\($0.line)\(mark)" } ?? ""
    self.init(
      severity, id: id, exactly: Array(prefix.utf8) + summary + [UInt8(ascii: "\n")], summary: summary, at: place,
      on: stream, help: help)
  }

  init(
    _ severity: Severity, id: String, exactly text: [UInt8], summary: [UInt8], at place: KconfigPlace? = nil,
    on stream: Stream = .errors, help: [String] = []
  ) {
    self.stream = stream
    self.text = text
    self.id = id
    self.severity = severity
    self.place = place
    self.summary = String(decoding: summary, as: UTF8.self)
    self.help = help
  }

  /// The message as every other part of the tool reports.
  public var diagnostic: Diagnostic {
    Diagnostic(severity, id: id, summary, at: place?.range, help: help)
  }
}

/// A tree or a configuration that `conf` would not accept, or that asks for more than it may.
public struct KconfigRejection: Error, Sendable, Hashable {
  /// Everything that was to be said, warnings before the error included, in order.
  public let messages: [KconfigMessage]
  /// What `conf` would exit with; 2 where it has no such error.
  public let status: Int

  init(_ messages: [KconfigMessage], status: Int = 1) {
    self.messages = messages
    self.status = status
  }

  /// The errors among the messages.
  public var diagnostics: [Diagnostic] {
    messages.filter { $0.severity == .error }.map(\.diagnostic)
  }
}
