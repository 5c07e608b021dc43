/// What the files of a tree ask and nobody knows, and the texts that depend on it, by number.
struct OpenProbes: Sendable {
  var inputs: [ProbeInput] = []
  var answers: [ProbeAnswer] = []
  /// The inputs by the symbols that stand for them in a model.
  var symbols: [SymbolID: Int] = [:]

  /// The input that a symbol stands for; nil for the symbols of the files.
  func input(of symbol: SymbolID) -> ProbeInput? { symbols[symbol].map { inputs[$0] } }
}
