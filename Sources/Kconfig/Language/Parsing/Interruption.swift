/// Why a statement ends early.
enum Interruption: Error {
  /// The token does not fit: what would have.
  case syntax(Expectation)
  /// There is no going on.
  case rejection(KconfigRejection)
}
