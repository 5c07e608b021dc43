package import Diagnostics

/// One way through a routine: the conditions that nothing known decided, and what happened under them.
///
/// A store that the MMU refuses is a fault of the path and does not end it: what follows runs as it would once that
/// store were mended, with the word as it was. What a mended store might have left otherwise is unknown behind it, so
/// that conditions on it fork; see `BitsInDoubt`.
package struct ExecutionPath: Sendable, Hashable {
  /// How a path ends.
  package enum Ending: Sendable, Hashable {
    /// The routine returns.
    case returned
    /// The last of the path's faults is an access without a translation, behind which nothing can go on.
    case stopped
    /// Something that is not modelled, or a budget that is exhausted.
    case notUnderstood(NotUnderstood)
  }

  /// A condition on an unknown value, with the value that this path assumes.
  package struct Condition: Sendable, Hashable {
    /// The source text of the unknown value.
    package var text: String
    /// Whether it is taken as true (not zero).
    package var isTrue: Bool
    /// Where the path forks.
    package var place: SourceRange

    /// Makes a condition.
    package init(text: String, isTrue: Bool, place: SourceRange) {
      self.text = text
      self.isTrue = isTrue
      self.place = place
    }
  }

  /// How it ends.
  package var ending: Ending
  /// The accesses that the MMU refuses, in the order in which they were met: each store of the text once, at the first
  /// address where it is refused, however often a loop repeats it. The kernel oopses at the first.
  package var faults: [Fault]
  /// The conditions in the order in which they were met.
  package var conditions: [Condition]
  /// The stores that happened, in order.
  package var stores: [Store]
  /// The number of loads from the vmemmap, those of read-modify-writes included.
  package var loads: Int
  /// The number of steps.
  package var steps: Int
  /// How many of them lead to the first fault; nil where there is none.
  package var stepsToFirstFault: Int?
  /// The flags that were read.
  package var asked: AskedFlags
  /// The `return` by which it returns; nil where it does not return, or runs to the end of the body.
  package var exit: SourceRange?

  /// Makes a path.
  package init(
    ending: Ending, faults: [Fault] = [], conditions: [Condition], stores: [Store], loads: Int, steps: Int,
    stepsToFirstFault: Int? = nil, asked: AskedFlags = .none, exit: SourceRange? = nil
  ) {
    self.ending = ending
    self.faults = faults
    self.conditions = conditions
    self.stores = stores
    self.loads = loads
    self.steps = steps
    self.stepsToFirstFault = stepsToFirstFault
    self.asked = asked
    self.exit = exit
  }

  /// The path as a kernel runs it: up to its first fault, if it has one. `loads` and `asked` stay those of the whole
  /// path.
  package var upToFirstFault: ExecutionPath {
    guard let first = faults.first else { return self }
    var path = self
    path.ending = .stopped
    path.exit = nil
    path.faults = [first]
    path.steps = stepsToFirstFault ?? steps
    path.conditions.removeSubrange(first.conditionsBefore...)
    path.stores.removeSubrange(first.storesBefore...)
    return path
  }
}
