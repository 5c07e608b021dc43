import Diagnostics

/// A place as libyaml counts it.
struct Mark: Sendable, Hashable {
  /// Unicode scalars from the start of the text.
  var index: Int
  /// 1-based line and column.
  var position: SourcePosition

  static let start = Mark(index: 0, position: SourcePosition(line: 1, column: 1))
}

/// One step of a document, with no memory of libyaml behind it.
struct Event: Sendable {
  enum Kind: Sendable {
    case streamStart
    case streamEnd
    case documentStart(hasTagDirectives: Bool)
    case documentEnd
    case alias(name: String)
    case scalar(text: String, style: Scalar.Style)
    case sequenceStart
    case mappingStart
    /// End of the innermost sequence or mapping.
    case collectionEnd
  }

  /// What a node may have in front of it.
  struct Properties: Sendable {
    var hasAnchor = false
    var hasTag = false
  }

  var kind: Kind
  var properties = Properties()
  /// Whether a collection is written in flow style, with brackets around it or around what holds it.
  var isFlow = false
  /// The first scalar, at the properties if there are any.
  var start: Mark
  /// Behind the last scalar; block collections and block scalars end late.
  var end: Mark
}

/// Why libyaml cannot go on.
struct SyntaxFailure: Error {
  /// What is wrong, in libyaml's words.
  var problem: String
  var place: Mark
  /// What libyaml was about to read, and where that began.
  var context: (words: String, place: SourcePosition)?

  static let outOfMemory = SyntaxFailure(problem: "out of memory", place: .start)
}
