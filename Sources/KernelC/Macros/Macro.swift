/// A macro definition.
struct Macro: Sendable {
  var id: Int32
  /// Nil for an object-like macro.
  var parameters: [String]?
  var body: [Token]
  /// Whether the body stands in a text of the user; if not, its tokens take the place of the use.
  var hasPlace: Bool
  /// What in the definition is not modelled, reported where the macro is used.
  var unsupported: (construct: String, place: TextRange)?
}
