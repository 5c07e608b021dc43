/// A text that depends on what is not known of a toolchain. In texts that macros expand to, its number stands for it
/// between marks.
enum ProbeAnswer: Hashable {
  /// What an input is, as text.
  case input(Int)
  /// One text where a condition holds, else another; both are known.
  case choice(ProbeCondition, [UInt8], [UInt8])

  /// Begins and ends an answer. No file and no text from outside can hold it.
  static let mark: UInt8 = 0

  /// The number of the answer that is all of a text; nil where there is more or something else.
  static func number(_ text: some Collection<UInt8>) -> Int? {
    guard text.count > 2, text.first == mark, text.count(where: { $0 == mark }) == 2 else { return nil }
    let digits = text.dropFirst().prefix { $0 != mark }
    guard digits.count == text.count - 2 else { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}

/// What makes the difference between the texts of an answer.
struct ProbeCondition: Hashable {
  enum Fact: Hashable {
    /// The command of an input succeeds.
    case succeeds(Int)
    /// An input compares with a text: as numbers if it is one.
    case compares(Int, KconfigRelation, [UInt8])
  }

  var fact: Fact
  var isNegated = false

  static prefix func ! (condition: ProbeCondition) -> ProbeCondition {
    ProbeCondition(fact: condition.fact, isNegated: !condition.isNegated)
  }
}
