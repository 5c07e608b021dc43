import Diagnostics

/// The places of the anchor and the tag in front of a node, which libyaml's events do not tell apart.
struct PropertyScan {
  private(set) var anchor: SourceRange?
  private(set) var tag: SourceRange?

  /// Looks at `text`, which starts at the first property of a node.
  init(_ text: Substring, at start: SourcePosition, path: String, expecting properties: Event.Properties) {
    var rest = text.unicodeScalars
    var position = start
    while let first = rest.first, (properties.hasAnchor && anchor == nil) || (properties.hasTag && tag == nil) {
      switch first {
      case "&":
        let word = rest.prefix { $0 == "&" || $0 == "_" || $0 == "-" || $0.isASCIIAlphanumeric }
        anchor = Self.range(of: word, at: position, path: path)
        Self.skip(word, in: &rest, &position)
      case "!":
        let isVerbatim = rest.dropFirst().first == "<"
        let word = rest.prefix { scalar in
          !scalar.isBlank && scalar != "\n" && scalar != "\r" && (isVerbatim || !Self.flowIndicators.contains(scalar))
        }
        tag = Self.range(of: word, at: position, path: path)
        Self.skip(word, in: &rest, &position)
      case "#":
        Self.skip(rest.prefix { $0 != "\n" }, in: &rest, &position)
      case " ", "\t", "\r", "\n":
        Self.skip(rest.prefix(1), in: &rest, &position)
      default:
        return
      }
    }
  }

  private static let flowIndicators: Set<Unicode.Scalar> = [",", "[", "]", "{", "}"]

  private static func range(
    of word: Substring.UnicodeScalarView, at start: SourcePosition, path: String
  ) -> SourceRange {
    SourceRange(path: path, start: start, end: SourceText.endPosition(of: word, from: start))
  }

  private static func skip(
    _ word: Substring.UnicodeScalarView, in rest: inout Substring.UnicodeScalarView, _ position: inout SourcePosition
  ) {
    position = SourceText.endPosition(of: word, from: position)
    rest = rest[word.endIndex...]
  }
}

extension Unicode.Scalar {
  fileprivate var isASCIIAlphanumeric: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: false
    }
  }
}
