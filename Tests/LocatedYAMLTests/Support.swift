import Diagnostics
import LocatedYAML

let path = "a.yaml"

func file(_ text: String) -> SourceFile {
  SourceFile(path: path, text: text)
}

func range(_ line: Int, _ column: Int, _ endLine: Int, _ endColumn: Int) -> SourceRange {
  SourceRange(
    path: path, start: SourcePosition(line: line, column: column),
    end: SourcePosition(line: endLine, column: endColumn))
}

/// The diagnostics of a text; empty if it is accepted.
func mistakes(_ text: String) -> [Diagnostic] {
  do {
    _ = try LocatedYAML.parse(file(text))
    return []
  } catch {
    return error.all
  }
}

/// `id line:column-line:column` of a diagnostic.
func brief(_ diagnostic: Diagnostic) -> String {
  guard let place = diagnostic.place else { return diagnostic.id }
  return "\(diagnostic.id) \(place.start.line):\(place.start.column)-\(place.end.line):\(place.end.column)"
}

/// The lines of a text as an editor counts them, in scalars.
func editorLines(_ text: String) -> [[Unicode.Scalar]] {
  var scalars = Array(text.unicodeScalars)
  if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
  return scalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
    Array(line.last == "\r" ? line.dropLast() : line)
  }
}

/// The text at a range, line ends as `\n`; nil if the range is not inside the text.
func text(at range: SourceRange, in lines: [[Unicode.Scalar]]) -> String? {
  guard isInside(range, lines) else { return nil }
  var result = String.UnicodeScalarView()
  for line in range.start.line...range.end.line {
    let content = lines[line - 1]
    let first = line == range.start.line ? range.start.column - 1 : 0
    let last = line == range.end.line ? range.end.column - 1 : content.count
    result.append(contentsOf: content[first..<last])
    if line != range.end.line { result.append("\n") }
  }
  return String(result)
}

/// Whether a range starts and ends at places that exist in the text, one column behind a line's end included.
func isInside(_ range: SourceRange, _ lines: [[Unicode.Scalar]]) -> Bool {
  func exists(_ position: SourcePosition, _ slack: Int) -> Bool {
    position.line >= 1 && position.line <= lines.count && position.column >= 1
      && position.column <= lines[position.line - 1].count + 1 + slack
  }
  return exists(range.start, 0) && exists(range.end, 1) && range.start <= range.end
}

/// All scalars of a tree, keys included, in text order.
func scalars(of node: Node) -> [Scalar] {
  switch node.content {
  case .scalar(let scalar): [scalar]
  case .sequence(let items): items.flatMap(scalars)
  case .mapping(let entries): entries.flatMap { [$0.key] + scalars(of: $0.value) }
  }
}
