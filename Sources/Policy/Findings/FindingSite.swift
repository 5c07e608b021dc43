package import KernelC

/// What a finding is about inside its scope.
package enum FindingSite: Hashable, Sendable {
  /// A statement of the architecture's code, with the calls of helpers and uses of macros that lead to it, outermost
  /// first.
  case statement(CodeSite, calls: [CodeSite])
  /// A return after which the flag is still set on the head (nil: the end of the body), and from which states it is: a
  /// flush that is lost from one more state is lost in a new way.
  case lostFlush(exit: CodeSite?, from: [String])
  /// A select line.
  case select(CodeSite)
  /// The one fact, or the routine as a whole, that the rule speaks of.
  case whole

  /// The text: C code, or the selected symbol; nil where the rule speaks of one fact.
  package var text: String? { site?.text }

  /// Which of the places with this text it is, from 1.
  package var number: Int { site?.number ?? 1 }

  /// The calls that lead to it, outermost first: `flush_one(page)`, `flush_one(page) #2`.
  package var calls: [String] {
    guard case .statement(_, let calls) = self else { return [] }
    return calls.map { $0.number == 1 ? $0.text : "\($0.text) #\($0.number)" }
  }

  /// The states from which a flush is lost; empty where it is about no lost flush.
  package var states: [String] {
    if case .lostFlush(_, let states) = self { states } else { [] }
  }

  private var site: CodeSite? {
    switch self {
    case .statement(let site, _), .select(let site): site
    case .lostFlush(let exit, _): exit
    case .whole: nil
    }
  }

  /// The place alone, from whatever states.
  package var place: FindingSite {
    if case .lostFlush(let exit, _) = self { .lostFlush(exit: exit, from: []) } else { self }
  }

  /// Is it the same place, from whatever states?
  package func isSamePlace(as other: FindingSite) -> Bool {
    place == other.place
  }

  /// Does somebody who knows this know the other one as well?
  package func includes(_ other: FindingSite) -> Bool {
    isSamePlace(as: other) && Set(other.states).isSubset(of: states)
  }
}
