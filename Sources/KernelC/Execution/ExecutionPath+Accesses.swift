package import Diagnostics

extension ExecutionPath {
  /// A store to the vmemmap.
  package struct Store: Sendable, Hashable {
    /// The kernel virtual address of the 8-byte word.
    package var address: UInt64
    /// The word before; nil for a plain store, which does not read.
    package var before: UInt64?
    /// The word that was stored.
    package var after: UInt64
    /// What stored it: `clear_bit`, or `store by 'page->flags |= mask'`.
    package var operation: String
    /// The call or assignment.
    package var place: SourceRange
    /// The calls of helpers and uses of macros that lead to it, outermost first; empty where it stands in the body.
    package var calls: [SourceRange]

    /// Makes a store.
    package init(
      address: UInt64, before: UInt64?, after: UInt64, operation: String, place: SourceRange, calls: [SourceRange] = []
    ) {
      self.address = address
      self.before = before
      self.after = after
      self.operation = operation
      self.place = place
      self.calls = calls
    }
  }

  /// An access that the MMU refuses: the kernel oopses.
  package struct Fault: Sendable, Hashable {
    /// Why, and at which address first.
    package var access: AccessFault
    /// What accessed it: `clear_bit`, or `store by 'page->flags |= mask'`.
    package var operation: String
    /// The call or assignment.
    package var place: SourceRange
    /// The calls of helpers and uses of macros that lead to it, outermost first; empty where it stands in the body.
    package var calls: [SourceRange]
    /// How many of the path's conditions were met before.
    package var conditionsBefore: Int
    /// How many of the path's stores happened before.
    package var storesBefore: Int

    /// Makes a fault.
    package init(
      access: AccessFault, operation: String, place: SourceRange, calls: [SourceRange] = [], conditionsBefore: Int = 0,
      storesBefore: Int = 0
    ) {
      self.access = access
      self.operation = operation
      self.place = place
      self.calls = calls
      self.conditionsBefore = conditionsBefore
      self.storesBefore = storesBefore
    }
  }
}
