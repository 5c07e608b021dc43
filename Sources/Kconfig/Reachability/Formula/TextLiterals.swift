import Satisfiability

/// The text of a symbol in a formula: each text that it can have, with the literal that holds where it has it. Exactly
/// one of them holds.
struct TextLiterals: Sendable {
  private(set) var cases: [(text: [UInt8], holds: Literal)] = []

  init() {}

  init(_ text: [UInt8], _ holds: Literal) {
    cases = [(text, holds)]
  }

  /// The literal that holds where the text is this one; nil where it never is.
  func literal(of text: [UInt8]) -> Literal? {
    cases.first { $0.text == text }?.holds
  }

  /// Adds a way to a text.
  mutating func add(_ text: [UInt8], where holds: Literal, in circuit: inout Circuit) {
    guard holds != circuit.never else { return }
    if let known = cases.firstIndex(where: { $0.text == text }) {
      cases[known].holds = circuit.or(cases[known].holds, holds)
    } else {
      cases.append((text, holds))
    }
  }

  /// The first where the condition holds, else the second.
  static func choose(
    _ condition: Literal, _ first: TextLiterals, _ second: TextLiterals, in circuit: inout Circuit
  ) -> TextLiterals {
    var result = TextLiterals()
    for (text, holds) in first.cases { result.add(text, where: circuit.and(condition, holds), in: &circuit) }
    for (text, holds) in second.cases { result.add(text, where: circuit.and(!condition, holds), in: &circuit) }
    return result
  }
}
