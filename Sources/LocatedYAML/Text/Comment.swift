package import Diagnostics

/// A comment of a YAML file. It is no part of the tree; who gives comments a meaning asks for them.
package struct Comment: Sendable, Hashable {
  /// What stands behind `#`, with its place.
  package let text: EmbeddedText
  /// The place from `#` to the end of the line.
  package let range: SourceRange
  /// Whether nothing stands in front of it on its line.
  package let isAlone: Bool
}

extension LocatedYAML {
  /// The comments of a file in text order. A `#` inside of a text, such as a block scalar or quotes, starts none.
  /// - Parameter root: what `parse` made of the same file.
  /// - Complexity: O(length of the text)
  package static func comments(in file: SourceFile, root: Node) -> [Comment] {
    var scalars = root.scalarTexts.sorted { $0.lowerBound < $1.lowerBound }[...]
    var comments: [Comment] = []
    let text = file.text.unicodeScalars.first == SourceText.byteOrderMark ? file.text.dropFirst() : file.text[...]
    for (offset, line) in SourceText.lines(of: text).enumerated() {
      let number = offset + 1
      var column = 0
      for scalar in line {
        column += 1
        guard scalar == "#" else { continue }
        let position = SourcePosition(line: number, column: column)
        scalars = scalars.drop { $0.upperBound <= position }
        if let first = scalars.first, first.lowerBound <= position { continue }
        let content = line.dropFirst(column)
        let end = SourcePosition(line: number, column: line.count + 1)
        comments.append(
          Comment(
            text: EmbeddedText(
              text: String(content), path: file.path, lineStarts: [SourcePosition(line: number, column: column + 1)]),
            range: SourceRange(path: file.path, start: position, end: end),
            isAlone: line.prefix(column - 1).allSatisfy(\.isBlank)))
        break
      }
    }
    return comments
  }
}

extension Node {
  /// Where the texts of the tree stand, in which `#` is a character as any other.
  fileprivate var scalarTexts: [Range<SourcePosition>] {
    switch content {
    case .scalar(let scalar): [scalar.extentOfText]
    case .sequence(let items): items.flatMap(\.scalarTexts)
    case .mapping(let entries): entries.flatMap { [$0.key.extentOfText] + $0.value.scalarTexts }
    }
  }
}

extension Scalar {
  /// The text of a block scalar starts behind the line of `|`, on which a comment may stand.
  fileprivate var extentOfText: Range<SourcePosition> {
    let first = SourcePosition(line: range.start.line + 1, column: 1)
    return switch style {
    case .literal, .folded: first..<max(first, range.end)
    case .plain, .singleQuoted, .doubleQuoted: range.start..<range.end
    }
  }
}
