public import Diagnostics

/// What a YAML document may hold: one definition for checking, for decoding and for the JSON Schema of editors.
public indirect enum Schema: Sendable {
  /// A scalar of a type.
  case scalar(ScalarType)
  /// A mapping with a closed set of keys.
  case mapping([Field])
  /// A mapping whose keys are names of a type, in text order.
  case dictionary(keys: ScalarType, values: Schema)
  /// A sequence.
  case list(Schema)
  /// The first alternative whose kind of node (scalar, mapping, sequence) fits.
  case oneOf([Schema])

  /// A key of a mapping.
  public struct Field: Sendable {
    /// The key.
    public let name: String
    /// What it is for, in one sentence: shown by editors and in messages about a missing key.
    public let description: String
    /// Must it be there?
    public let isRequired: Bool
    /// Its value.
    public let schema: Schema

    /// A key that must be there.
    public static func required(_ name: String, _ schema: Schema, _ description: String) -> Field {
      Field(name: name, description: description, isRequired: true, schema: schema)
    }

    /// A key that may be left out.
    public static func optional(_ name: String, _ schema: Schema, _ description: String) -> Field {
      Field(name: name, description: description, isRequired: false, schema: schema)
    }
  }
}

/// A type of scalar: its name for messages, its form for the JSON Schema, and the check of a text.
public struct ScalarType: Sendable {
  /// The form that a JSON Schema can express.
  public enum Form: Sendable {
    /// Any text.
    case text
    /// A text that matches a regular expression.
    case pattern(String)
    /// One of these texts.
    case choice([String])
  }

  /// What the type is called in messages: `a size such as 4K or 2M`.
  public let name: String
  /// The form for editors.
  public let form: Form
  /// Nil if the scalar is of the type, else what is wrong with it.
  public let problem: @Sendable (Scalar) -> Diagnostic?

  /// Makes a type with its own check.
  public init(_ name: String, form: Form, problem: @escaping @Sendable (Scalar) -> Diagnostic?) {
    self.name = name
    self.form = form
    self.problem = problem
  }

  /// Any text that is not empty.
  public static let text = ScalarType("a text", form: .text) { scalar in
    scalar.text.allSatisfy(\.isWhitespace)
      ? Diagnostic(id: "SCHEMA004", "empty value", at: scalar.range, help: ["write a text"]) : nil
  }

  /// One of a closed set of words.
  public static func choice(_ words: [String]) -> ScalarType {
    let list = words.joined(separator: ", ")
    return ScalarType("one of \(list)", form: .choice(words)) { scalar in
      words.contains(scalar.text)
        ? nil
        : Diagnostic(
          id: "SCHEMA004", "'\(scalar.text)' is not one of \(list)", at: scalar.range,
          help: didYouMean(scalar.text, among: words))
    }
  }
}

extension Schema {
  /// The same document without its demands: keys of mappings may be left out, because something else may give them.
  /// Items of lists are whole, since lists are never merged item by item.
  public var partial: Schema {
    switch self {
    case .scalar, .list: self
    case .mapping(let fields): .mapping(fields.map { .optional($0.name, $0.schema.partial, $0.description) })
    case .dictionary(let keys, let values): .dictionary(keys: keys, values: values.partial)
    case .oneOf(let alternatives): .oneOf(alternatives.map(\.partial))
    }
  }

  /// Everything that is wrong with a document, in text order; empty if it fits.
  public func problems(in node: Node) -> [Diagnostic] {
    var found: [Diagnostic] = []
    check(node, into: &found)
    return found
  }

  private func check(_ node: Node, into found: inout [Diagnostic]) {
    switch (self, node.content) {
    case (.scalar(let type), .scalar(let scalar)):
      if let problem = type.problem(scalar) { found.append(problem) }
    case (.mapping(let fields), .mapping(let entries)):
      Self.check(entries, against: fields, of: node, into: &found)
    case (.dictionary(let keys, let values), .mapping(let entries)):
      for entry in entries {
        if let problem = keys.problem(entry.key) { found.append(problem) }
        values.check(entry.value, into: &found)
      }
    case (.list(let element), .sequence(let nodes)):
      for node in nodes { element.check(node, into: &found) }
    case (.oneOf(let alternatives), _):
      if let fitting = alternatives.first(where: { $0.accepts(node) }) {
        fitting.check(node, into: &found)
      } else {
        found.append(wrongKind(node))
      }
    default:
      found.append(wrongKind(node))
    }
  }

  private static func check(
    _ entries: [Node.Entry], against fields: [Field], of node: Node, into found: inout [Diagnostic]
  ) {
    for entry in entries {
      if let field = fields.first(where: { $0.name == entry.key.text }) {
        field.schema.check(entry.value, into: &found)
      } else {
        let names = fields.map(\.name)
        let suggestion = didYouMean(entry.key.text, among: names)
        found.append(
          Diagnostic(
            id: "SCHEMA001", "unknown key '\(entry.key.text)'", at: entry.key.range,
            help: suggestion.isEmpty ? ["the keys here are: \(names.joined(separator: ", "))"] : suggestion))
      }
    }
    for field in fields where field.isRequired && !entries.contains(where: { $0.key.text == field.name }) {
      found.append(
        Diagnostic(
          id: "SCHEMA002", "missing key '\(field.name)'", at: node.placeOfFirstKey,
          reasons: ["\(field.name): \(field.description)"]))
    }
  }

  private func accepts(_ node: Node) -> Bool {
    switch (self, node.content) {
    case (.scalar, .scalar), (.mapping, .mapping), (.dictionary, .mapping), (.list, .sequence): true
    case (.oneOf(let alternatives), _): alternatives.contains { $0.accepts(node) }
    default: false
    }
  }

  private func wrongKind(_ node: Node) -> Diagnostic {
    Diagnostic(
      id: "SCHEMA003", "expected \(expectation), found \(node.kindName)", at: node.placeOfFirstKey)
  }

  private var expectation: String {
    switch self {
    case .scalar(let type): type.name
    case .mapping(let fields): "a mapping with \(fields.map(\.name).joined(separator: ", "))"
    case .dictionary: "a mapping"
    case .list: "a list"
    case .oneOf(let alternatives): alternatives.map(\.expectation).joined(separator: " or ")
    }
  }
}

extension Node {
  /// A short range that can be underlined: block collections end where the next token starts.
  fileprivate var placeOfFirstKey: SourceRange {
    if case .mapping(let entries) = content, let first = entries.first { return first.key.range }
    return range
  }

  fileprivate var kindName: String {
    switch content {
    case .scalar(let scalar): scalar.isNull ? "nothing" : "'\(scalar.text)'"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}
