import Diagnostics
import Kconfig
import Reports

/// Answers `--reachable` about symbols: every combination of values that they can have, a line each.
struct ReachabilityList {
  private let reachability: KconfigReachability
  private let model: KconfigModel
  private let input: KernelTreeInput

  /// - Throws: names that no file defines, and questions without an answer.
  init(of names: SymbolNames, in input: KernelTreeInput) throws {
    self.input = input
    model = try input.model()
    _ = try names.numbers(in: model, of: input.architecture)
    do throws(KconfigReachability.Failure) {
      reachability = try KconfigReachability(of: names.entries.map(\.name), in: model)
    } catch {
      throw error.diagnostic
    }
  }

  /// Writes the combinations in a stable order, and a configuration of each into a folder.
  func write(as format: AnswerFormat, witnesses folder: String?) throws {
    if let folder {
      let settings = reachability.combinations.map(\.witness)
      try WitnessFolder(folder, input.files).write(settings, index: json, of: model)
    }
    var output = OutputStream.standardOutput
    switch format {
    case .json: JSONText.writeDocument(json, into: &output)
    case .text:
      for combination in reachability.combinations {
        let values = zip(reachability.symbols, combination.values).map { "\($0)=\($1)" }
        output.write(values.joined(separator: " ").printable + "\n")
      }
      guard !reachability.openEnded.isEmpty else { return }
      var errors = OutputStream.standardError
      let names = reachability.openEnded.joined(separator: ", ").printable
      errors.write("\(names): further values are possible; those listed are all that comparisons can tell apart\n")
    }
  }

  private var json: JSON {
    let combinations = reachability.combinations.enumerated().map { number, combination -> JSON in
      let values = zip(reachability.symbols, combination.values).map { ($0, JSON.text($1)) }
      return [
        "values": .object(Dictionary(values) { first, _ in first }), "file": .text(WitnessFolder.name(number)),
        "witness": .texts(combination.witness.map(\.line)),
      ]
    }
    return [
      "schema": .text(AnswerFormat.schema), "architecture": .text(input.architecture),
      "symbols": .texts(reachability.symbols), "openEnded": .texts(reachability.openEnded),
      "combinations": .array(combinations),
    ]
  }
}

extension KconfigReachability.Failure {
  fileprivate var diagnostic: Diagnostic {
    switch self {
    case .tooManyCombinations(let most):
      Diagnostic(id: "KCONFIG198", "more than \(most) combinations", at: nil, help: ["ask for fewer symbols"])
    case .tooHard: Diagnostic(id: "KCONFIG198", "the question is too hard", at: nil, help: ["ask for fewer symbols"])
    case .unconfirmed(let combination, _):
      Diagnostic(
        id: "KCONFIG199", "a combination was not confirmed by evaluating it; nothing is claimed", at: nil,
        reasons: [combination.values.joined(separator: " ")])
    }
  }
}
