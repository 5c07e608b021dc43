package import Diagnostics

/// Which of the tool's formats a YAML file is written in, as far as its lines show it.
///
/// Files of several formats may lie in the same folders. A format that nobody knows is no reason to leave a file out: it
/// may be one of those that are looked for, with a typing error. Nor is a second format: which one holds, nobody knows,
/// and reading the file says so.
package struct DocumentFormat {
  /// The names of the formats that are looked for in no folder of this kind.
  let others: [String]

  /// Is the file certainly in one of the other formats?
  func isOther(_ file: SourceFile) -> Bool {
    let lines = file.text.split(whereSeparator: \.isNewline)
    let formats = lines.compactMap(Self.format)
    // A document of another form, in braces say, may have its format where no line shows it.
    guard let opening = lines.first(where: Self.isContent), opening.first?.isLetter == true,
      let first = formats.first, formats.allSatisfy({ $0 == first })
    else { return false }
    return others.contains(first)
  }

  private static func isContent(_ line: Substring) -> Bool {
    !line.allSatisfy(\.isWhitespace) && !line.hasPrefix("#") && !line.hasPrefix("---") && !line.hasPrefix("%")
  }

  /// The value of a top-level `schema` key, should the line give one: without quotes and comment.
  private static func format(_ line: Substring) -> String? {
    let key = "schema:"
    guard line.hasPrefix(key) else { return nil }
    let value = line.dropFirst(key.count)
    guard value.first?.isWhitespace ?? true else { return nil }
    let word = value.drop(while: \.isWhitespace).prefix { !$0.isWhitespace }
    for quote in ["'", "\""] where word.count >= 2 && word.hasPrefix(quote) && word.hasSuffix(quote) {
      return String(word.dropFirst().dropLast())
    }
    return String(word)
  }
}
