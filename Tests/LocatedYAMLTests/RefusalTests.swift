import Diagnostics
import LocatedYAML
import Testing

/// Each refusal with its exact place.
@Suite struct RefusalTests {
  @Test(arguments: [
    // Syntax, as libyaml sees it.
    ("a: [1, 2\nb: 3\n", ["YAML005 2:2-2:3"]),
    ("a: b: c\n", ["YAML005 1:5-1:6"]),
    ("a: 1\nfoo\nb: 2\n", ["YAML005 2:1-2:2"]),
    ("a: @x\n", ["YAML005 1:4-1:5"]),
    ("a:\n\tb: 1\n", ["YAML005 2:1-2:2"]),
    ("a: \"x\n", ["YAML005 2:1-2:2"]),
    ("a: 1\n b: 2\n", ["YAML005 2:3-2:4"]),
    ("a: \"\\q\"\n", ["YAML005 1:5-1:6"]),
    // Documents.
    ("", ["YAML007 1:1-1:1"]),
    ("# only a comment\n", ["YAML007 1:1-1:1"]),
    ("---\n...\n", ["YAML007 1:1-1:1"]),
    ("\u{FEFF}", ["YAML007 1:1-1:1"]),
    ("a: 1\n---\nb: 2\n", ["YAML008 2:1-2:4"]),
    ("a: 1\n---\n", ["YAML008 2:1-2:4"]),
    ("a: 1\n...\n--- b\n", ["YAML008 3:1-3:4"]),
    ("a: 1\n...\nb: 2\n", ["YAML005 3:1-3:2"]),
    ("%TAG !e! tag:e,2000:\n---\na: 1\n", ["YAML009 1:1-1:21"]),
    ("# c\n%TAG !e! tag:e,2000:\n%TAG !f! !f\n---\na: 1\n", ["YAML009 2:1-2:21", "YAML009 3:1-3:12"]),
    // Properties.
    ("a: &x 1\n", ["YAML010 1:4-1:6"]),
    ("&root\na: 1\n", ["YAML010 1:1-1:6"]),
    ("a: &x\n  b: 1\n", ["YAML010 1:4-1:6"]),
    ("a: [&x 1, &y-2 [], &z {}]\n", ["YAML010 1:5-1:7", "YAML010 1:11-1:15", "YAML010 1:20-1:22"]),
    ("a: *x\nb: [*y, 1]\n", ["YAML011 1:4-1:6", "YAML011 2:5-2:7"]),
    ("*k : 1\n", ["YAML011 1:1-1:3"]),
    ("a: &x 1\n<<: *x\n", ["YAML010 1:4-1:6", "YAML012 2:1-2:3", "YAML011 2:5-2:7"]),
    ("b: {<<: 1}\n", ["YAML012 1:5-1:7"]),
    ("a: !!str 1\n", ["YAML013 1:4-1:9"]),
    ("a: ! 1\n", ["YAML013 1:4-1:5"]),
    ("a: !<tag:e,2000:x> [!t 1]\n", ["YAML013 1:4-1:19", "YAML013 1:21-1:23"]),
    (
      "a: !t &x 1\nb: &y\n  # c\n  !u v\n",
      [
        "YAML013 1:4-1:6", "YAML010 1:7-1:9", "YAML010 2:4-2:6", "YAML013 4:3-4:5",
      ]
    ),
    // Keys.
    ("a: 1\nb: 2\na: 3\n", ["YAML014 3:1-3:2"]),
    ("a: 1\n'a': 2\n\"a\": 3\n", ["YAML014 2:1-2:4", "YAML014 3:1-3:4"]),
    ("x: {k: 1, k: 2}\ny: {k: 1}\n", ["YAML014 1:11-1:12"]),
    ("é: {'ü': 1, \"ü\": 2}\n", ["YAML014 1:13-1:16"]),
    ("[a, b]: 1\n", ["YAML015 1:1-1:7"]),
    ("? {a: b}\n: 1\nc: &d 2\n", ["YAML015 1:3-1:9", "YAML010 3:4-3:6"]),
    ("? - a\n  - b\n: 1\n", ["YAML015 1:3-2:6"]),
    ("?\n: 1\n", ["YAML016 1:2-1:2"]),
    ("a: {? : 1}\n", ["YAML016 1:7-1:7"]),
    ("a: 1\n: 2\n", ["YAML005 2:1-2:2"]),
    ("? ? ", ["YAML015 1:3-1:4", "YAML016 1:4-1:4"]),
    // Characters.
    ("a: b\u{0}c\n", ["YAML002 1:5-1:6"]),
    ("a: 1\nb: é\u{1B}[0m\n", ["YAML002 2:5-2:6"]),
    ("a: \u{FEFF}b\n", ["YAML002 1:4-1:5"]),
    ("a: \"x\\0y\"\n", ["YAML002 1:4-1:10"]),
    ("a: \u{2028}b\n", ["YAML003 1:4-1:5"]),
    ("a: 1\u{85}b: 2\n", ["YAML003 1:5-1:6"]),
    ("a: 1\rb: 2\n", ["YAML003 1:5-1:6"]),
    ("a: 1\nb: 2\r", ["YAML003 2:5-2:6"]),
    // With a byte order mark and with CR LF places are the same.
    ("\u{FEFF}a: &x 1\n", ["YAML010 1:4-1:6"]),
    ("\u{FEFF}a: \u{1}\n", ["YAML002 1:4-1:5"]),
    ("a: 1\r\nb: &x 2\r\na: 3\r\n", ["YAML010 2:4-2:6", "YAML014 3:1-3:2"]),
  ])
  func placesOfMistakes(text: String, expected: [String]) {
    let found = mistakes(text)
    #expect(found.map(brief) == expected)
    #expect(found.allSatisfy { !$0.message.isEmpty && $0.severity == .error })
    #expect(found.allSatisfy { !$0.reasons.isEmpty })
    #expect(found.allSatisfy { $0.place.map { isInside($0, editorLines(text)) } ?? false })
  }

