/// Writes diagnostics as text: `path:line:column: error: message [ID]`, the source line with a caret, reason, help.
public struct DiagnosticRenderer: Sendable {
  /// The SGR codes of the parts that colour marks; empty strings where colour is off.
  public struct Style: Sendable {
    var bold = ""
    var error = ""
    var warning = ""
    var note = ""
    var reset = ""

    /// No colour.
    public static let plain = Style()
    /// ANSI colours.
    public static let ansi = Style(
      bold: "\u{1B}[1m", error: "\u{1B}[1;31m", warning: "\u{1B}[1;33m", note: "\u{1B}[1;36m",
      reset: "\u{1B}[0m")

    func code(of severity: Severity) -> String {
      switch severity {
      case .error: error
      case .warning: warning
      case .note: note
      }
    }
  }

  private struct LineName: Hashable {
    let path: FilePath
    let number: Int
  }

  private let style: Style
  private let lines: [FilePath: LineTable]
  private let kept: [LineName: SourceLine]

  /// A renderer that shows source lines out of `files`.
  /// - Complexity: O(length of the files)
  public init(files: some Sequence<SourceFile>, style: Style = .plain) {
    lines = Dictionary(files.map { ($0.identity, LineTable($0)) }, uniquingKeysWith: { first, _ in first })
    kept = [:]
    self.style = style
  }

  /// A renderer that shows lines which were kept for that.
  public init(lines: some Sequence<SourceLine>, style: Style = .plain) {
    self.lines = [:]
    kept = Dictionary(
      lines.map { (LineName(path: FilePath($0.path), number: $0.number), $0) }, uniquingKeysWith: { first, _ in first })
    self.style = style
  }

  /// Writes one diagnostic with a final newline.
  public func render(_ diagnostic: Diagnostic, into output: inout some TextOutputStream) {
    header(
      diagnostic.severity, diagnostic.message + " [\(diagnostic.id)]", at: diagnostic.place, into: &output)
    renderSource(at: diagnostic.place, into: &output)
    for reason in diagnostic.reasons {
      output.write("      = \(reason.printable)\n")
    }
    for note in diagnostic.notes {
      header(.note, note.message, at: note.place, into: &output)
      renderSource(at: note.place, into: &output)
    }
    for (index, line) in diagnostic.help.enumerated() {
      output.write(index == 0 ? "help: \(line.printable)\n" : "      \(line.printable)\n")
    }
  }

  private func header(
    _ severity: Severity, _ message: String, at place: SourceRange?, into output: inout some TextOutputStream
  ) {
    let position = place.map { "\($0.path.printable):\($0.start.line):\($0.start.column): " } ?? ""
    output.write(
      "\(style.bold)\(position)\(style.reset)\(style.code(of: severity))\(severity.rawValue):\(style.reset) ")
    output.write("\(style.bold)\(message.printable)\(style.reset)\n")
  }

  /// Writes the source line of a place and a caret below it; nothing where the file is not at hand.
  public func renderSource(at place: SourceRange?, into output: inout some TextOutputStream) {
    guard let place, let (line, firstColumn) = line(at: place), !line.isEmpty else { return }
    let gutter = String(place.start.line)
    let number = String(repeating: " ", count: max(0, 5 - gutter.count)) + gutter
    // Long lines are shown around the place: a caret that nobody can see is none.
    let shown = window(line.unicodeScalars, around: place.start.column - firstColumn)
    let end = place.end.line == place.start.line ? place.end.column : line.unicodeScalars.count + firstColumn
    let width = max(1, min(end - place.start.column, shown.scalars.count - shown.caret))
    output.write("\(number) | \(String(String.UnicodeScalarView(shown.scalars)))\n")
    output.write(String(repeating: " ", count: 5) + " | ")
    output.write(String(repeating: " ", count: shown.caret))
    output.write("\(style.note)^\(String(repeating: "~", count: max(0, width - 1)))\(style.reset)\n")
  }

  /// The line that a place begins in, and the column of its first scalar.
  private func line(at place: SourceRange) -> (Substring, Int)? {
    if let line = kept[LineName(path: place.file, number: place.start.line)] {
      return (line.text[...], line.firstColumn)
    }
    return lines[place.file]?.line(place.start.line).map { ($0, 1) }
  }

  private func window(
    _ line: Substring.UnicodeScalarView, around column: Int
  ) -> (scalars: [Unicode.Scalar], caret: Int) {
    let limit = 160
    let caret = min(max(0, column), line.count)
    let first = line.count <= limit ? 0 : max(0, min(caret - limit / 2, line.count - limit))
    // A tab moves the caret's line and the source line apart; one blank for each keeps them together.
    let scalars = line.dropFirst(first).prefix(limit).map(\.shown)
    return (scalars, caret - first)
  }
}
