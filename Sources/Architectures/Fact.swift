public import Diagnostics

/// A value with its provenance: where the descriptor says it, and where the kernel says it.
public struct Fact<Value: Sendable & Hashable>: Sendable, Hashable {
  /// The value.
  public var value: Value
  /// Where the descriptor says it.
  public var range: SourceRange
  /// Where the kernel says it (`at:`), if the descriptor tells.
  public var at: KernelPlace?
  /// A commit or a thread that explains it (`ref:`).
  public var reference: String?

  /// Makes a fact.
  public init(_ value: Value, range: SourceRange, at: KernelPlace? = nil, reference: String? = nil) {
    self.value = value
    self.range = range
    self.at = at
    self.reference = reference
  }
}
