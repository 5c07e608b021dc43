import Diagnostics
import Kconfig
package import Policy

/// What there is to say of one rule: for a terminal (`explain`) and as a page of the documentation.
package struct RulePage: Sendable {
  private let rule: Rule
  private let example: RuleExample.Outcome?

  /// A page.
  /// - Parameter example: what the rule says of its example, if it has one.
  package init(_ rule: Rule, example: RuleExample.Outcome?) {
    self.rule = rule
    self.example = example
  }

  /// The name that examples have in messages.
  private static let exampleName = "port.yaml"

  // MARK: text

  /// Writes the page for a terminal.
  package func writeText(into output: inout some TextOutputStream) {
    output.write("\(rule.id) \(rule.name) (\(rule.severity.rawValue), \(rule.axis.rawValue))\n".printableLines)
    output.write("\(rule.title)\n\n\(rule.why.endingLine)\n".printableLines)
    for (name, text) in facts { output.write("\(name): \(text)\n".printableLines) }
    if let sections = exampleSections {
      output.write("\nExample:\n\(sections.failing.indented)")
      output.write("\nhvocheck says:\n\(sections.message.indented)")
      output.write("\nPut right:\n\(sections.passing.indented)")
    }
    output.write("\nThe way out:\n\(rule.help.joined(separator: "\n").indented)")
    if !rule.references.isEmpty {
      output.write("\nReferences:\n\(rule.references.joined(separator: "\n").indented)")
    }
    if rule.cocci != nil { output.write("\nFor Coccinelle: hvocheck explain \(rule.id) --cocci\n") }
  }

  /// When the rule fires.
  private var facts: [(name: String, text: String)] {
    var facts = [("Checked for each", rule.quantifier.rawValue)]
    if let condition = rule.condition { facts.append(("When", condition.description)) }
    switch rule.demand {
    case .forbid(let expression): facts.append(("Forbids", expression.description))
    case .require(let expression): facts.append(("Requires", expression.description))
    }
    if rule.forbidsAcceptance != nil { facts.append(("Accepted", "never, neither by a comment nor by the baseline")) }
    return facts
  }

  // MARK: Markdown

  /// Writes the page as Markdown.
  package func writeMarkdown(into output: inout some TextOutputStream) {
    output.write("# \(rule.id) \(rule.name.markdown)\n\n\(rule.title.markdown)\n\n")
    output.write(
      "| severity | \(rule.severity.rawValue) |\n|---|---|\n| part of the verdict | \(rule.axis.rawValue) |\n")
    for (name, text) in facts {
      output.write("| \(name.lowercased()) | \(text.markdownCode.replacing("|", with: "\\|")) |\n")
    }
    output.write("\n## Why\n\n\(rule.why.markdown.endingLine)")
    if let sections = exampleSections {
      output.write("\n## Example\n\n\(sections.failing.fenced("yaml"))")
      output.write("\nhvocheck says:\n\n\(sections.message.fenced("text"))")
      output.write("\nPut right:\n\n\(sections.passing.fenced("yaml"))")
    }
    output.write("\n## The way out\n\n\(rule.help.joined(separator: "\n").fenced("text"))")
    if let cocci = rule.cocci { output.write("\n## Coccinelle\n\n\(cocci.fenced("cocci"))") }
    if !rule.references.isEmpty {
      output.write("\n## References\n\n")
      for reference in rule.references { output.write("- \(reference.markdown)\n") }
    }
  }

  // MARK: example

  private var exampleSections: (failing: String, message: String, passing: String)? {
    guard let shown = rule.example, let example, let finding = example.failing.first else { return nil }
    let diagnostic = Diagnostic(
      finding.severity, id: finding.rule, "\(finding.architecture): \(finding.message)",
      at: shown.failing.place(finding.place, path: Self.exampleName), reasons: finding.evidence)
    var message = ""
    DiagnosticRenderer(files: [SourceFile(path: Self.exampleName, text: shown.failing.text)])
      .render(diagnostic, into: &message)
    return (shown.failing.text, message, shown.passing.text)
  }
}

/// The table of contents of the pages.
package struct RuleIndex: Sendable {
  private let rules: [Rule]

  /// An index of these rules.
  package init(_ rules: [Rule]) {
    self.rules = rules
  }

  /// Writes the index as Markdown.
  package func writeMarkdown(into output: inout some TextOutputStream) {
    output.write("# Rules\n\n| rule | severity | part | what it says |\n|---|---|---|---|\n")
    for rule in rules {
      output.write(
        "| [\(rule.id)](\(rule.id).md) | \(rule.severity.rawValue) | \(rule.axis.rawValue) | \(rule.title.markdown) |\n"
      )
    }
    output.write("\nWritten by `hvocheck rules pages`; the words are those of the rule files.\n")
  }
}

extension String {
  /// What terminals could obey is replaced; line ends stay.
  fileprivate var printableLines: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }.joined(separator: "\n")
  }

  fileprivate var endingLine: String { hasSuffix("\n") ? self : self + "\n" }

  /// Each line moved to the right, with a final newline.
  fileprivate var indented: String {
    var lines = split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { $0.isEmpty ? "\n" : "  \($0)\n" }.joined()
  }

  /// The text with what Markdown would take for markup escaped.
  fileprivate var markdown: String {
    var result = ""
    var previous: Character = " "
    for (character, next) in zip(self, Array(dropFirst()) + [" "]) {
      let isInsideWord = previous.isLetter || previous.isNumber
      let isMarkup = "\\`*[]<>|".contains(character) || character == "_" && !(isInsideWord && next.isLetter)
      result += (isMarkup ? "\\" : "") + String(character)
      previous = character
    }
    return result.printableLines
  }

  /// The text as code in a line.
  fileprivate var markdownCode: String { contains("`") ? markdown : "`\(printableLines)`" }

  /// The text as a block of code, behind a fence that it does not hold.
  fileprivate func fenced(_ language: String) -> String {
    var fence = "```"
    while contains(fence) { fence += "`" }
    return "\(fence)\(language)\n\(printableLines.endingLine)\(fence)\n"
  }
}
