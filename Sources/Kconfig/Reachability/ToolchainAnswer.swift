import Satisfiability

/// What a toolchain has to answer to a probe.
public struct ToolchainAnswer: Sendable, Hashable {
  /// What is asked.
  public let input: ProbeInput
  /// y or n where a command succeeds or fails, else what it prints.
  public let value: String
  let symbol: SymbolID
}

extension ConfigurationCircuit {
  /// What the toolchain answers in a solution where it has a say, in the order in which the files ask.
  func answers(in solution: SatisfiabilitySolver) -> [ToolchainAnswer] {
    model.openAnswers.symbols.sorted { $0.value < $1.value }.compactMap { symbol, number in
      let input = model.openAnswers.inputs[number]
      guard let freedom = freedoms[symbol], solution.value(of: freedom.isUsed) else { return nil }
      if let truth = freedom.truth {
        return ToolchainAnswer(input: input, value: solution.value(of: truth.full) ? "y" : "n", symbol: symbol)
      }
      let text = texts[symbol]?.cases.first { solution.value(of: $0.holds) }?.text ?? []
      return ToolchainAnswer(input: input, value: String(decoding: text, as: UTF8.self), symbol: symbol)
    }
  }
}

extension KconfigEvaluation {
  /// Answers probes, and computes all values anew where that changes anything.
  mutating func answer(with answers: [ToolchainAnswer]) {
    if answers.isEmpty { return }
    for answer in answers {
      if case .success = answer.input.kind {
        set(answer.symbol, to: answer.value == "y" ? .y : .n)
      } else {
        _ = set(answer.symbol, to: answer.value)
      }
    }
    recompute()
  }
}
