import Diagnostics
import Kconfig
import Reports

/// Every combination of values that symbols of one architecture can have.
struct ReachabilityList {
  let reachability: KconfigReachability
  private let input: KernelTreeInput

  /// - Parameter names: what no file defines is n.
  /// - Throws: questions without an answer.
  init(of names: SymbolNames, _ model: KconfigModel, in input: KernelTreeInput) throws(Diagnostic) {
    self.input = input
    do throws(KconfigReachability.Failure) {
      reachability = try KconfigReachability(of: names.entries.map(\.name), in: model)
    } catch {
      throw error.diagnostic
    }
  }

  var architecture: String { input.architecture }

  /// The combinations in a stable order, a line each.
  var lines: [String] {
    reachability.combinations.map { combination in
      zip(reachability.symbols, combination.values).map { "\($0)=\($1)" }.joined(separator: " ").printable + "\n"
    }
  }

  /// What has to be known about lines that look like all there is; nil where they are.
  var remark: String? {
    if reachability.openEnded.isEmpty { return nil }
    let names = reachability.openEnded.joined(separator: ", ").printable
    return "\(names): further values are possible; those listed are all that comparisons can tell apart\n"
  }

  /// The same as members of an object.
  var json: JSON {
    let combinations = reachability.combinations.enumerated().map { number, combination -> JSON in
      let values = zip(reachability.symbols, combination.values).map { ($0, JSON.text($1)) }
      return [
        "values": .object(Dictionary(values) { first, _ in first }), "file": .text(WitnessFolder.name(number)),
        "witness": .texts(combination.witness.map(\.line)), "toolchain": KconfigJSON.toolchain(combination.answers),
      ]
    }
    return [
      "architecture": .text(architecture), "openEnded": .texts(reachability.openEnded),
      "combinations": .array(combinations),
    ]
  }

  /// The list for itself, with its format and question.
  var document: JSON {
    let head: JSON = ["schema": .text(AnswerFormat.schema), "symbols": .texts(reachability.symbols)]
    return head.with(json)
  }

  /// Writes a configuration of each combination into a folder.
  func writeWitnesses(of model: KconfigModel, into folder: String) throws(Diagnostic) {
    let witnesses = reachability.combinations.map { ($0.witness, $0.answers) }
    try WitnessFolder(folder, input.files).write(witnesses, index: document, of: model)
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
