package import Diagnostics

/// A word that the user gave, on the command line or in a file.
package struct UserWord: Hashable {
  package var text: String
  /// Where the file has it; nil for the command line.
  var place: SourceRange?

  package init(_ text: String, at place: SourceRange? = nil) {
    self.text = text
    self.place = place
  }

  /// A mistake with the place of the word that led to it, should it have none of its own.
  package func blamed(for mistake: Diagnostic) -> Diagnostic {
    var mistake = mistake
    if mistake.place == nil { mistake.place = place }
    return mistake
  }
}
