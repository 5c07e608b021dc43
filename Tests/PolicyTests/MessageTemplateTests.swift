import Diagnostics
import Policy
import Testing

/// Evidence lines.
struct MessageTemplateTests {
  @Test func `placeholders are filled in, and a line of empty ones is left out`() throws {
    let template = try template("{hugepage} HugeTLB\nonly if {path}\nkernel {kernel}: {because}\nplain")
    let lines = template.lines { placeholder in
      switch placeholder {
      case .hugepage: "2M"
      case .kernel: "v6.1"
      case .path: ""
      default: nil
      }
    }
    #expect(lines == ["2M HugeTLB", "kernel v6.1: ", "plain"])
  }

  @Test func `a value is text, not a template`() throws {
    #expect(try template("{because}").lines { _ in "{hugepage}" } == ["{hugepage}"])
  }

  @Test func `a placeholder behind a line end has its place`() throws {
    let error = #expect(throws: Diagnostic.self) { try template("a\nbc {nothing}") }
    #expect(error?.place?.start == SourcePosition(line: 2, column: 4))
    #expect(error?.place?.end == SourcePosition(line: 2, column: 13))
  }

  private func template(_ text: String) throws -> MessageTemplate {
    try MessageTemplate(EmbeddedText(wholeFile: SourceFile(path: "t", text: text)))
  }
}
