/// Which answers of the user decide about the values that are asked about.
extension KconfigSpace {
  /// A smallest choice of answers that decides all values: with the same answers they are the same.
  ///
  /// Smallest, in that none of them can be left out; those that come first in `asked` are left out first.
  /// - Parameter asked: bools and tristates with a prompt about which the user says something; others are passed over.
  /// - Returns: names in the order of `asked`; nil where even all of them decide not everything.
  /// - Throws: `tooHard`.
  public func deciding(among asked: [String]) throws(Failure) -> [String]? {
    var copies = TwoCopyEncoding(self, asked: asked)
    guard try !copies.canDiffer(with: copies.asked) else { return nil }
    var needed = copies.asked
    for answer in copies.asked {
      let rest = needed.filter { $0 != answer }
      if try !copies.canDiffer(with: rest) { needed = rest }
    }
    return needed.map { asked[$0] }
  }

  /// The symbols asked about whose values these answers do not decide.
  /// - Parameter asked: as for `deciding`.
  /// - Throws: `tooHard`.
  public func undecided(by asked: [String]) throws(Failure) -> [String] {
    var copies = TwoCopyEncoding(self, asked: asked)
    var undecided: [String] = []
    for (index, symbol) in symbols.enumerated() {
      if try copies.canDiffer(in: index, with: copies.asked) { undecided.append(symbol) }
    }
    return undecided
  }
}
