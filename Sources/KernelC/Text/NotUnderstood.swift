package import Diagnostics

/// A construct that this front end does not model. It is never swallowed: it makes the verdict `?`.
package struct NotUnderstood: Error, Hashable, Sendable {
  /// The construct and why, in one line: `cannot model 'kmap_atomic()'`.
  package var construct: String
  /// Its place in the file that the user edits.
  package var place: SourceRange
  /// The way out, a line each.
  package var help: [String]

  /// Makes a report of a construct that is not modelled.
  package init(_ construct: String, at place: SourceRange, help: [String] = []) {
    self.construct = construct
    self.place = place
    self.help = help
  }
}
