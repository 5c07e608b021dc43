import Diagnostics
import Policy

/// The rules of a SARIF run: those that were evaluated, and the identities of remarks, which results refer to by index.
struct SARIFRules {
  /// GitHub shows no longer descriptions.
  private static let mostCharacters = 1024

  /// The descriptors in the order of the indices.
  let descriptors: JSON
  private let indices: [String: Int]

  init(_ rules: [Rule], entries: [ReportLine]) {
    var seen = Set(rules.map(\.id))
    let others = entries.filter { seen.insert($0.id).inserted }
    descriptors = .array(rules.map(Self.descriptor) + others.map(Self.descriptor))
    indices = Dictionary(
      (rules.map(\.id) + others.map(\.id)).enumerated().map { ($0.element, $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  func index(of id: String) -> Int? { indices[id] }

  private static func descriptor(_ rule: Rule) -> JSON {
    let help = rule.help.joined(separator: "\n")
    let references = rule.references.map { "- \($0)" }.joined(separator: "\n")
    let explain = "hvocheck explain \(rule.id)"
    return [
      "id": .text(rule.id), "name": .text(rule.name), "shortDescription": text(rule.title),
      "fullDescription": text(rule.why),
      "help": [
        "text": .text([help, references, explain].filter { !$0.isEmpty }.joined(separator: "\n\n")),
        "markdown": .text(
          [Markdown.codeBlock(help), references.isEmpty ? "" : references, Markdown.code(explain)]
            .filter { !$0.isEmpty }.joined(separator: "\n\n")),
      ],
      "helpUri": rule.references.first { $0.hasPrefix("https://") || $0.hasPrefix("http://") }.flatMap(uri),
      "defaultConfiguration": ["level": level(rule.severity)],
      "properties": [
        "tags": ["kernel", .text(rule.axis.rawValue)], "precision": "very-high",
        "problem.severity": problemSeverity(rule.severity),
      ],
    ]
  }

  private static func descriptor(_ entry: ReportLine) -> JSON {
    let remark = FileRemark.all.first { $0.id == entry.id }
    let severity = remark?.severity ?? entry.severity
    return [
      "id": .text(entry.id), "name": remark.map { .text($0.name) },
      "shortDescription": text(remark?.title ?? "a remark about a checked file"),
      "fullDescription": remark.map { text($0.why) },
      "help": remark.map { ["text": .text($0.help.joined(separator: "\n"))] },
      "defaultConfiguration": ["level": level(severity)],
      "properties": ["tags": ["files"], "problem.severity": problemSeverity(severity)],
    ]
  }

  private static func text(_ text: String) -> JSON {
    let scalars = text.unicodeScalars
    guard scalars.count > mostCharacters else { return ["text": .text(text)] }
    return ["text": .text(String(String.UnicodeScalarView(scalars.prefix(mostCharacters - 3))) + "...")]
  }

  /// A reference may go on behind the address.
  private static func uri(_ reference: String) -> JSON? {
    let address = reference.prefix { !$0.isWhitespace }
    let isPlain = address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"\"<>\\^`{|}".utf8.contains($0) }
    return isPlain ? .text(String(address)) : nil
  }

  private static func level(_ severity: Severity) -> JSON {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "note"
    }
  }

  private static func problemSeverity(_ severity: Severity) -> JSON {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "recommendation"
    }
  }
}
