import Architectures
package import Diagnostics
import Policy

/// Which of the tool's formats a YAML file is written in, as far as its lines show it.
///
/// Files of several formats may lie in the same folders. A format that nobody knows is no reason to leave a file out: it
/// may be one of those that are looked for, with a typing error. Nor is a second format: which one holds, nobody knows,
/// and reading the file says so.
package enum DocumentFormat: CaseIterable {
  /// What an architecture is.
  case descriptor
  /// Rules.
  case rules
  /// Cases of rules.
  case ruleCases
  /// Kernels and their profiles.
  case kernels
  /// Known findings, of any version.
  case baseline
  /// The settings of a source tree.
  case settings

  /// The values of the `schema` key by which the format is known.
  private var names: [String] {
    switch self {
    case .descriptor: [DescriptorSchema.name]
    case .rules: [RuleReader.name]
    case .ruleCases: [RuleCases.name]
    case .kernels: [KernelCatalogReader.name]
    case .baseline: [Baseline.name, BaselineV1.name]
    case .settings: [Settings.name]
    }
  }

  /// Is the file certainly in another of the formats?
  package func excludes(_ file: SourceFile) -> Bool {
    let lines = file.text.split(whereSeparator: \.isNewline)
    let formats = lines.compactMap(Self.format)
    // A document of another form, in braces say, may have its format where no line shows it.
    guard let opening = lines.first(where: Self.isContent), opening.first?.isLetter == true,
      let first = formats.first, formats.allSatisfy({ $0 == first })
    else { return false }
    return Self.allCases.contains { $0 != self && $0.names.contains(first) }
  }

  private static func isContent(_ line: Substring) -> Bool {
    !line.allSatisfy(\.isWhitespace) && !line.hasPrefix("#") && !line.hasPrefix("---") && !line.hasPrefix("%")
  }

  /// The value of a top-level `schema` key, should the line give one: without quotes and comment.
  private static func format(_ line: Substring) -> String? {
    let key = "schema:"
    guard line.hasPrefix(key) else { return nil }
    let value = line.dropFirst(key.count)
    guard value.first?.isWhitespace ?? true else { return nil }
    let word = value.drop(while: \.isWhitespace).prefix { !$0.isWhitespace }
    for quote in ["'", "\""] where word.count >= 2 && word.hasPrefix(quote) && word.hasSuffix(quote) {
      return String(word.dropFirst().dropLast())
    }
    return String(word)
  }
}
