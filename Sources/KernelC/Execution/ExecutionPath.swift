public import Diagnostics

/// A declared effect that a program relies on; printed with every verdict.
public struct TrustedEffect: Hashable, Sendable {
  /// The function whose effect was declared.
  public var function: String
  /// What was declared.
  public var effect: DeclaredEffect
  /// The first call of it in the text.
  public var firstCall: SourceRange

  /// Makes a trusted effect.
  public init(function: String, effect: DeclaredEffect, firstCall: SourceRange) {
    self.function = function
    self.effect = effect
    self.firstCall = firstCall
  }
}

/// Budgets of one run, so that no text runs for ever.
public struct Limits: Hashable, Sendable {
  /// Steps (a few per operator) of one path.
  public var steps: Int
  /// Paths of one run.
  public var paths: Int
  /// Times that one condition may be undecided in one path; more happens only in loops that nothing known ends.
  public var undecidedTurns: Int

  /// Makes limits; each is at least 1.
  public init(steps: Int = 100_000, paths: Int = 1_000, undecidedTurns: Int = 16) {
    self.steps = max(1, steps)
    self.paths = max(1, paths)
    self.undecidedTurns = max(1, undecidedTurns)
  }
}

/// The flags that a run read: other values of them may lead it elsewhere.
public struct AskedFlags: Hashable, Sendable {
  /// Bits that bit operations tested, by number in their word.
  public var bits: UInt64
  /// Was a flags word read as a number, so that any of its bits may matter?
  public var isWholeWord: Bool

  /// Nothing was read.
  public static let none = AskedFlags(bits: 0, isWholeWord: false)

  /// Adds what another run read.
  public mutating func formUnion(_ other: AskedFlags) {
    bits |= other.bits
    isWholeWord = isWholeWord || other.isWholeWord
  }
}

/// One way through a routine: the conditions that nothing known decided, and what happened under them.
public struct ExecutionPath: Sendable, Hashable {
  /// How a path ends.
  public enum Ending: Sendable, Hashable {
    /// The routine returns.
    case returned
    /// An access that the MMU refuses: the kernel oopses.
    case fault(AccessFault, operation: String, place: SourceRange)
    /// Something that is not modelled, or a budget that is exhausted.
    case notUnderstood(NotUnderstood)
  }

  /// A condition on an unknown value, with the value that this path assumes.
  public struct Condition: Sendable, Hashable {
    /// The source text of the unknown value.
    public var text: String
    /// Whether it is taken as true (not zero).
    public var isTrue: Bool
    /// Where the path forks.
    public var place: SourceRange

    /// Makes a condition.
    public init(text: String, isTrue: Bool, place: SourceRange) {
      self.text = text
      self.isTrue = isTrue
      self.place = place
    }
  }

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

    /// Makes a store.
    public init(address: UInt64, before: UInt64?, after: UInt64, operation: String, place: SourceRange) {
      self.address = address
      self.before = before
      self.after = after
      self.operation = operation
      self.place = place
    }
  }

  /// How it ends.
  public var ending: Ending
  /// The conditions in the order in which they were met.
  public var conditions: [Condition]
  /// The stores in the order in which they happened.
  public var stores: [Store]
  /// The number of loads from the vmemmap, those of read-modify-writes included.
  public var loads: Int
  /// The number of steps.
  public var steps: Int
  /// The flags that were read.
  public var asked: AskedFlags

  /// Makes a path.
  public init(
    ending: Ending, conditions: [Condition], stores: [Store], loads: Int, steps: Int, asked: AskedFlags = .none
  ) {
    self.ending = ending
    self.conditions = conditions
    self.stores = stores
    self.loads = loads
    self.steps = steps
    self.asked = asked
  }
}
