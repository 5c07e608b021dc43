import Diagnostics
import Kconfig

/// SplitMix64: small, seeded, the same everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

func embedded(_ text: String) -> EmbeddedText {
  EmbeddedText(wholeFile: SourceFile(path: "rules.yaml", text: text))
}

func parsed(_ text: String) throws -> KconfigExpression {
  try KconfigExpression.parse(embedded(text))
}

/// The mistake of a text, or nil if it is accepted.
func mistake(_ text: EmbeddedText) -> Diagnostic? {
  do {
    _ = try KconfigExpression.parse(text)
    return nil
  } catch {
    return error
  }
}

/// `line:column-line:column`, the line left out behind the dash where it is the same.
func brief(_ range: SourceRange?) -> String {
  guard let range else { return "nowhere" }
  let end = range.end.line == range.start.line ? "\(range.end.column)" : "\(range.end.line):\(range.end.column)"
  return "\(range.start.line):\(range.start.column)-\(end)"
}
