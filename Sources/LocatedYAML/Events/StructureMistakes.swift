import Diagnostics

/// Valid YAML that is refused because it does not say what it shows. See also `TextMistakes.swift`.
extension Diagnostic {
  static func tooDeep(at place: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "YAML006", "more than \(LocatedYAML.deepestNesting) lists and mappings inside each other", at: place,
      reasons: ["no file of this tool needs more; the rest of the file was not read"],
      help: ["check the brackets and the indentation"])
  }

  static func emptyDocument(path: String) -> Diagnostic {
    Diagnostic(
      id: "YAML007", "the document is empty", at: .startOfFile(path),
      reasons: ["there is nothing but comments, blanks or '---'"])
  }

  static func severalDocuments(at place: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "YAML008", "a second document starts here", at: place,
      reasons: ["a file holds one document; the rest of the file was not read"],
      help: ["put it into a file of its own"])
  }

  static func tagDirective(at place: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "YAML009", "%TAG is not allowed", at: place, reasons: ["tags are not allowed"], help: ["remove the line"])
  }

  static func anchor(at place: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "YAML010", "anchors are not allowed", at: place,
      reasons: ["what a reader sees at a place would depend on another place"],
      help: ["remove it and write the value out; put a text that starts with '&' in quotes"])
  }

  static func alias(_ name: String, at place: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "YAML011", "aliases are not allowed", at: place,
      reasons: ["'*\(name)' stands for a value at another place"],
      help: ["write the value out; put a text that starts with '*' in quotes"])
  }

  static func mergeKey(at place: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "YAML012", "merge keys are not allowed", at: place,
      reasons: ["'<<' would bring in keys that nobody sees here"], help: ["write the keys out"])
  }

  static func tag(at place: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "YAML013", "tags are not allowed", at: place,
      reasons: ["the reader of a key decides which type its value has"],
      help: ["remove it; put a text that starts with '!' in quotes"])
  }

  static func duplicateKey(_ key: String, at place: SourceRange, first: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "YAML014", "duplicate key '\(key)'", at: place, reasons: ["only one of the values could count"],
      notes: [Note("the first one is here", at: first)], help: ["remove or rename one of them"])
  }

  static func keyIsCollection(at place: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "YAML015", "a key must be a text", at: place, reasons: ["this key is a list or a mapping"],
      help: ["put it in quotes if it is meant as text"])
  }

  static func emptyKey(at place: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "YAML016", "a key is missing", at: place, reasons: ["there is nothing in front of the colon"],
      help: ["write a key, or put the text in quotes if the colon belongs to it"])
  }

  static func furtherMistakes(after last: Diagnostic) -> Diagnostic {
    Diagnostic(
      .note, id: "YAML099", "further mistakes are not shown", at: last.place,
      reasons: ["the reader gives up after \(LocatedYAML.mostMistakes) mistakes"])
  }
}
