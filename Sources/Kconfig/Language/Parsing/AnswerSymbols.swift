/// The symbols that stand for what is not known of a toolchain; no file names them and nothing writes them.
struct AnswerSymbols {
  /// What a symbol stands for.
  enum Role: Hashable {
    /// What a probe would find out: the user's to say.
    case input(Int)
    /// A text that depends on it.
    case answer(Int)
    /// What a text is worth as a default: y or m if it says so.
    case truth(Int)
    /// What it is worth in a condition, where m counts with modules only.
    case condition(Int)
    /// A text that is known: two strings compare as text, where a constant may be a number.
    case literal([UInt8])
  }

  private(set) var symbols: [Role: Int32] = [:]
  /// In the order in which they were made.
  private(set) var roles: [(role: Role, symbol: Int32)] = []
  /// What the symbols of inputs stand for.
  private(set) var inputs: [Int32: Int] = [:]
  /// The text that each truth is about.
  var texts: [Int32: Int32] = [:]
  /// Whether the operands belong to the value of a default.
  var isInDefault = false

  mutating func add(_ role: Role, _ symbol: Int32) {
    symbols[role] = symbol
    roles.append((role, symbol))
    if case .input(let input) = role { inputs[symbol] = input }
  }
}
