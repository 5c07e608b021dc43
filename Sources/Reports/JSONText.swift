internal import FoundationEssentials

/// JSON in the one form that all reports use.
enum JSONText {
  /// Pretty-printed with sorted keys and plain slashes, so that the same value is the same text.
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
