import Diagnostics
import Kconfig

func embedded(_ text: String) -> EmbeddedText {
  EmbeddedText(wholeFile: SourceFile(path: "rules.yaml", text: text))
}

func parsed(_ text: String) throws -> KconfigExpression {
  try KconfigExpression.parse(embedded(text))
}

/// The mistake of a text, or nil if it is accepted.
func mistake(_ text: EmbeddedText) -> Diagnostic? {
  do {
    _ = try KconfigExpression.parse(text)
    return nil
  } catch {
    return error
  }
}

/// `line:column-line:column`, the line left out behind the dash where it is the same.
func brief(_ range: SourceRange?) -> String {
  guard let range else { return "nowhere" }
  let end = range.end.line == range.start.line ? "\(range.end.column)" : "\(range.end.line):\(range.end.column)"
  return "\(range.start.line):\(range.start.column)-\(end)"
}
