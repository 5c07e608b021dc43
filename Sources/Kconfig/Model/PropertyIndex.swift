/// The properties that values depend on, sorted by kind and symbol: what an evaluation reads again and again.
struct PropertyIndex: Sendable {
  /// A default or a range.
  struct Value: Sendable {
    let condition: ExpressionID
    let value: ExpressionID
  }

  /// The conditions of prompts.
  private(set) var prompts: [ExpressionID] = []
  private(set) var defaults: [Value] = []
  private(set) var ranges: [Value] = []
  /// Where those of each symbol begin; one more begin than symbols.
  private var promptStarts: [Int32] = [0]
  private var defaultStarts: [Int32] = [0]
  private var rangeStarts: [Int32] = [0]

  init(_ draft: ModelDraft) {
    for symbol in draft.symbols.ids {
      for property in draft.properties.properties(of: symbol) {
        switch property.kind {
        case .prompt, .menu, .comment: prompts.append(property.condition)
        case .default: defaults.append(Value(condition: property.condition, value: property.value))
        case .range: ranges.append(Value(condition: property.condition, value: property.value))
        case .definition, .select, .imply: break
        }
      }
      promptStarts.append(Int32(prompts.count))
      defaultStarts.append(Int32(defaults.count))
      rangeStarts.append(Int32(ranges.count))
    }
  }

  /// Where the prompts of a symbol lie among all. A range, since a slice would be counted by its users.
  func prompts(of symbol: SymbolID) -> Range<Int> {
    Int(promptStarts[symbol.position])..<Int(promptStarts[symbol.position + 1])
  }

  func defaults(of symbol: SymbolID) -> Range<Int> {
    Int(defaultStarts[symbol.position])..<Int(defaultStarts[symbol.position + 1])
  }

  func ranges(of symbol: SymbolID) -> Range<Int> {
    Int(rangeStarts[symbol.position])..<Int(rangeStarts[symbol.position + 1])
  }

  func hasPrompt(_ symbol: SymbolID) -> Bool { !prompts(of: symbol).isEmpty }
}
