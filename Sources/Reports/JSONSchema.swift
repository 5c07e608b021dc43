internal import FoundationEssentials
public import LocatedYAML

/// The JSON Schema (2020-12) of a document format, for editors such as those with yaml-language-server.
public enum JSONSchema {
  /// Writes the schema with a final newline.
  /// - Parameter title: the format's name, such as `hvo/arch/v1`.
  /// - Throws: an encoding error, which no schema provokes.
  public static func write(_ schema: Schema, title: String, into output: inout some TextOutputStream) throws {
    guard case .object(var members) = value(of: schema) else { return }
    members["$schema"] = .text("https://json-schema.org/draft/2020-12/schema")
    members["title"] = .text(title)
    output.write(try JSONText.encode(JSONValue.object(members)) + "\n")
  }

  private static func value(of schema: Schema) -> JSONValue {
    switch schema {
    case .scalar(let type): scalar(type)
    case .list(let element): .object(["type": .text("array"), "items": value(of: element)])
    case .dictionary(let keys, let values):
      .object(["type": .text("object"), "propertyNames": scalar(keys), "additionalProperties": value(of: values)])
    case .oneOf(let alternatives): .object(["anyOf": .array(alternatives.map(value))])
    case .mapping(let fields):
      .object([
        "type": .text("object"),
        "properties": .object(
          Dictionary(
            fields.map { ($0.name, described(value(of: $0.schema), $0.description)) },
            uniquingKeysWith: { first, _ in first })),
        "required": .array(fields.filter(\.isRequired).map { .text($0.name) }),
        "additionalProperties": .truth(false),
      ])
    }
  }

  /// Scalars are text here but may look like numbers to an editor's YAML parser, so the JSON type stays open.
  private static func scalar(_ type: ScalarType) -> JSONValue {
    let scalarTypes = JSONValue.array([.text("string"), .text("number"), .text("boolean")])
    switch type.form {
    case .text: return .object(["type": scalarTypes, "description": .text(type.name)])
    case .pattern(let pattern):
      return .object(["type": scalarTypes, "pattern": .text(pattern), "description": .text(type.name)])
    case .choice(let words):
      return .object(["enum": .array(words.map { .text($0) }), "description": .text(type.name)])
    }
  }

  private static func described(_ value: JSONValue, _ description: String) -> JSONValue {
    guard case .object(var members) = value else { return value }
    members["description"] = .text(description)
    return .object(members)
  }
}

private indirect enum JSONValue: Encodable {
  case text(String)
  case truth(Bool)
  case array([JSONValue])
  case object([String: JSONValue])

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .truth(let truth): try container.encode(truth)
    case .array(let values): try container.encode(values)
    case .object(let members): try container.encode(members)
    }
  }
}
