import Diagnostics
import LocatedYAML
import Testing

/// What is accepted, with the place of every part.
@Suite struct TreeTests {
  /// `line:column-line:column source` of every scalar.
  private func places(_ text: String) throws -> [String] {
    scalars(of: try LocatedYAML.parse(file(text))).map { scalar in
      let range = scalar.range
      return "\(range.start.line):\(range.start.column)-\(range.end.line):\(range.end.column) \(scalar.source)"
    }
  }

  @Test(arguments: [
    ("a: b\n", ["1:1-1:2 a", "1:4-1:5 b"]),
    ("\u{FEFF}a: b\n", ["1:1-1:2 a", "1:4-1:5 b"]),
    ("---\na: 'b c' # d\n", ["2:1-2:2 a", "2:4-2:9 'b c'"]),
    ("é: \"ü\"\r\nb: c\r\n", ["1:1-1:2 é", "1:4-1:7 \"ü\"", "2:1-2:2 b", "2:4-2:5 c"]),
    ("a: b\n  c  \n  d\ne: f\n", ["1:1-1:2 a", "1:4-3:4 b\n  c  \n  d", "4:1-4:2 e", "4:4-4:5 f"]),
    ("[a, {b: c}, d: e]", ["1:2-1:3 a", "1:6-1:7 b", "1:9-1:10 c", "1:13-1:14 d", "1:16-1:17 e"]),
    ("a:\nb:   \n- x\n-\n", ["1:1-1:2 a", "1:3-1:3 ", "2:1-2:2 b", "3:3-3:4 x", "4:2-4:2 "]),
    ("{a, b: , c}", ["1:2-1:3 a", "1:3-1:3 ", "1:5-1:6 b", "1:6-1:6 ", "1:10-1:11 c", "1:11-1:11 "]),
    ("? a\n\n# c\n", ["1:3-1:4 a", "1:4-1:4 "]),
    ("a: |\n  x\n\n  y \n\n\nb: c\n", ["1:1-1:2 a", "1:4-4:5 |\n  x\n\n  y ", "7:1-7:2 b", "7:4-7:5 c"]),
    ("a: >2- # note\n   x\n  # no comment\n", ["1:1-1:2 a", "1:4-3:15 >2- # note\n   x\n  # no comment"]),
    ("a: | # note\n\nb: |-\n", ["1:1-1:2 a", "1:4-1:5 |", "3:1-3:2 b", "3:4-3:6 |-"]),
    ("a: |\r\n  x\r\nb: c\r\n", ["1:1-1:2 a", "1:4-2:4 |\r\n  x", "3:1-3:2 b", "3:4-3:5 c"]),
    ("x", ["1:1-1:2 x"]),
  ])
  func placesOfScalars(text: String, expected: [String]) throws {
    #expect(try places(text) == expected)
  }

  @Test(arguments: [
    ("a:\n  b: c # d\n\n\ne: f\n", [range(1, 1, 5, 5), range(2, 3, 2, 7)]),
    ("a:\n- b\n- [c,\n d ]\n\n", [range(1, 1, 4, 5), range(2, 1, 4, 5), range(3, 3, 4, 5)]),
    ("- a: |\n    x\n\n\n- b\n", [range(1, 1, 5, 4), range(1, 3, 2, 6)]),
    ("[ a: b  , {} ]\n", [range(1, 1, 1, 15), range(1, 3, 1, 7), range(1, 11, 1, 13)]),
    ("a: {b:\n  c\n}\n", [range(1, 1, 3, 2), range(1, 4, 3, 2)]),
    ("a:\n  b:\n", [range(1, 1, 2, 5), range(2, 3, 2, 5)]),
  ])
  func placesOfCollections(text: String, expected: [SourceRange]) throws {
    func collections(_ node: Node) -> [SourceRange] {
      switch node.content {
      case .scalar: []
      case .sequence(let items): [node.range] + items.flatMap(collections)
      case .mapping(let entries): [node.range] + entries.map(\.value).flatMap(collections)
      }
    }
    #expect(collections(try LocatedYAML.parse(file(text))) == expected)
  }

  @Test(arguments: [
    ("y", Scalar.Style.plain, "y"), ("'it''s'", .singleQuoted, "it's"), ("\"a\\tb\\x41\"", .doubleQuoted, "a\tbA"),
    ("a\n b\n\n c", .plain, "a b\nc"), ("|\n a\n  b\n", .literal, "a\n b\n"), ("|+\n a\n\n", .literal, "a\n\n"),
    ("|-\n a\n\n", .literal, "a"), (">\n a\n b\n", .folded, "a b\n"), ("0x10", .plain, "0x10"),
    ("\"a\\\r\n  b\"", .doubleQuoted, "ab"), ("|\r\n a\r\n b\r\n", .literal, "a\nb\n"),
  ])
  func textsAndStyles(text: String, style: Scalar.Style, expected: String) throws {
    let scalar = try #require(try LocatedYAML.parse(file(text)).scalar)
    #expect(scalar.style == style)
    #expect(scalar.text == expected)
  }

  @Test func keysAreLookedUpByText() throws {
    let node = try LocatedYAML.parse(file("config:\n  64BIT: y\n  'quoted key': [1, ~]\nempty: {}\n"))
    #expect(node["config"]?["64BIT"]?.scalar?.text == "y")
    #expect(node["config"]?["quoted key"]?.items?.map(\.isNull) == [false, true])
    #expect(node["empty"]?.entries?.isEmpty == true)
    #expect(node["missing"] == nil)
    #expect(node["config"]?["64BIT"]?["deeper"] == nil)
    #expect(node.entries?.map(\.key.text) == ["config", "empty"])
  }

  @Test func anchorsAndTagsInQuotesOrBlocksAreText() throws {
    let text = "a: '&x'\nb: \"*y\"\nc: '!t'\n'<<': 1\nd: |\n  &page->flags\ne: x & y * z ! w\n"
    let values = try #require(try LocatedYAML.parse(file(text)).entries).map { $0.value.scalar?.text }
    #expect(values == ["&x", "*y", "!t", "1", "&page->flags\n", "x & y * z ! w"])
  }

  @Test func aYAMLDirectiveAndEndMarkersAreNoDocuments() throws {
    #expect(try places("%YAML 1.1\n---\na\n...\n") == ["3:1-3:2 a"])
  }
}
