package import Diagnostics

/// A scalar as text with its place; it gets a type only when a reader that expects one asks, see `asSize()` and others.
///
/// YAML 1.1 would turn `y`, `n` and `on` into booleans, `010` into 8 and `1:30` into 90; Kconfig values and C must not
/// suffer that.
package struct Scalar: Sendable, Hashable {
  /// How the scalar is written.
  package enum Style: Sendable, Hashable, CaseIterable {
    /// Without quotes; also an absent value, then `text` is empty.
    case plain
    /// `'...'`
    case singleQuoted
    /// `"..."`
    case doubleQuoted
    /// `|`
    case literal
    /// `>`
    case folded
  }

  /// The text after unescaping and folding.
  package let text: String
  /// How it is written.
  package let style: Style
  /// The place including quotes; block scalars reach from `|` or `>` to the end of their last line that is not blank.
  package let range: SourceRange
  /// What stands at `range` in the file, verbatim; shares the file's storage.
  package let source: Substring

  /// Makes a scalar; `source` is what stands at `range`.
  package init(text: String, style: Style, range: SourceRange, source: Substring) {
    self.text = text
    self.style = style
    self.range = range
    self.source = source
  }

  /// Whether this is an absent value, or a plain `~` or `null`.
  package var isNull: Bool {
    style == .plain && (text.isEmpty || text == "~" || text == "null")
  }

  /// Whether this is a plain `???`: a value that somebody has still to find out. No reader takes it for one.
  package var isOpen: Bool {
    style == .plain && text == Self.open
  }

  /// How a value is written that is still to be found out.
  package static let open = "???"
}
