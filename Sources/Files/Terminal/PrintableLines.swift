import Diagnostics

extension String {
  /// The text with everything that steers a terminal replaced, lines kept.
  package var printableLines: String {
    // By scalars: "\r\n" is one character.
    let lines = unicodeScalars.filter { $0 != "\r" }.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { String($0).printable }.joined(separator: "\n")
  }
}
