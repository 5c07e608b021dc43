import Diagnostics
import Kconfig

/// Every combination of values that some symbols can have, a line each.
struct ReachabilityList {
  private let reachability: KconfigReachability

  /// - Throws: names that no file defines, and questions without an answer.
  init(of symbols: [String], in input: KernelTreeInput) throws {
    let model = try input.model()
    do throws(KconfigReachability.Failure) {
      reachability = try KconfigReachability(of: symbols, in: model)
    } catch {
      throw error.diagnostic
    }
    guard reachability.undefined.isEmpty, !symbols.isEmpty else {
      let names = reachability.undefined.joined(separator: ", ")
      let problem =
        symbols.isEmpty ? "no symbol is named" : "no Kconfig file of \(input.architecture) defines \(names)"
      throw Diagnostic(
        id: "KCONFIG197", problem, at: nil, help: ["names are written without CONFIG_, with commas between them"])
    }
  }

  /// Writes the combinations in a stable order.
  func write() {
    var output = OutputStream.standardOutput
    for combination in reachability.combinations {
      let values = zip(reachability.symbols, combination.values).map { "\($0)=\($1)" }
      output.write(values.joined(separator: " ").printable + "\n")
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
