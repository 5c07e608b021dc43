import Diagnostics
import KernelC
import Testing

/// Comments of C code, and the statements that they speak of.
struct CodeCommentTests {
  private func comments(_ code: String) -> [CodeComment] {
    CodeComment.all(in: EmbeddedText(wholeFile: SourceFile(path: "a.c", text: code)))
  }

  @Test(arguments: [
    ("/* one */ x();", [" one "]), ("x(); // one", [" one"]), ("x(\"/* no */\"); // one", [" one"]),
    ("'\"'; // one", [" one"]),
    ("/* a\n * b */\nx();", [" a\n * b "]), ("/* never ends", []), ("// one \\\n two\nx();", [" one \\\n two"]),
    ("", []),
  ])
  func `a comment is what C takes for one`(code: String, texts: [String]) {
    #expect(comments(code).map(\.text.text) == texts)
  }

  /// The comment stands in the first or second line; lines of the statement, first and last.
  @Test(arguments: [
    ("x(); // c", 1, 1), ("// c\nx();\ny();", 2, 2), ("x(a,\n  b); /* c */", 2, 2), ("// c\nx(a,\n  b);\ny();", 2, 3),
    ("// c\nif (a)\n  x();\ny();", 2, 3), ("// c\nif (a)\n  x();\nelse\n  y();\nz();", 2, 5),
    ("// c\nif (a) {\n  x();\n} else if (b)\n  y();\nz();", 2, 5), ("// c\nfor (;;) {\n  x();\n}\ny();", 2, 4),
    ("// c\ndo {\n  x();\n} while (a);\ny();", 2, 4), ("// c\nstatic void f(int a)\n{\n  x();\n}\nint b;", 2, 5),
    ("// c\nint a[] = {1,\n 2};\ny();", 2, 3), ("// c\n#define A 1\nx();", 2, 2), ("// c\n{\n  x();\n}\ny();", 2, 4),
    ("if (a) { // c\n  x();\n}\ny();", 1, 3), ("// c\nfor_each(a) {\n  x();\n}\ny();", 2, 4), ("// c\n)\nx();", 2, 3),
    ("// c\nif (a", 2, 2), ("// c\nx()", 2, 2), ("// c\nelse\n  x();", 2, 3),
  ])
  func `it speaks of the statement on its line, or of the next`(code: String, first: Int, last: Int) throws {
    let statement = try #require(comments(code).first?.statement)
    #expect(statement.start.line == first)
    #expect(statement.end.line == last)
  }

  @Test(arguments: ["x();\n// c", "// c", "if (a) {\n x();\n // c\n}"])
  func `behind the last statement there is none`(code: String) {
    #expect(comments(code).count == 1)
    #expect(comments(code).first?.statement == nil)
  }

  @Test func `deeply nested statements end`() {
    let code = "// c\n" + String(repeating: "if (a) ", count: 100_000) + "x();"
    #expect(comments(code).first?.statement != nil)
    #expect(comments("// c\n" + String(repeating: "(", count: 100_000)).count == 1)
    #expect(comments("// c\n" + String(repeating: "else ", count: 1000)).count == 1)
  }

  @Test func `places are those of the file`() throws {
    let text = EmbeddedText(
      text: "x(); /* a\nb */", path: "p.yaml",
      lineStarts: [SourcePosition(line: 7, column: 5), SourcePosition(line: 8, column: 5)])
    let comment = try #require(CodeComment.all(in: text).first)
    #expect(comment.range.start == SourcePosition(line: 7, column: 10))
    #expect(comment.text.position(of: SourcePosition(line: 1, column: 1)) == SourcePosition(line: 7, column: 12))
    #expect(comment.text.position(of: SourcePosition(line: 2, column: 1)) == SourcePosition(line: 8, column: 5))
  }
}