  @Test func aDuplicateKeyNamesBothPlaces() throws {
    let duplicate = try #require(mistakes("a: 1\nb:\n  k: 1\n  'k': 2\n").first)
    #expect(duplicate.message == "duplicate key 'k'")
    #expect(duplicate.place == range(4, 3, 4, 6))
    #expect(duplicate.notes.map(\.place) == [range(3, 3, 3, 4)])
  }

  @Test func syntaxMistakesQuoteLibyamlAndSayWhereTheConstructBegan() throws {
    let mistake = try #require(mistakes("a: [1, 2\nb: 3\n").first)
    #expect(mistake.reasons == ["did not find expected ',' or ']' while parsing a flow sequence"])
    #expect(mistake.notes.map(\.place.start) == [SourcePosition(line: 1, column: 4)])
    #expect(mistake.help == ["close the list with ']'"])
  }

  @Test(arguments: [
    ("a:\n\tb: 1\n", "indent with blanks instead of tabs"),
    ("a: \"x\n", "close the quotes"),
    ("a: 1\nfoo\nb: 2\n", "a key is followed by a colon and a blank, as in 'page_size: 4K'"),
  ])
  func syntaxMistakesHaveAWayOut(text: String, help: String) {
    #expect(mistakes(text).first?.help.first == help)
  }

  @Test func mistakesBeforeASyntaxErrorAreKept() {
    #expect(mistakes("a: &x 1\nb: *x\nc: ]\n").map(\.id) == ["YAML010", "YAML011", "YAML005"])
  }

  @Test func theNumberOfMistakesIsBounded() {
    let text = (0..<500).map { "k\($0): &a 1\n" }.joined()
    let found = mistakes(text)
    #expect(found.count == LocatedYAML.mostMistakes + 1)
    #expect(found.last.map(\.id) == "YAML099")
    #expect(mistakes((0..<50).map { "k\($0): &a 1\n" }.joined()).count == 50)
  }
}

