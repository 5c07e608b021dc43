/// The properties that values depend on, sorted by kind and symbol: what an evaluation reads again and again.
struct PropertyIndex: Sendable {
  struct Default: Sendable {
    var condition: Int32
    var value: Int32
  }

  /// The conditions of prompts, and where those of each symbol begin; one more begin than symbols.
  private(set) var prompts: [Int32] = []
  private(set) var promptStarts: [Int32] = [0]
  private(set) var defaults: [Default] = []
  private(set) var defaultStarts: [Int32] = [0]
  private(set) var ranges: [Default] = []
  private(set) var rangeStarts: [Int32] = [0]

  init(_ draft: ModelDraft) {
    for symbol in draft.symbols {
      var number = symbol.firstProperty
      while number >= 0 {
        let property = draft.properties[Int(number)]
        switch property.kind {
        case .prompt, .menu, .comment: prompts.append(property.condition)
        case .default: defaults.append(Default(condition: property.condition, value: property.value))
        case .range: ranges.append(Default(condition: property.condition, value: property.value))
        case .definition, .select, .imply: break
        }
        number = property.next
      }
      promptStarts.append(Int32(prompts.count))
      defaultStarts.append(Int32(defaults.count))
      rangeStarts.append(Int32(ranges.count))
    }
  }

  func prompts(of symbol: Int) -> Range<Int> { Int(promptStarts[symbol])..<Int(promptStarts[symbol + 1]) }
  func defaults(of symbol: Int) -> Range<Int> { Int(defaultStarts[symbol])..<Int(defaultStarts[symbol + 1]) }
  func ranges(of symbol: Int) -> Range<Int> { Int(rangeStarts[symbol])..<Int(rangeStarts[symbol + 1]) }
}
