/// What became of the choice symbols of a model.
struct ChoiceSymbolStates: Sendable {
  private var members: CompactTable<SymbolID, SymbolID>
  /// Those whose answers do not count any more once `conf` computes them: not all of their members have one.
  private(set) var unanswered: Set<SymbolID> = []
  /// Those that looked for a member to pick, whether or not there was one.
  private(set) var decided: Set<SymbolID> = []

  init(count: Int) {
    members = CompactTable(count: count)
  }

  /// The member that a choice has; nil for none.
  func chosen(_ choice: SymbolID) -> SymbolID? { members[choice] }

  mutating func choose(_ member: SymbolID?, of choice: SymbolID) { members[choice] = member }

  mutating func decide(_ choice: SymbolID, isAnswered: Bool) {
    decided.insert(choice)
    if !isAnswered { unanswered.insert(choice) }
  }

  /// Forgets who decided, before all values are computed anew.
  mutating func forget() {
    (unanswered, decided) = ([], [])
  }
}
