import Diagnostics

/// Mistakes that are found before or by libyaml. Identities are stable; see also `StructureMistakes.swift`.
extension Diagnostic {
  static func notUTF8(_ message: String, at place: SourceRange, because reason: String) -> Diagnostic {
    Diagnostic(
      id: "YAML001", message, at: place, reasons: [reason], help: ["save the file as UTF-8 without a byte order mark"])
  }

  static func refusedCharacter(_ scalar: Unicode.Scalar, at place: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "YAML002", "the character \(codePoint(scalar)) is not allowed", at: place,
      reasons: [
        scalar.value == 0
          ? "NUL bytes do not occur in text: this may be a binary file"
          : "YAML does not allow control characters, byte order marks inside the text or noncharacters"
      ],
      help: [scalar.value == 0 ? "remove it" : "remove it, or write it as an escape inside double quotes"])
  }

  static func escapedNUL(at place: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "YAML002", "the text holds the character U+0000", at: place,
      reasons: ["an escape in it stands for NUL, which no C text or name can hold"], help: ["remove the escape"])
  }

  static func refusedLineEnd(_ scalar: Unicode.Scalar, at place: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "YAML003", "the line end \(codePoint(scalar)) is not allowed", at: place,
      reasons: ["YAML ends a line here and many editors do not, so that line numbers would differ"],
      help: ["end lines with LF or CR LF"])
  }

  static func tooLarge(_ size: Int, path: String) -> Diagnostic {
    Diagnostic(
      id: "YAML004", "the document has \(size) bytes", at: .startOfFile(path),
      reasons: ["at most \(LocatedYAML.largestDocument) bytes are read"], help: ["split it into several files"])
  }

  static func syntax(_ failure: SyntaxFailure, path: String, isAtTab: Bool) -> Diagnostic {
    // libyaml sees a missing colon only at the next line; the key it belongs to is what the user wants to see.
    let isMissingColon = failure.problem == "could not find expected ':'"
    let place = isMissingColon ? failure.context?.place ?? failure.place.position : failure.place.position
    let notes = failure.context.map { context in
      context.place == place
        ? [] : [Diagnostic.Note("\(context.words), which began here", at: oneColumn(context.place, path))]
    }
    return Diagnostic(
      id: "YAML005", "this is not valid YAML", at: oneColumn(place, path),
      reasons: [failure.problem + (failure.context.map { " " + $0.words } ?? "")], notes: notes ?? [],
      help: syntaxHelp(failure.problem, isAtTab: isAtTab))
  }

  private static func syntaxHelp(_ problem: String, isAtTab: Bool) -> [String] {
    if isAtTab || problem.contains("tab character") { return ["indent with blanks instead of tabs"] }
    switch problem {
    case "could not find expected ':'":
      return ["a key is followed by a colon and a blank, as in 'page_size: 4K'"]
    case "mapping values are not allowed in this context":
      return ["put the value in quotes if it holds ': '", "give the line the indentation of the keys it belongs to"]
    case "found character that cannot start any token":
      return ["put the value in quotes"]
    case "did not find expected key":
      return ["give the line the indentation of the lines it belongs to"]
    case "did not find expected ',' or ']'":
      return ["close the list with ']'"]
    case "did not find expected ',' or '}'":
      return ["close the mapping with '}'"]
    case "found unexpected end of stream":
      return ["close the quotes"]
    case "did not find expected <document start>":
      return ["a file holds one document, which ends before this: check brackets and indentation"]
    default:
      return []
    }
  }

  private static func oneColumn(_ start: SourcePosition, _ path: String) -> SourceRange {
    SourceRange(path: path, start: start, end: SourcePosition(line: start.line, column: start.column + 1))
  }

  private static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
