package import Diagnostics

/// What a YAML document may hold: one definition for checking, for decoding and for the JSON Schema of editors.
package indirect enum Schema: Sendable {
  /// A scalar of a type.
  case scalar(ScalarType)
  /// A mapping with a closed set of keys.
  case mapping([Field])
  /// A mapping whose keys are names of a type, in text order, besides a few keys of a meaning of their own.
  case dictionary(keys: ScalarType, values: Schema, besides: [Field] = [])
  /// A sequence.
  case list(Schema)
  /// The first alternative whose kind of node (scalar, mapping, sequence) fits.
  case oneOf([Schema])
  /// The value, or nothing (`null`), which says that an inherited value is gone.
  case deletable(Schema)

  /// A key of a mapping.
  package struct Field: Sendable {
    /// The key.
    package let name: String
    /// What it is for, in one sentence: shown by editors and in messages about a missing key.
    package let description: String
    /// Must it be there?
    package let isRequired: Bool
    /// Its value.
    package let schema: Schema

    /// The same key where something else may give the value or have given it.
    var partial: Field { .optional(name, .deletable(schema.partial), description) }

    /// A key that must be there.
    package static func required(_ name: String, _ schema: Schema, _ description: String) -> Field {
      Field(name: name, description: description, isRequired: true, schema: schema)
    }

    /// A key that may be left out.
    package static func optional(_ name: String, _ schema: Schema, _ description: String) -> Field {
      Field(name: name, description: description, isRequired: false, schema: schema)
    }
  }
}

/// A type of scalar: its name for messages, its form for the JSON Schema, and the check of a text.
package struct ScalarType: Sendable {
  /// The form that a JSON Schema can express.
  package enum Form: Sendable {
    /// Any text.
    case text
    /// A text that matches a regular expression.
    case pattern(String)
    /// One of these texts.
    case choice([String])
  }

  /// What the type is called in messages: `a size such as 4K or 2M`.
  package let name: String
  /// The form for editors.
  package let form: Form
  /// Nil if the scalar is of the type, else what is wrong with it.
  package let problem: @Sendable (Scalar) -> Diagnostic?

  /// Makes a type with its own check.
  package init(_ name: String, form: Form, problem: @escaping @Sendable (Scalar) -> Diagnostic?) {
    self.name = name
    self.form = form
    self.problem = problem
  }

  /// Any text that is not empty.
  package static let text = ScalarType("a text", form: .text) { scalar in
    scalar.text.allSatisfy(\.isWhitespace)
      ? Diagnostic(id: "SCHEMA004", "empty value", at: scalar.range, help: ["write a text"]) : nil
  }

  /// One of a closed set of words.
  package static func choice(_ words: [String]) -> ScalarType {
    let name = words.count == 1 ? "'\(words[0])'" : "one of " + words.joined(separator: ", ")
    return ScalarType(name, form: .choice(words)) { scalar in
      words.contains(scalar.text)
        ? nil
        : Diagnostic(
          id: "SCHEMA004", "\(scalar.quoted) is not \(name)", at: scalar.range,
          help: didYouMean(scalar.text, among: words))
    }
  }
}

extension Schema {
  /// The same document without its demands: keys of mappings may be left out, because something else may give them,
  /// or be null, because something else may have given them. Items of lists are whole, since lists are never merged
  /// item by item.
  package var partial: Schema {
    switch self {
    case .scalar, .list: self
    case .mapping(let fields): .mapping(fields.map(\.partial))
    case .dictionary(let keys, let values, let besides):
      .dictionary(keys: keys, values: .deletable(values.partial), besides: besides.map(\.partial))
    case .oneOf(let alternatives): .oneOf(alternatives.map(\.partial))
    case .deletable(let schema): .deletable(schema.partial)
    }
  }

  /// Everything that is wrong with a document; empty if it fits. In text order, except that what is missing in a mapping
  /// comes behind what is wrong in it: an unknown key with a suggestion explains the missing one.
  package func problems(in node: Node) -> [Diagnostic] {
    var found: [Diagnostic] = []
    check(node, of: nil, into: &found)
    return found
  }

