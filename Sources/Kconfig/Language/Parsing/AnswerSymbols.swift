/// The symbols that stand for what is not known of a toolchain; no file names them and nothing writes them.
struct AnswerSymbols {
  /// What a symbol stands for.
  enum Role: Hashable {
    /// What a probe would find out: the user's to say.
    case input(Int)
    /// A text that depends on what a probe finds out.
    case answer(Int)
    /// The truth of an input as a default: y or m if its text says so.
    case truth(Int)
    /// The truth of an input in a condition, where the text m counts with modules only.
    case condition(Int)
    /// A text that is known: two strings compare as text, where a constant may be a number.
    case literal([UInt8])
  }

  private var symbols: [Role: SymbolID] = [:]
  /// In the order in which they were made.
  private(set) var roles: [(role: Role, symbol: SymbolID)] = []
  private var inputs: [SymbolID: Int] = [:]
  private var texts: [SymbolID: SymbolID] = [:]
  /// Whether the operands that are being read belong to the value of a default.
  private(set) var isInDefault = false

  subscript(role: Role) -> SymbolID? { symbols[role] }

  mutating func add(_ role: Role, _ symbol: SymbolID) {
    symbols[role] = symbol
    roles.append((role, symbol))
    if case .input(let input) = role { inputs[symbol] = input }
  }

  /// The input that a symbol stands for; nil for other roles.
  func input(of symbol: SymbolID) -> Int? { inputs[symbol] }

  /// Notes the symbol whose text a truth is about.
  mutating func setText(of truth: SymbolID, to text: SymbolID) { texts[truth] = text }

  /// The symbol whose text a truth is about; nil for other roles.
  func text(of truth: SymbolID) -> SymbolID? { texts[truth] }

  mutating func beginDefault() { isInDefault = true }
  mutating func endDefault() { isInDefault = false }
}
