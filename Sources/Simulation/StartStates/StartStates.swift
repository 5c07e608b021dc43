import KernelC
import Vmemmap

/// The states from which a routine is run: those that the architecture's own paths lead to, and those in which a flag
/// that a run was seen to read is set on the head as well.
///
/// Nobody knows all paths that set a flag. A run that asks for a flag and never sees it set proves nothing, so the flags
/// that runs read are tried until no new one turns up.
struct StartStates {
  /// More are not tried; runs that read a flags word as a number are tried with each of its bits.
  private static let most = 256

  private let given: [Machine]
  private let hugepage: Hugepage
  private let neverVaried: UInt64
  private var pending: [(StartState, Machine)]
  /// Flags words of the head that were tried or are pending, for each given state.
  private var known: Set<UInt64>
  private var learned = AskedFlags.none

  /// Starts with the states that the architecture's own paths lead to.
  init(_ given: [(StartState, Machine)], of hugepage: Hugepage) {
    self.given = given.map(\.1)
    self.hugepage = hugepage
    neverVaried = given.first.map { $0.1.headFlag } ?? 0
    pending = given
    known = Set(given.map { $0.1.headFlags(of: hugepage) })
  }

  /// The next state to run from; nil when all have been.
  mutating func next() -> (StartState, Machine)? {
    pending.isEmpty ? nil : pending.removeFirst()
  }

  /// Adds the states in which flags that runs read are set, together and in every other combination, because one may
  /// hide what the code does on another.
  mutating func learn(_ asked: AskedFlags) {
    guard asked != learned else { return }
    learned = asked
    let flags = (asked.isWholeWord ? UInt64.max : asked.bits) & ~neverVaried
    for machine in given {
      let present = machine.headFlags(of: hugepage)
      for more in (flags & ~present).combinations
      where known.count < Self.most && known.insert(present | more).inserted {
        pending.append((.flagsAssumedSet, machine.settingHeadFlags(more, of: hugepage)))
      }
    }
  }
}

extension Machine {
  fileprivate func headFlags(of hugepage: Hugepage) -> UInt64 {
    var copy = self
    return copy.word(at: hugepage.head &+ StructPage.flagsOffset)
  }

  fileprivate func settingHeadFlags(_ flags: UInt64, of hugepage: Hugepage) -> Machine {
    var copy = self
    let address = hugepage.head &+ StructPage.flagsOffset
    let word = copy.word(at: address)
    // The head is writable in every generation.
    try? copy.store(word | flags, at: address)
    copy.checkpoint()
    return copy
  }
}

extension UInt64 {
  /// All ways to choose at least one of the set bits; with more than four, all together and each alone.
  fileprivate var combinations: [UInt64] {
    guard nonzeroBitCount <= 4 else {
      return [self] + (0..<64).map { self & 1 << $0 }.filter { $0 != 0 }
    }
    var combinations: [UInt64] = []
    var next = self
    while next != 0 {
      combinations.append(next)
      next = (next - 1) & self
    }
    return combinations
  }
}
