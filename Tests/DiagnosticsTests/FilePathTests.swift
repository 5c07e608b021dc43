import Diagnostics
import Testing

/// Paths are told apart by their bytes.
struct FilePathTests {
  @Test(arguments: [("K", "\u{212A}"), ("\u{E9}", "e\u{301}"), ("a/\u{E9}/b", "a/e\u{301}/b")])
  func `what is equal to Swift is two paths`(pair: (String, String)) {
    #expect(pair.0 == pair.1)
    #expect(FilePath(pair.0) != FilePath(pair.1))
    #expect(Set([FilePath(pair.0), FilePath(pair.1), FilePath(pair.0)]).count == 2)
    #expect((FilePath(pair.0) < FilePath(pair.1)) != (FilePath(pair.1) < FilePath(pair.0)))
    #expect(SourceRange.startOfFile(pair.0) != SourceRange.startOfFile(pair.1))
    #expect(Set([SourceRange.startOfFile(pair.0), .startOfFile(pair.1)]).count == 2)
    #expect(SourceFile(path: pair.0, text: "x") != SourceFile(path: pair.1, text: "x"))
  }

  @Test func `texts of files differ by bytes, too`() {
    #expect(SourceFile(path: "a", text: "K") != SourceFile(path: "a", text: "\u{212A}"))
    #expect(SourceFile(path: "a", text: "K") == SourceFile(path: "a", text: "K"))
  }

  @Test func `a message shows the line of its own file`() {
    let files = [SourceFile(path: "K", text: "first"), SourceFile(path: "\u{212A}", text: "second")]
    var text = ""
    DiagnosticRenderer(files: files).render(
      Diagnostic(id: "X001", "m", at: .startOfFile("\u{212A}")), into: &text)
    #expect(text.contains("| second\n"))
  }

  @Test func `parts`() {
    for (path, folder, prefix, name) in [
      ("a", ".", "", "a"), ("a/b", "a", "a/", "b"), ("/a", "/", "/", "a"), ("a/b/", "a/b", "a/b/", "b"),
      ("a/\u{301}b", "a", "a/", "\u{301}b"), ("", ".", "", ""),
    ] {
      #expect(FilePath(path).folder == FilePath(folder), "\(path)")
      #expect(FilePath(FilePath(path).folderPrefix) == FilePath(prefix), "\(path)")
      #expect(FilePath(FilePath(path).name) == FilePath(name), "\(path)")
    }
    #expect(FilePath("//a/./b/").parts == ["a", ".", "b"])
    #expect(FilePath("a/\u{301}b").text(behind: "a/") == "\u{301}b")
    #expect(FilePath("K/x").text(behind: "\u{212A}/") == nil)
    #expect(FilePath("a").appending("b").text == "a/b" && FilePath("a/").appending("b").text == "a/b")
  }

  @Test(arguments: ["a\nb", "\u{1B}[31m", "a\u{202E}b", "\u{200B}", "\u{7F}", "\u{FEFF}a"])
  func `what steers a terminal or an eye cannot be shown`(path: String) {
    #expect(!FilePath(path).canBeShown)
    #expect(FilePath("arches/\u{E9} K.yaml").canBeShown)
  }
}
