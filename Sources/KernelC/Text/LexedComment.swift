/// A comment as the lexer meets it: the text between its delimiters, and the place with them.
struct LexedComment: Sendable {
  var text: String
  var place: TextRange
}
