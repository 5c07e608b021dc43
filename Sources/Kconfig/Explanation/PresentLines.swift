/// What a user says now, as the lines of a `.config` file, in an order in which reading them gives the same again.
struct PresentLines {
  let lines: [KconfigReachability.Setting]
  private let bySymbol: [SymbolID: KconfigReachability.Setting]

  init(_ user: UserValues, in model: KconfigModel) {
    var plain: [SymbolID] = []
    var named: [SymbolID] = []
    for symbol in model.symbols.ids where user.isSet[symbol] {
      let record = model.symbols[symbol]
      if record.isChoice || record.isConstant || record.type == .unknown || record.name == nil { continue }
      guard model.choice(of: symbol) != nil else {
        plain.append(symbol)
        continue
      }
      switch model.language.choices {
      // What is m behind what is y confuses a choice symbol.
      case .choiceSymbol where user.truth[symbol] == .y: named.append(symbol)
      case .choiceSymbol: plain.append(symbol)
      case .memberPriority: break
      }
    }
    switch model.language.choices {
    case .choiceSymbol:
      // What counts is which one was named last.
      named.sort { first, second in
        func isLast(_ member: SymbolID) -> Bool { model.choice(of: member).flatMap { user.chosen[$0] } == member }
        return (isLast(first) ? 1 : 0, first) < (isLast(second) ? 1 : 0, second)
      }
    case .memberPriority:
      for choice in model.members.keys.sorted() {
        named += user.members(of: choice, model).reversed().filter { user.isSet[$0] }
      }
    }
    let settings = (plain + named).map { ($0, KconfigReachability.Setting($0, as: user, in: model)) }
    lines = settings.map(\.1)
    bySymbol = Dictionary(settings) { $1 }
  }

  /// The line about a symbol; nil where there is none.
  subscript(symbol: SymbolID) -> KconfigReachability.Setting? { bySymbol[symbol] }
}

extension KconfigReachability.Setting {
  /// What the user says about a symbol.
  fileprivate init(_ symbol: SymbolID, as user: UserValues, in model: KconfigModel) {
    let type = model.symbols[symbol].type
    let value =
      type.isLogical
      ? user.truth[symbol].letter : String(decoding: user.text(of: symbol) ?? [], as: UTF8.self)
    self.init(symbol: model.name(of: symbol), value: value, isText: type == .string)
  }
}
