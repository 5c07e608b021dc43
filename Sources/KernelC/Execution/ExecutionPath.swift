public import Diagnostics

/// One way through a routine: the conditions that nothing known decided, and what happened under them.
///
/// A store that the MMU refuses is a fault of the path and does not end it: what follows runs as it would once that store
/// were mended, with the word as it was. What a mended store might have left otherwise is unknown behind it, so that
/// conditions on it fork; see `BitsInDoubt`.
public struct ExecutionPath: Sendable, Hashable {
  /// How a path ends.
  public enum Ending: Sendable, Hashable {
    /// The routine returns.
    case returned
    /// The last of the path's faults is an access without a translation, behind which nothing can go on.
    case stopped
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

  /// How it ends.
  public var ending: Ending
  /// The accesses that the MMU refuses, in the order in which they were met: each store of the text once, at the first
  /// address where it is refused, however often a loop repeats it. The kernel oopses at the first.
  public var faults: [Fault]
  /// The conditions in the order in which they were met.
  public var conditions: [Condition]
  /// The stores that happened, in order.
  public var stores: [Store]
  /// The number of loads from the vmemmap, those of read-modify-writes included.
  public var loads: Int
  /// The number of steps.
  public var steps: Int
  /// The flags that were read.
  public var asked: AskedFlags
  /// The `return` by which it returns; nil where it does not return, or runs to the end of the body.
  public var exit: SourceRange?

  /// Makes a path.
  public init(
    ending: Ending, faults: [Fault] = [], conditions: [Condition], stores: [Store], loads: Int, steps: Int,
    asked: AskedFlags = .none, exit: SourceRange? = nil
  ) {
    self.ending = ending
    self.faults = faults
    self.conditions = conditions
    self.stores = stores
    self.loads = loads
    self.steps = steps
    self.asked = asked
    self.exit = exit
  }

  /// The path as a kernel runs it: up to its first fault, if it has one. What it took and read is that of the whole path.
  public var upToFirstFault: ExecutionPath {
    guard let first = faults.first else { return self }
    var path = self
    path.ending = .stopped
    path.faults = [first]
    path.conditions.removeSubrange(first.conditionsBefore...)
    path.stores.removeSubrange(first.storesBefore...)
    return path
  }
}
