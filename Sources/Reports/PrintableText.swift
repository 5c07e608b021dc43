extension Unicode.Scalar {
  /// Whether a terminal, or an eye, may take it for something else than a character: escape sequences, text direction.
  var steersTerminals: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}

extension String {
  /// The text on one line of a report; names come from files that somebody else wrote.
  var printable: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.steersTerminals ? "\u{FFFD}" : $0 }))
  }
}
