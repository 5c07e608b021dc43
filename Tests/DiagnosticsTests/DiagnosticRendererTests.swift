import Diagnostics
import Testing

@Suite struct DiagnosticRendererTests {
  private let file = SourceFile(path: "arches/x.yaml", text: "one\nseelct: [a]\n\tbad\u{1B}[31m\n")

  private func range(_ line: Int, _ column: Int, _ end: Int) -> SourceRange {
    SourceRange(
      path: file.path, start: SourcePosition(line: line, column: column),
      end: SourcePosition(line: line, column: end))
  }

  private func rendered(_ diagnostic: Diagnostic, style: DiagnosticRenderer.Style = .plain) -> String {
    var output = ""
    DiagnosticRenderer(files: [file], style: style).render(diagnostic, into: &output)
    return output
  }

  @Test func headerSnippetReasonNoteAndHelpInThatOrder() {
    let diagnostic = Diagnostic(
      id: "ARCH001", "unknown key 'seelct'", at: range(2, 1, 7), reasons: ["because"],
      notes: [.init("first here", at: range(1, 1, 4))], help: ["did you mean 'select'?", "second line"])
    #expect(
      rendered(diagnostic) == """
        arches/x.yaml:2:1: error: unknown key 'seelct' [ARCH001]
            2 | seelct: [a]
              | ^~~~~~
              = because
        arches/x.yaml:1:1: note: first here
            1 | one
              | ^~~
        help: did you mean 'select'?
              second line

        """)
  }

  @Test func controlCharactersOfHostileTextNeverReachTheTerminal() {
    let text = rendered(Diagnostic(id: "X", "bad \u{1B}]0;title\u{7}", at: range(3, 2, 5)))
    #expect(!text.contains("\u{1B}"))
    #expect(!text.contains("\u{7}"))
    #expect(text.contains("    3 |  bad\u{FFFD}[31m"))
  }

  @Test func aPlaceBehindTheEndShowsNoSnippet() {
    #expect(rendered(Diagnostic(id: "X", "gone", at: range(99, 1, 2))) == "arches/x.yaml:99:1: error: gone [X]\n")
  }

  @Test func colourOnlyWhereAskedFor() {
    #expect(rendered(Diagnostic(id: "X", "m", at: nil), style: .ansi).contains("\u{1B}[1;31merror:"))
  }
}

@Suite struct LineTableTests {
  @Test(arguments: [
    ("", [""]), ("a", ["a"]), ("a\n", ["a", ""]), ("\na", ["", "a"]), ("a\r\nb\r\n", ["a", "b", ""]),
    ("a\rb", ["a", "b"]), ("ä\u{2028}b\u{85}c", ["ä", "b", "c"]), ("\n\n", ["", "", ""]),
  ])
  func linesAreThoseOfTheText(text: String, lines: [String]) {
    let file = SourceFile(path: "x", text: text)
    let table = LineTable(file)
    #expect((1...lines.count).map { table.line($0).map(String.init) } == lines)
    #expect((1...lines.count).map { file.line($0).map(String.init) } == lines)
    for outside in [-1, 0, lines.count + 1, .max] { #expect(table.line(outside) == nil) }
  }

  @Test(.timeLimit(.minutes(1)))
  func aMessageForEachLineOfALongFileTakesLinearTime() {
    let count = 20_000
    let file = SourceFile(path: "x", text: String(repeating: "unknown: 1\n", count: count))
    let renderer = DiagnosticRenderer(files: [file])
    var output = ""
    for line in 1...count {
      let start = SourcePosition(line: line, column: 1)
      renderer.render(
        Diagnostic(id: "X", "m", at: SourceRange(path: "x", start: start, end: start)), into: &output)
    }
    #expect(output.split(separator: "\n").count { $0.hasSuffix(" | unknown: 1") } == count)
  }
}

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("SPARSEMEM_VMEMAP", "SPARSEMEM_VMEMMAP"), ("seelct", "select"), ("pagesize", "page_size"),
    ("hugepage", "hugepages"),
  ])
  func closeNamesAreSuggested(typed: String, meant: String) {
    let candidates = ["SPARSEMEM_VMEMMAP", "SPARSEMEM", "select", "page_size", "hugepages", "define"]
    #expect(closest(to: typed, among: candidates) == meant)
  }

  @Test func farNamesAreNot() {
    #expect(closest(to: "flush", among: ["select", "define"]) == nil)
    #expect(closest(to: "", among: ["select"]) == nil)
  }
}
