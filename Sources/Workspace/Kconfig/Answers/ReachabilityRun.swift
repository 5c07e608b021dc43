import Diagnostics
import Files
import Kconfig
package import Reports

/// What `--reachable` about symbols asks: every combination of values that they can have, for one architecture or for
/// several.
package struct ReachabilityRun {
  /// The answers, one for each architecture.
  package let lists: [ReachabilityList]
  private let inputs: [KernelTreeInput]

  /// - Throws: names that no file of any of the architectures defines, and questions without an answer.
  package init(of names: SymbolQuery, in inputs: [KernelTreeInput]) throws {
    self.inputs = inputs
    var lists: [ReachabilityList] = []
    for input in inputs {
      // A model is large; none is kept for the next architecture.
      let model = try Self.model(of: input, among: inputs)
      if inputs.count == 1 { _ = try names.numbers(in: model, of: input.architecture) }
      lists.append(ReachabilityList(try Self.reachability(of: names, model), architecture: input.architecture))
    }
    self.lists = lists
    let undefined = lists.map { Set($0.reachability.undefined) }
    let nowhere = names.entries.map(\.name).filter { name in undefined.allSatisfy { $0.contains(name) } }
    guard nowhere.isEmpty else {
      throw Diagnostic(
        id: "KCONFIG197", "no Kconfig file of these architectures defines \(nowhere.joined(separator: ", "))", at: nil)
    }
  }

  private static func model(of input: KernelTreeInput, among inputs: [KernelTreeInput]) throws -> KconfigModel {
    do throws(KconfigRejection) {
      return try input.model()
    } catch {
      if inputs.count > 1 {
        var errors = OutputStream.standardError
        errors.write("with ARCH=\(input.architecture):\n")
      }
      throw error
    }
  }

  /// What no file defines is n.
  private static func reachability(
    of names: SymbolQuery, _ model: KconfigModel
  ) throws(Diagnostic) -> KconfigReachability {
    do throws(KconfigReachability.Failure) {
      return try KconfigReachability(of: names.entries.map(\.name), in: model)
    } catch {
      throw error.diagnostic
    }
  }

  /// Writes a configuration of each combination into a folder; one for each architecture where there are several.
  package func writeWitnesses(into folder: String) throws {
    for (list, input) in zip(lists, inputs) {
      let path = lists.count == 1 ? folder : "\(folder)/\(list.architecture)"
      let witnesses = list.reachability.combinations.map { ($0.witness, $0.answers) }
      try WitnessFolder(path, input.files).write(witnesses, index: list.document, of: try input.model())
    }
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
