extension Unicode.Scalar {
  /// Whether a terminal, or an eye, may take it for something else than a character: escape sequences, text direction.
  public var steersTerminals: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  /// What a report shows for the scalar: one column for one.
  package var shown: Unicode.Scalar {
    self == "\t" ? " " : steersTerminals ? "\u{FFFD}" : self
  }
}

extension String {
  /// The text as a report may show it on one line: names and messages come from files that somebody else wrote. A tab
  /// becomes a blank.
  public var printable: String {
    String(String.UnicodeScalarView(unicodeScalars.map(\.shown)))
  }
}
