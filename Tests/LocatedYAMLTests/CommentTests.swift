import Diagnostics
import LocatedYAML
import Testing

/// Comments of YAML files, which the tree does not have.
struct CommentTests {
  @Test(arguments: [
    ("a: 1 # one", [" one"]), ("# one\na: 1", [" one"]), ("a: 1#2\nb: '# 3'\nc: \"# 4\"", []),
    ("a: |\n  # text\n  b\n# one\n", [" one"]), ("a: | # one\n  # text\n", [" one"]),
    ("a: >- # one\n  # text\n", [" one"]),
    ("a: [1, # one\n  2] # two", [" one", " two"]), ("a: x#y # one # still", [" one # still"]),
    ("a: 'x\n  # text\n  y' # one", [" one"]), ("a: x\n  y # one\n", [" one"]), ("--- # one\na: 1\n", [" one"]),
    ("a:\r\n  b: 1 # one\r\n", [" one"]), ("a: {b: c} #one", ["one"]), ("'a # b': 1 #", [""]),
    ("a: 1 # ä # x", [" ä # x"]),
    ("\u{FEFF}a: 1 # one", [" one"]),
  ])
  func `a comment is what YAML takes for one`(text: String, comments: [String]) throws {
    let source = file(text)
    let found = LocatedYAML.comments(in: source, root: try LocatedYAML.parse(source))
    #expect(found.map(\.text.text) == comments)
  }

  @Test func `a comment has its place, and knows what is in front of it`() throws {
    let source = file("a:\n  # one\n  b: ä # two\n")
    let found = LocatedYAML.comments(in: source, root: try LocatedYAML.parse(source))
    #expect(found.map(\.range) == [range(2, 3, 2, 8), range(3, 8, 3, 13)])
    #expect(found.map(\.isAlone) == [true, false])
    #expect(
      found.map { $0.text.position(of: SourcePosition(line: 1, column: 2)) }
        == [SourcePosition(line: 2, column: 5), SourcePosition(line: 3, column: 10)])
  }

  @Test(arguments: [
    (1, [range(1, 1, 3, 7)]), (2, [range(2, 3, 2, 7)]), (4, [range(4, 1, 7, 4)]), (5, [range(5, 5, 6, 9)]),
    (6, [range(6, 5, 6, 9)]), (7, [range(7, 4, 7, 4)]), (8, [range(8, 1, 8, 7)]), (9, [range(9, 2, 9, 3)]), (10, []),
  ])
  func `the outermost part of a line is what starts there`(line: Int, parts: [SourceRange]) throws {
    let root = try LocatedYAML.parse(file("a:\n  b: 1\n  c: 22\nd:\n  - e: 1\n    f: 22\n  -\ng: [1,\n 2]\n"))
    #expect(root.parts(startingOnLine: line).map(\.start) == parts.map(\.start))
  }
}
