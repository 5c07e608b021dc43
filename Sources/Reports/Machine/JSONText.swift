import Diagnostics

/// JSON in the one form that all reports use: keys sorted and slashes plain, so that the same value is the same text.
///
/// Control and format characters are escaped, also those that JSON allows: a report that is read on a terminal must not
/// steer it.
package enum JSONText {
  /// Writes a value over several lines, indented by two blanks, with a final newline.
  package static func writeDocument(_ value: JSON, into output: inout some TextOutputStream) {
    writeIndented(value, "\n", into: &output)
    output.write("\n")
  }

  /// Writes a value on one line, with a final newline.
  package static func writeLine(_ value: JSON, into output: inout some TextOutputStream) {
    writeCompact(value, into: &output)
    output.write("\n")
  }

  /// - Parameter lineEnd: a newline with the indentation of the value's own line.
  private static func writeIndented(_ value: JSON, _ lineEnd: String, into output: inout some TextOutputStream) {
    let inner = lineEnd + "  "
    switch value {
    case .array(let elements) where !elements.isEmpty:
      for (index, element) in elements.enumerated() {
        output.write((index == 0 ? "[" : ",") + inner)
        writeIndented(element, inner, into: &output)
      }
      output.write(lineEnd + "]")
    case .object(let members) where !members.isEmpty:
      for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
        output.write((index == 0 ? "{" : ",") + inner)
        writeText(member.key, into: &output)
        output.write(" : ")
        writeIndented(member.value, inner, into: &output)
      }
      output.write(lineEnd + "}")
    default: writeCompact(value, into: &output)
    }
  }

  private static func writeCompact(_ value: JSON, into output: inout some TextOutputStream) {
    switch value {
    case .text(let text): writeText(text, into: &output)
    case .number(let number): output.write(String(number))
    case .truth(let truth): output.write(truth ? "true" : "false")
    case .array(let elements):
      output.write("[")
      for (index, element) in elements.enumerated() {
        if index > 0 { output.write(",") }
        writeCompact(element, into: &output)
      }
      output.write("]")
    case .object(let members):
      output.write("{")
      for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
        if index > 0 { output.write(",") }
        writeText(member.key, into: &output)
        output.write(":")
        writeCompact(member.value, into: &output)
      }
      output.write("}")
    }
  }

  private static func writeText(_ text: String, into output: inout some TextOutputStream) {
    output.write("\"")
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      output.write(text)
    } else {
      output.write(escaped(text))
    }
    output.write("\"")
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case let scalar where scalar.steersTerminals:
        for unit in UTF16.encode(scalar) ?? .init() { result += escape(unit) }
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func escape(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
