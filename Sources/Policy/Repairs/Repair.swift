package import Architectures
package import Diagnostics
import KernelC

/// The way out of a rule, written into the descriptor: what a reader would do by hand.
///
/// It is a proposal. Whether the rule holds afterwards is for a run to say.
package enum Repair {
  /// The file with the C of the rule's help in front of the function's first statement; nil where the rule gives no C, or
  /// the body does not stand in the file as it is.
  package static func proposal(for rule: Rule, in architecture: Architecture, files: [SourceFile]) -> SourceFile? {
    let code: Architecture.PageFlagCode? =
      switch rule.quantifier {
      case .flush: architecture.flush
      case .icacheSync: architecture.icacheSync
      case .select, .architecture, .configuration, .cell: nil
      }
    let statements = rule.help.filter { $0.hasPrefix(codeIndentation) }.map { $0.dropFirst(codeIndentation.count) }
    guard let body = code?.routine.body, !statements.isEmpty,
      let file = files.first(where: { $0.identity == FilePath(body.path) })
    else { return nil }
    return inserting(statements, into: body, of: file)
  }

  /// Help shows code behind so many blanks, as Markdown does.
  private static let codeIndentation = "    "

  private static func inserting(_ statements: [Substring], into body: EmbeddedText, of file: SourceFile) -> SourceFile?
  {
    let inner = body.text.split(separator: "\n", omittingEmptySubsequences: false)
    // Kernel style: declarations first.
    guard let position = inner.firstIndex(where: { !isDeclaration($0) }), position < body.lineStarts.count else {
      return nil
    }
    var lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = body.lineStarts[position]
    guard lines.indices.contains(start.line - 1) else { return nil }
    let line = lines[start.line - 1]
    let indentation = line.prefix(start.column - 1)
    guard indentation.allSatisfy({ $0 == " " }), line.dropFirst(start.column - 1) == inner[position] else { return nil }
    lines.insert(contentsOf: statements.map { indentation + $0 }, at: start.line - 1)
    return SourceFile(path: file.path, text: lines.joined(separator: "\n"))
  }

  private static func isDeclaration(_ line: Substring) -> Bool {
    let text = line.drop(while: \.isWhitespace)
    return text.isEmpty || text.hasPrefix("struct ") || text.hasPrefix("//")
      || text.hasPrefix("/*") && text.hasSuffix("*/")
  }
}
