package import LocatedYAML

/// The JSON Schema (2020-12) of a document format, for editors such as those with yaml-language-server.
///
/// It accepts every document that the format accepts, and refuses unknown keys and wrong kinds. What needs knowledge of
/// the kernel, such as names of symbols, is left to the readers.
package enum JSONSchema {
  /// Writes the schema with a final newline.
  /// - Parameter title: the format's name, such as `hvo/arch/v1`.
  package static func write(_ schema: Schema, title: String, into output: inout some TextOutputStream) {
    var members = members(of: schema)
    members["$schema"] = .text("https://json-schema.org/draft/2020-12/schema")
    members["title"] = .text(title)
    JSONText.writeDocument(.object(members), into: &output)
  }

  private static func members(of schema: Schema) -> [String: JSON] {
    switch schema {
    case .scalar(let type): scalar(type)
    case .list(let element): ["type": .text("array"), "items": .object(members(of: element))]
    case .oneOf(let alternatives): ["anyOf": .array(alternatives.map { .object(members(of: $0)) })]
    case .deletable(let schema):
      ["anyOf": .array([.object(["type": .text("null")]), .object(members(of: schema))])]
    case .mapping(let fields): mapping(fields)
    case .dictionary(let keys, let values, let besides): dictionary(keys, values, besides)
    }
  }

  private static func mapping(_ fields: [Schema.Field]) -> [String: JSON] {
    var members: [String: JSON] = [
      "type": .text("object"), "properties": properties(fields), "additionalProperties": .truth(false),
    ]
    let required = fields.filter(\.isRequired).map { JSON.text($0.name) }
    if !required.isEmpty { members["required"] = .array(required) }
    return members
  }

  private static func dictionary(
    _ keys: ScalarType, _ values: Schema, _ besides: [Schema.Field]
  ) -> [String: JSON] {
    var members = mapping(besides)
    members["additionalProperties"] = .object(self.members(of: values))
    // A key in YAML may look like a number and is a text all the same.
    var name = form(keys.form)
    if !besides.isEmpty {
      let names = JSON.array(besides.map { .text($0.name) })
      name = ["anyOf": .array([.object(["enum": names]), .object(name)])]
    }
    members["propertyNames"] = .object(name)
    if besides.isEmpty { members["properties"] = nil }
    return members
  }

  /// The keys, each with what an editor shows for it: its meaning, and the form of a scalar.
  private static func properties(_ fields: [Schema.Field]) -> JSON {
    var properties: [String: JSON] = [:]
    for field in fields {
      var members = members(of: field.schema)
      members["description"] = .text(field.description + (scalarName(of: field.schema).map { " (\($0))" } ?? ""))
      properties[field.name] = .object(members)
    }
    return .object(properties)
  }

  private static func scalarName(of schema: Schema) -> String? {
    switch schema {
    case .scalar(let type):
      // The words of a choice are offered by the editor itself.
      if case .choice = type.form { nil } else { type.name }
    case .deletable(let schema): scalarName(of: schema)
    case .oneOf(let alternatives): alternatives.lazy.compactMap(scalarName).first
    case .mapping, .dictionary, .list: nil
    }
  }

  /// A scalar is text to hvocheck, but `4096`, `0x40` and `true` are no texts to an editor's YAML parser.
  private static func scalar(_ type: ScalarType) -> [String: JSON] {
    var members = form(type.form)
    if case .choice = type.form {
    } else {
      members["type"] = .array([.text("string"), .text("number"), .text("boolean")])
    }
    members["description"] = .text(type.name)
    return members
  }

  private static func form(_ form: ScalarType.Form) -> [String: JSON] {
    switch form {
    case .text: [:]
    case .pattern(let pattern): ["pattern": .text(pattern)]
    case .choice(let words): ["enum": .array(words.flatMap(spellings))]
    }
  }

  private static func spellings(of word: String) -> [JSON] {
    switch word {
    case "true": [.text(word), .truth(true)]
    case "false": [.text(word), .truth(false)]
    default: [.text(word)]
    }
  }
}
