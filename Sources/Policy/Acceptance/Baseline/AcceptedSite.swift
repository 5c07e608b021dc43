/// The store or fact that an entry of a baseline accepts, as the file writes it.
package struct AcceptedSite: Sendable, Hashable {
  /// The C text or the select line; nil where the rule speaks of one fact.
  package var text: String?
  /// Which of the places with this text it is, from 1.
  package var number: Int
  /// The calls that lead to it, outermost first.
  package var calls: [String]
  /// The states from which a flush is lost.
  package var states: [String]

  /// Makes a site.
  package init(text: String?, number: Int = 1, calls: [String] = [], states: [String] = []) {
    self.text = text
    self.number = number
    self.calls = calls
    self.states = states
  }

  /// The site of a finding.
  package init(_ site: FindingSite) {
    self.init(text: site.text, number: site.number, calls: site.calls, states: site.states)
  }

  /// Is it the same place, from whatever states?
  func isSamePlace(as other: AcceptedSite) -> Bool {
    (text, number) == (other.text, other.number) && calls == other.calls
  }

  /// Does whoever accepts this accept the other one as well? A flush that is lost from one more state is another one.
  func includes(_ other: AcceptedSite) -> Bool {
    isSamePlace(as: other) && Set(other.states).isSubset(of: states)
  }
}
