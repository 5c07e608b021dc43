/// The order in which `conf` comes to symbols: it computes a value when it is asked for, and what that takes before it.
///
/// Values do not depend on it, but what `conf` says of them and which old ones it looks at again do.
struct AskingOrder {
  /// What happens on the way.
  enum Step {
    /// A symbol is asked for, for the first time.
    case asked(Int32)
    /// What it depends on is known, and is compared with what selects it.
    case checked(Int32)
  }

  /// What is left to be asked for on behalf of a symbol; -1 stands for the comparison.
  private struct Frame {
    let symbol: Int32
    let asks: [Int32]
    var next = 0
  }

  private var evaluation: KconfigEvaluation
  private let model: KconfigModel

  /// - Parameter evaluation: with all values computed.
  init(_ evaluation: KconfigEvaluation) {
    self.evaluation = evaluation
    model = evaluation.model
  }

  /// Goes through everything that is asked for when `roots` are, one behind the other.
  mutating func walk(from roots: some Sequence<Int32>, _ visit: (Step) -> Void) {
    var isAsked = [Bool](repeating: false, count: model.symbols.count)
    var stack: [Frame] = []
    for root in [model.modules] + Array(roots) {
      guard !isAsked[Int(root)] else { continue }
      isAsked[Int(root)] = true
      visit(.asked(root))
      stack.append(Frame(symbol: root, asks: asks(of: root)))
      while let top = stack.indices.last {
        guard stack[top].next < stack[top].asks.count else {
          stack.removeLast()
          continue
        }
        let next = stack[top].asks[stack[top].next]
        stack[top].next += 1
        if next < 0 {
          visit(.checked(stack[top].symbol))
        } else if !isAsked[Int(next)] {
          isAsked[Int(next)] = true
          visit(.asked(next))
          stack.append(Frame(symbol: next, asks: asks(of: next)))
        }
      }
    }
  }

  /// The symbols that computing one asks for, in order. Kernel: `sym_calc_value` in scripts/kconfig/symbol.c.
  private mutating func asks(of symbol: Int32) -> [Int32] {
    let index = Int(symbol)
    let record = model.symbols[index]
    var list: [Int32] = []
    func collect(_ expression: Int32) { model.expressions.collectSymbols(expression, into: &list) }
    if record.type == .unknown || record.isConstant { return [] }
    for prompt in model.index.prompts(of: index) { collect(model.index.prompts[prompt]) }
    if model.choices[index] >= 0, model.profile.choices == .memberPriority {
      askForMembers(of: model.choices[index], &list)
      return list
    }
    collect(record.dependency)
    collect(record.selection)
    collect(record.implication)
    let isVisible = evaluation.visibility[index] != KconfigEvaluation.no
    let isSet = isVisible && evaluation.user.isSet[index]
    if !isSet, !record.isChoice, !(record.choice >= 0 && evaluation.visibility[index] == KconfigEvaluation.yes) {
      for number in model.index.defaults(of: index) {
        let property = model.index.defaults[number]
        collect(property.condition)
        if evaluation.evaluate(property.condition) != KconfigEvaluation.no {
          collect(property.value)
          break
        }
      }
    }
    list.append(-1)
    if record.isChoice, model.profile.choices == .choiceSymbol { askForMembers(of: symbol, &list) }
    for number in model.index.ranges(of: index) {
      let property = model.index.ranges[number]
      collect(property.condition)
      if evaluation.evaluate(property.condition) != KconfigEvaluation.no {
        collect(property.value)
        break
      }
    }
    return list
  }

  private func askForMembers(of choice: Int32, _ list: inout [Int32]) {
    let members = evaluation.user.priorities[choice] ?? model.members[choice] ?? []
    for member in members {
      for prompt in model.index.prompts(of: Int(member)) {
        model.expressions.collectSymbols(model.index.prompts[prompt], into: &list)
      }
    }
    for number in model.index.defaults(of: Int(choice)) {
      model.expressions.collectSymbols(model.index.defaults[number].condition, into: &list)
    }
  }
}
