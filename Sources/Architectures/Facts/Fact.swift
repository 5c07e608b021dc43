package import Diagnostics

/// A value with its provenance: where the descriptor says it, and where the kernel says it.
package struct Fact<Value: Sendable & Hashable>: Sendable, Hashable {
  /// The value.
  package var value: Value
  /// Where the descriptor says it.
  package var range: SourceRange
  /// Where the kernel says it (`at:`), if the descriptor tells.
  package var at: KernelPlace?
  /// A commit or a thread that explains it (`ref:`).
  package var reference: String?

  /// Makes a fact.
  package init(_ value: Value, range: SourceRange, at: KernelPlace? = nil, reference: String? = nil) {
    self.value = value
    self.range = range
    self.at = at
    self.reference = reference
  }
}
