/// The choices of one path at its undecided conditions; paths are enumerated depth first by re-execution.
struct PathChoices {
  private var taken: [Bool] = []
  private var position = 0

  /// The choice at the next undecided condition of this path; new ones are first taken as false.
  mutating func next() -> Bool {
    if position == taken.count { taken.append(false) }
    position += 1
    return taken[position - 1]
  }

  /// Starts the path from its beginning.
  mutating func restart() {
    position = 0
  }

  /// Moves to the next path; false if there is none.
  mutating func advance() -> Bool {
    // Choices that the last path did not reach belong to no path any more.
    taken.removeSubrange(min(position, taken.count)...)
    while taken.last == true { taken.removeLast() }
    guard let last = taken.indices.last else { return false }
    taken[last] = true
    return true
  }
}
