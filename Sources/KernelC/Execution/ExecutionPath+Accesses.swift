public import Diagnostics

extension ExecutionPath {
  /// A store to the vmemmap.
  public struct Store: Sendable, Hashable {
    /// The kernel virtual address of the 8-byte word.
    public var address: UInt64
    /// The word before; nil for a plain store, which does not read.
    public var before: UInt64?
    /// The word that was stored.
    public var after: UInt64
    /// What stored it: `clear_bit`, or `store by 'page->flags |= mask'`.
    public var operation: String
    /// The call or assignment.
    public var place: SourceRange
    /// The calls of helpers and uses of macros that lead to it, outermost first; empty where it stands in the body itself.
    public var calls: [SourceRange]

    /// Makes a store.
    public init(
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
  public struct Fault: Sendable, Hashable {
    /// Why, and at which address first.
    public var access: AccessFault
    /// What accessed it: `clear_bit`, or `store by 'page->flags |= mask'`.
    public var operation: String
    /// The call or assignment.
    public var place: SourceRange
    /// The calls of helpers and uses of macros that lead to it, outermost first; empty where it stands in the body itself.
    public var calls: [SourceRange]
    /// How many of the path's conditions were met before.
    public var conditionsBefore: Int
    /// How many of the path's stores happened before.
    public var storesBefore: Int

    /// Makes a fault.
    public init(
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
