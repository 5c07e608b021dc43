package import Architectures
package import Diagnostics
import LocatedYAML

/// Two pieces of a descriptor by which a rule is explained: one that it finds fault with, and the same put right.
///
/// They are differences from a port that is otherwise without findings, and they are run, never believed.
package struct RuleExample: Sendable {
  /// A piece of a descriptor as the rule file writes it.
  package struct Snippet: Sendable {
    /// The differences from the port.
    let differences: Node
    /// Its lines, moved to the left, without a final newline.
    package let text: String
    private let indentation: Int

    init(_ differences: Node, in lines: LineTable) {
      self.differences = differences
      let range = differences.range
      let indentation = range.start.column - 1
      let last = range.end.column > 1 ? range.end.line : range.end.line - 1
      let text = (range.start.line...max(range.start.line, last)).map { number -> Substring in
        let line = lines.line(number) ?? ""
        let isFirst = number == range.start.line
        return isFirst ? line.dropFirst(indentation) : line.dropFirst(min(indentation, line.prefix { $0 == " " }.count))
      }
      self.indentation = indentation
      self.text = text.joined(separator: "\n")
    }

    /// A place inside the piece as a place in its own text, which is called `path` then; nil for places elsewhere.
    package func place(_ place: SourceRange, path: String) -> SourceRange? {
      let range = differences.range
      guard place.file == range.file, place.start >= range.start, place.end <= range.end else { return nil }
      func moved(_ position: SourcePosition) -> SourcePosition {
        SourcePosition(
          line: position.line - range.start.line + 1, column: max(1, position.column - indentation))
      }
      return SourceRange(path: path, start: moved(place.start), end: moved(place.end))
    }
  }

  /// What the rule finds fault with.
  package let failing: Snippet
  /// The same put right.
  package let passing: Snippet

  init?(_ node: Node?, in file: SourceFile) {
    guard let failing = node?["fails"], let passing = node?["passes"] else { return nil }
    let lines = LineTable(file)
    self.failing = Snippet(failing, in: lines)
    self.passing = Snippet(passing, in: lines)
  }

  /// What the rule says of both pieces.
  package struct Outcome: Sendable {
    /// The findings in the piece that fails.
    package let failing: [Finding]
    /// The findings in the piece that is put right: none, if the example is right.
    package let passing: [Finding]
  }

  /// Runs a rule on both pieces.
  /// - Parameter port: the descriptor from which they differ.
  /// - Throws: what is wrong with the pieces.
  package func run(_ rule: Rule, on port: SourceFile, catalog: KernelCatalog) throws(Diagnostics) -> Outcome {
    func findings(_ snippet: Snippet) throws(Diagnostics) -> [Finding] {
      let descriptor = try DescriptorLoader(sources: OnlyFile(file: port)).load(port.path, with: snippet.differences)
      return try Checker(rules: [rule], catalog: catalog)
        .check(try ArchitectureReader(catalog: catalog).read(descriptor)).flatMap(\.findings)
    }
    return Outcome(failing: try findings(failing), passing: try findings(passing))
  }

  /// Both pieces as cases of the rule.
  /// - Throws: what is wrong with the pieces: an error is never a pass.
  package func results(_ rule: Rule, on port: SourceFile, catalog: KernelCatalog) throws(Diagnostics) -> [RuleCases
    .Result]
  {
    let outcome = try run(rule, on: port, catalog: catalog)
    return [
      RuleCases.Result(
        rule: rule.id, name: "the example that fails", expectsFinding: true,
        mistakes: outcome.failing.isEmpty ? ["missing: a finding in 'fails'"] : []),
      RuleCases.Result(
        rule: rule.id, name: "the example put right", expectsFinding: false,
        mistakes: outcome.passing.map { "unexpected in 'passes': \($0.evidence.first ?? $0.message)" }),
    ]
  }

  /// The port itself; nothing else can be reached.
  private struct OnlyFile: SourceProvider {
    let file: SourceFile

    func read(_ path: String) throws(Diagnostic) -> SourceFile {
      guard path == file.path else {
        throw Diagnostic(id: "FILE001", "the port of examples extends no other descriptor", at: nil)
      }
      return file
    }
  }
}
