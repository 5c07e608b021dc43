import Diagnostics
import LocatedYAML
import Testing

/// The places of the lines of a scalar's text.
@Suite struct EmbeddedTextTests {
  private func embedded(_ text: String) throws -> EmbeddedText {
    let node = try LocatedYAML.parse(file(text))
    return try #require((node["a"] ?? node).scalar).embeddedText
  }

  @Test(arguments: [
    // Literal: the text is YAML's, columns are exact.
    ("a: |\n  x\n   y\n", "x\n y\n", ["2:3", "3:3", "3:5"]),
    ("a: |\r\n  x\r\n  y\r\nb: 1\r\n", "x\ny\n", ["2:3", "3:3", "3:4"]),
    ("a: |2\n    x\n  y\n", "  x\ny\n", ["2:3", "3:3", "3:4"]),
    ("a: |-\n    x\n\n    y\n", "x\n\ny", ["2:5", "3:1", "4:5"]),
    ("a: |-2 # note\n   x\n", " x", ["2:3"]),
    ("a: |+\n  x\n\n\nb: 1\n", "x\n\n\n", ["2:3", "3:1", "4:1", "4:1"]),
    ("a: |\n\n  x\n \n  y", "\nx\n\ny", ["2:1", "3:3", "4:2", "5:3"]),
    ("a: |\n  é\n     \n  ü\n", "é\n   \nü\n", ["2:3", "3:3", "4:3", "4:4"]),
    ("a: |\n  x\n     \nb: 1\n", "x\n   \n", ["2:3", "3:1", "3:4"]),
    ("a: |2\n  \tx\n", "\tx\n", ["2:3", "2:5"]),
    ("a: |\nb: 1\n", "", ["1:5"]),
    ("a: |+\n\nb: 1\n", "\n", ["2:1", "2:1"]),
    // Folded: lines of the file.
    ("a: >\n  x\n  y\n\n  z\n", "x\ny\n\nz\n", ["2:3", "3:3", "4:1", "5:3", "5:4"]),
    ("a: >-\n  x\n    y\n  z\n", "x\n  y\nz", ["2:3", "3:3", "4:3"]),
    ("a: >1\n  x\n y\n", " x\ny\n", ["2:2", "3:2", "3:3"]),
    // Plain and quoted, one line.
    ("a: A && B\n", "A && B", ["1:4"]),
    ("a: 'A && B'\n", "A && B", ["1:5"]),
    ("a: \"A && B\"\n", "A && B", ["1:5"]),
    ("a: 'it''s '''\n", "it's '", ["1:5"]),
    ("a: \"x\\\"y\\\\ \\u0041\"\n", "x\"y\\ A", ["1:5"]),
    ("a:\n", "", ["1:3"]),
    ("a: ''\n", "", ["1:5"]),
    // Several lines: as in the file.
    ("a: A &&\n     B  \n\n  && C\n", "A &&\nB\n\n&& C", ["1:4", "2:6", "3:1", "4:3"]),
    ("a: A &&\r\n     B\r\nb: 1\r\n", "A &&\nB", ["1:4", "2:6"]),
    ("a: 'A  \n  ''B'' '\n", "A\n'B' ", ["1:5", "2:3"]),
    ("a: \"A \\\n   B\n  C\\t \n D\"\n", "A B\nC\t\nD", ["1:5", "3:3", "4:2"]),
    ("a: \"x\\ny\\x0az\"\n", "x\ny\nz", ["1:5", "1:8", "1:13"]),
  ])
  func lines(text: String, expected: String, starts: [String]) throws {
    let embedded = try embedded(text)
    #expect(embedded.text == expected)
    #expect(embedded.lineStarts.map { "\($0.line):\($0.column)" } == starts)
  }

  @Test func aPositionInACBodyIsAPositionInTheFile() throws {
    let text = """
      flush_dcache_page:
        body: |
          if (PageHuge(page))
            page = compound_head(page);

          clear_bit(PG_dcache_clean, &page->flags);
      """
    let node = try LocatedYAML.parse(file(text))
    let body = try #require(node["flush_dcache_page"]?["body"]?.scalar).embeddedText
    let lines = editorLines(text)
    let words = [(1, 5, "PageHuge"), (2, 10, "compound_head"), (4, 11, "PG_dcache_clean"), (4, 29, "page->flags")]
    for (line, column, word) in words {
      let start = body.position(of: SourcePosition(line: line, column: column))
      let end = SourcePosition(line: start.line, column: start.column + word.count)
      #expect(LocatedYAMLTests.text(at: SourceRange(path: path, start: start, end: end), in: lines) == word)
    }
  }
}
