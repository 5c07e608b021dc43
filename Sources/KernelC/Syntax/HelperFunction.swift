/// A helper function: its parts stay tokens until it is called, so that what is never called cannot spoil the rest.
struct HelperFunction: Sendable {
  var name: Token
  var returnType: [Token]
  var parameters: [Token]
  var body: [Token]
}
