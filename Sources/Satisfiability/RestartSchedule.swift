/// When a search begins anew, with all that it has learned: after each number of Luby's sequence 1 1 2 1 1 2 4 ..., in units
/// of 64 conflicts.
struct RestartSchedule {
  /// The conflicts of all searches together.
  private(set) var conflicts = 0
  private var restarts = 0
  private var untilRestart = RestartSchedule.conflictsBeforeRestart(0)

  var isDue: Bool { untilRestart <= 0 }

  mutating func countConflict() {
    conflicts += 1
    untilRestart -= 1
  }

  /// Begins another search.
  mutating func begin() {
    restarts += 1
    untilRestart = Self.conflictsBeforeRestart(restarts)
  }

  private static func conflictsBeforeRestart(_ restart: Int) -> Int {
    var number = restart + 1
    while true {
      let size = (Int.bitWidth - number.leadingZeroBitCount)
      if number == (1 << size) - 1 { return 64 << (size - 1) }
      number -= (1 << (size - 1)) - 1
    }
  }
}
