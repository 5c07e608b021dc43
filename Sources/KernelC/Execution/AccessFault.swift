/// Why a load or store did not happen.
package struct AccessFault: Error, Hashable, Sendable {
  /// The kind of refusal.
  package enum Kind: Hashable, Sendable {
    /// A store through a valid translation that is read-only: the kernel oopses.
    case readOnly
    /// No translation for an address inside the vmemmap: the kernel oopses.
    case notMapped
    /// Not a vmemmap address, or not aligned to the word: the code does something that this model does not cover.
    case outsideVmemmap
  }

  /// The kind of refusal.
  package var kind: Kind
  /// The kernel virtual address that was accessed.
  package var address: UInt64

  /// Makes a fault.
  package init(_ kind: Kind, at address: UInt64) {
    self.kind = kind
    self.address = address
  }
}
