/// What a user says now, as the lines of a `.config` file, in an order in which reading them gives the same again.
struct PresentLines {
  let lines: [KconfigReachability.Setting]
  private let bySymbol: [Int32: KconfigReachability.Setting]

  init(_ user: UserValues, in model: KconfigModel) {
    var plain: [Int32] = []
    var named: [Int32] = []
    for symbol in model.symbols.indices where user.isSet[symbol] {
      let record = model.symbols[symbol]
      if record.isChoice || record.isConstant || record.type == .unknown || record.name < 0 { continue }
      guard model.choices[symbol] >= 0 else {
        plain.append(Int32(symbol))
        continue
      }
      switch model.language.choices {
      // What is m behind what is y confuses a choice symbol.
      case .choiceSymbol where user.truth[symbol] == KconfigEvaluation.yes: named.append(Int32(symbol))
      case .choiceSymbol: plain.append(Int32(symbol))
      case .memberPriority: break
      }
    }
    switch model.language.choices {
    case .choiceSymbol:
      // What counts is which one was named last.
      named.sort { first, second in
        let isLast = user.chosen[Int(model.choices[Int(second)])] == second
        let isFirstLast = user.chosen[Int(model.choices[Int(first)])] == first
        return (isFirstLast ? 1 : 0, first) < (isLast ? 1 : 0, second)
      }
    case .memberPriority:
      for choice in model.members.keys.sorted() {
        named += user.members(of: choice, model).reversed().filter { user.isSet[Int($0)] }
      }
    }
    let settings = (plain + named).map { ($0, KconfigReachability.Setting($0, as: user, in: model)) }
    lines = settings.map(\.1)
    bySymbol = Dictionary(settings) { $1 }
  }

  /// The line about a symbol; nil where there is none.
  subscript(symbol: Int32) -> KconfigReachability.Setting? { bySymbol[symbol] }
}

extension KconfigReachability.Setting {
  /// What the user says about a symbol.
  fileprivate init(_ symbol: Int32, as user: UserValues, in model: KconfigModel) {
    let record = model.symbols[Int(symbol)]
    let value: String
    if record.type.isLogical {
      value = ["n", "m", "y"][min(Int(user.truth[Int(symbol)]), 2)]
    } else {
      let text = Int(user.text[Int(symbol)])
      value = user.texts.indices.contains(text) ? String(decoding: user.texts[text], as: UTF8.self) : ""
    }
    self.init(symbol: model.names.text(record.name), value: value, isText: record.type == .string)
  }
}