  /// - Parameter name: the key of the value, or of the list that holds it; nil for the whole document.
  private func check(_ node: Node, of name: String?, into found: inout [Diagnostic]) {
    switch (self, node.content) {
    case (_, .scalar(let scalar)) where scalar.isOpen: found.append(notFilledIn(scalar, name, description: nil))
    case (.deletable, .scalar(let scalar)) where scalar.isNull: break
    case (.deletable(let schema), _): schema.check(node, of: name, into: &found)
    case (.scalar(let type), .scalar(let scalar)):
      // Otherwise `key:` with its value forgotten would be the empty text, and `~` a text of one character.
      if scalar.isNull {
        found.append(wrongKind(node))
      } else if let problem = type.problem(scalar) {
        found.append(problem)
      }
    case (.mapping(let fields), .mapping(let entries)):
      Self.check(entries, against: fields, into: &found)
      Self.checkRequired(fields, in: node, of: name, into: &found)
    case (.dictionary(let keys, let values, let besides), .mapping(let entries)):
      for entry in entries {
        if let field = besides.first(where: { $0.name == entry.key.text }) {
          field.schema.check(entry.value, of: field.name, into: &found)
          continue
        }
        if let problem = keys.problem(entry.key) { found.append(problem) }
        values.check(entry.value, of: entry.key.text, into: &found)
      }
      Self.checkRequired(besides, in: node, of: name, into: &found)
    case (.list(let element), .sequence(let nodes)):
      for node in nodes { element.check(node, of: name, into: &found) }
    case (.oneOf(let alternatives), _):
      if let fitting = alternatives.first(where: { $0.accepts(node) }) {
        fitting.check(node, of: name, into: &found)
      } else {
        found.append(wrongKind(node))
      }
    default:
      found.append(wrongKind(node))
    }
  }

  private static func check(
    _ entries: [Node.Entry], against fields: [Field], into found: inout [Diagnostic]
  ) {
    for entry in entries {
      if let field = fields.first(where: { $0.name == entry.key.text }) {
        if let scalar = entry.value.scalar, scalar.isOpen {
          found.append(field.schema.notFilledIn(scalar, field.name, description: field.description))
        } else {
          field.schema.check(entry.value, of: field.name, into: &found)
        }
      } else {
        let names = fields.map(\.name)
        let suggestion = didYouMean(entry.key.text, among: names)
        found.append(
          Diagnostic(
            id: "SCHEMA001", "unknown key '\(entry.key.text)'", at: entry.key.range,
            help: suggestion.isEmpty ? ["the keys here are: \(names.joined(separator: ", "))"] : suggestion))
      }
    }
  }

  private static func checkRequired(
    _ fields: [Field], in node: Node, of name: String?, into found: inout [Diagnostic]
  ) {
    for field in fields where field.isRequired && node[field.name] == nil {
      found.append(
        Diagnostic(
          id: "SCHEMA002", "missing key '\(field.name)'" + (name.map { " in '\($0)'" } ?? ""),
          at: node.placeOfFirstKey,
          reasons: ["\(field.name): \(field.description)"]))
    }
  }

  private func accepts(_ node: Node) -> Bool {
    switch (self, node.content) {
    case (.scalar, .scalar), (.mapping, .mapping), (.dictionary, .mapping), (.list, .sequence): true
    case (.oneOf(let alternatives), _): alternatives.contains { $0.accepts(node) }
    case (.deletable(let schema), _): node.isNull || schema.accepts(node)
    default: false
    }
  }

  private func notFilledIn(_ scalar: Scalar, _ name: String?, description: String?) -> Diagnostic {
    Diagnostic(
      id: "SCHEMA005", (name.map { "'\($0)'" } ?? "a value") + " is not filled in", at: scalar.range,
      reasons: description.map { ["\(name ?? ""): \($0)"] } ?? [], help: ["expected is \(expectation)"])
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
    case .deletable(let schema): schema.expectation
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
    case .scalar(let scalar): scalar.isNull ? "nothing" : scalar.quoted
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}

extension Sequence<Diagnostic> {
  /// The diagnostics by place, each once: files in the order in which they turn up, those without place first.
  package func inTextOrder() -> [Diagnostic] {
    var files: [FilePath: Int] = [:]
    var seen: Set<Diagnostic> = []
    var keyed: [(key: (Int, SourcePosition, Int), diagnostic: Diagnostic)] = []
    for (index, diagnostic) in enumerated() where seen.insert(diagnostic).inserted {
      let start = diagnostic.place?.start ?? SourcePosition(line: 0, column: 0)
      let file = diagnostic.place.map { files[$0.file, default: files.count] } ?? -1
      if let place = diagnostic.place { files[place.file] = file }
      keyed.append(((file, start, index), diagnostic))
    }
    return keyed.sorted { $0.key < $1.key }.map(\.diagnostic)
  }
}
