/// How much a message weighs.
public enum Severity: String, Sendable, Hashable, CaseIterable {
  /// Something is wrong.
  case error
  /// Something may be wrong, or is wrong without breaking the kernel.
  case warning
  /// For information.
  case note
}

/// A message about a place in a file, with its reason and the way out.
///
/// Printed as `path:line:column: error: message [ID]`, the source line with a caret, then reason and help.
public struct Diagnostic: Error, Sendable, Hashable {
  /// A second place that explains the first, such as the earlier copy of a duplicate key.
  public struct Note: Sendable, Hashable {
    /// What is to be seen there.
    public var message: String
    /// Where.
    public var place: SourceRange

    /// Makes a note.
    public init(_ message: String, at place: SourceRange) {
      self.message = message
      self.place = place
    }
  }

  /// How much it weighs.
  public var severity: Severity
  /// A stable identity that does not change with the wording, such as `YAML003` or `HVO001`.
  public var id: String
  /// One line, without a final stop.
  public var message: String
  /// The place; nil for statements about no file, such as a bad option.
  public var place: SourceRange?
  /// Why this is so, a line each.
  public var reasons: [String]
  /// Other places that belong to it.
  public var notes: [Note]
  /// The way out, a line each.
  public var help: [String]

  /// Makes a diagnostic.
  public init(
    _ severity: Severity = .error, id: String, _ message: String, at place: SourceRange?,
    reasons: [String] = [], notes: [Note] = [], help: [String] = []
  ) {
    self.severity = severity
    self.id = id
    self.message = message
    self.place = place
    self.reasons = reasons
    self.notes = notes
    self.help = help
  }
}

/// Several diagnostics thrown together: a reader reports all mistakes of a file, not only the first.
public struct Diagnostics: Error, Sendable, Hashable {
  /// The diagnostics in text order.
  public var all: [Diagnostic]

  /// Wraps diagnostics that were collected.
  public init(_ all: [Diagnostic]) {
    self.all = all
  }
}
