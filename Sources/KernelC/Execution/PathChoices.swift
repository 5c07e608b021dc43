/// The choices of one path at its undecided conditions; paths are enumerated depth first by re-execution.
struct PathChoices {
  /// Beginnings that were tried: choices up to the first fault, or to the end of a path without one.
  private(set) var beginnings = 1
  /// Paths that were tried behind the first fault of the present beginning, the first not counted.
  private(set) var continuations = 0
  private var taken: [Bool] = []
  private var position = 0
  /// How many choices the present path had made at its first fault.
  private var firstFault: Int?

  /// The choice at the next undecided condition of this path; new ones are first taken as false.
  mutating func next() -> Bool {
    if position == taken.count { taken.append(false) }
    position += 1
    return taken[position - 1]
  }

  /// Starts the path from its beginning.
  mutating func restart() {
    position = 0
    firstFault = nil
  }

  /// Notes that the path faults here for the first time.
  mutating func noteFault() {
    firstFault = position
  }

  /// Gives up the choices behind the first fault that were not tried; false if there are none.
  mutating func giveUpContinuations() -> Bool {
    guard let firstFault, taken[firstFault..<position].contains(false) else { return false }
    position = firstFault
    return true
  }

  /// Moves to the next path; false if there is none.
  mutating func advance() -> Bool {
    // Choices that the last path did not reach belong to no path any more.
    taken.removeSubrange(min(position, taken.count)...)
    while taken.last == true { taken.removeLast() }
    guard let last = taken.indices.last else { return false }
    taken[last] = true
    if let firstFault, last >= firstFault {
      continuations += 1
    } else {
      beginnings += 1
      continuations = 0
    }
    return true
  }
}
