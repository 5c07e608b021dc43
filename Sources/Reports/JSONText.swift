import Diagnostics
internal import FoundationEssentials

/// JSON in the one form that all reports use.
enum JSONText {
  /// Pretty-printed with sorted keys and plain slashes, so that the same value is the same text.
  ///
  /// Control and format characters are escaped, also those that JSON allows: a report that is read on a terminal must
  /// not steer it.
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    var text = ""
    for scalar in String(decoding: try encoder.encode(value), as: UTF8.self).unicodeScalars {
      // The line ends between values are the only ones that are left: those inside of texts have been escaped.
      if scalar != "\n", scalar.steersTerminals {
        for unit in UTF16.encode(scalar) ?? .init() { text += escape(unit) }
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  private static func escape(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