/// Bytes that are no UTF-8 text.
@Suite struct ByteTests {
  private func mistakes(_ bytes: [UInt8]) -> [Diagnostic] {
    do {
      _ = try LocatedYAML.parse(bytes: bytes, path: path)
      return []
    } catch {
      return error.all
    }
  }

  @Test(
    arguments: [
      ([0x61, 0x3A, 0x20, 0xE9, 0x0A], "YAML001 1:4-1:5", "at byte offset 3"),
      ([0xEF, 0xBB, 0xBF, 0x61, 0x0A, 0xC3, 0xA9, 0xFF], "YAML001 2:2-2:3", "at byte offset 7"),
      ([0x61, 0x0D, 0x0A, 0xED, 0xA0, 0x80], "YAML001 2:1-2:2", "at byte offset 3"),
      ([0xC3], "YAML001 1:1-1:2", "at byte offset 0"),
      ([0xFF, 0xFE, 0x61, 0x00], "YAML001 1:1-1:1", "it starts with a byte order mark"),
      ([0xFE, 0xFF, 0x00, 0x61], "YAML001 1:1-1:1", "it starts with a byte order mark"),
      ([0xFF, 0xFE, 0x00, 0x00, 0x61, 0x00, 0x00, 0x00], "YAML001 1:1-1:1", "it starts with a byte order mark"),
      ([0x7F, 0x45, 0x4C, 0x46, 0x02, 0x01], "YAML002 1:1-1:2", nil),
    ] as [([UInt8], String, String?)])
  func refused(bytes: [UInt8], place: String, reason: String?) {
    let found = mistakes(bytes)
    #expect(found.map(brief) == [place])
    if let reason { #expect(found.first?.reasons == [reason]) }
  }

  @Test func utf8IsAccepted() throws {
    let node = try LocatedYAML.parse(bytes: Array("\u{FEFF}é: ü\n".utf8), path: path)
    #expect(node["é"]?.scalar?.text == "ü")
    #expect(node["é"]?.range == range(1, 4, 1, 5))
  }
}

/// Limits hold for inputs that are made to break them.
@Suite struct LimitTests {
  @Test(arguments: ["[", "{a: ", "- ", "? ", "[{a: ", "a:\n"])
  func deepNestingIsRefusedWithoutRecursion(opening: String) {
    var text = String(repeating: opening, count: 200_000)
    if opening == "a:\n" {
      text = (0..<1000).map { String(repeating: " ", count: $0) + opening }.joined()
    }
    #expect(mistakes(text).map(\.id) == ["YAML006"])
  }

  @Test func exactlyTheLimitIsAccepted() throws {
    let limit = LocatedYAML.deepestNesting
    func nested(_ levels: Int) -> String {
      String(repeating: "[", count: levels) + "x" + String(repeating: "]", count: levels)
    }
    #expect(scalars(of: try LocatedYAML.parse(file(nested(limit)))).map(\.text) == ["x"])
    #expect(mistakes(nested(limit + 1)).map(brief) == ["YAML006 1:65-1:66"])
  }

  @Test func fourMebibytesAreRead() throws {
    let limit = LocatedYAML.largestDocument
    let item = String(repeating: "é", count: 15) + ","
    let text = "[" + String(repeating: item, count: (limit - 2) / item.utf8.count)
    let full = text + String(repeating: " ", count: limit - 1 - text.utf8.count) + "]"
    #expect(full.utf8.count == limit)
    let node = try LocatedYAML.parse(file(full))
    let items = try #require(node.items)
    #expect(items.count == (limit - 2) / item.utf8.count)
    let last = try #require(items.last)
    #expect(last.range.start.column == 2 + (items.count - 1) * 16)
    #expect(mistakes(full + "\n").map(brief) == ["YAML004 1:1-1:1"])
  }
}
