package import Diagnostics

/// What a reader says it expects, so that a message can say what was found instead.
extension Node {
  /// The scalar; `expected` completes "expected ..., found a list", such as `a size such as 4K`.
  /// - Throws: `YAML020` for lists and mappings. A null is a scalar, its typed readings refuse it.
  package func asScalar(_ expected: String) throws(Diagnostic) -> Scalar {
    guard let scalar else { throw unexpected(expected) }
    return scalar
  }

  /// The items of a list; `expected` is such as `a list of sizes`.
  /// - Throws: `YAML020` for everything else, also for null.
  package func asItems(_ expected: String) throws(Diagnostic) -> [Node] {
    guard let items else { throw unexpected(expected) }
    return items
  }

  /// The entries of a mapping; `expected` is such as `a mapping from symbols to values`.
  /// - Throws: `YAML020` for everything else, also for null.
  package func asEntries(_ expected: String) throws(Diagnostic) -> [Entry] {
    guard let entries else { throw unexpected(expected) }
    return entries
  }

  private func unexpected(_ expected: String) -> Diagnostic {
    let found =
      switch content {
      case .scalar(let scalar): scalar.quoted
      case .sequence: "a list"
      case .mapping: "a mapping"
      }
    return Diagnostic(id: "YAML020", "expected \(expected), found \(found)", at: range)
  }
}
