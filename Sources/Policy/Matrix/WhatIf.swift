import Architectures
import Diagnostics
import Kconfig
import Simulation

/// What would be if an architecture that does not opt in selected the opt-in symbol of its kernel.
struct WhatIf {
  /// One answer for one configuration.
  struct Answer {
    /// What the answer is about.
    enum Outcome {
      /// The feature would be built in: what was judged then, and the configuration of it that this is.
      case simulated(JudgedArchitecture, JudgedConfiguration)
      /// The feature would stay off, or cannot be selected at all.
      case staysOff(because: String)
      /// It cannot be said.
      case undecided(because: String)
    }

    var outcome: Outcome
    /// What introduces the answer: `not selected; if selected`; nil where selecting is no question.
    var premise: String?
    /// What the configuration assumes, together with what matters only once the feature is selected.
    var assumed: [String: Tristate]
  }

  private enum Question {
    /// Every configuration without the feature opts in, or has nothing to opt in by.
    case notAsked
    case judged(JudgedArchitecture)
    case refused(Diagnostics)
  }

  private let kernel: KernelProfile
  private let question: Question

  init(of judged: JudgedArchitecture, checker: Checker) {
    var architecture = judged.architecture
    kernel = architecture.kernel
    let isAsked = judged.configurations.contains { !$0.simulated.isEnabled && !$0.simulated.optsIn }
    guard isAsked, let symbol = kernel.optInSymbol else {
      question = .notAsked
      return
    }
    architecture.selectAlso([symbol])
    do throws(Diagnostics) {
      question = .judged(try checker.check(architecture))
    } catch {
      question = .refused(error)
    }
  }

  /// The answers for a configuration in which the feature is not built in: more than one where opting in makes symbols
  /// matter that did not before.
  func answers(for configuration: SimulatedConfiguration) -> [Answer] {
    let assumed = configuration.configuration.assumed
    if configuration.optsIn {
      return [Answer(outcome: .staysOff(because: "opted in, but \(feature(in: configuration))"), assumed: assumed)]
    }
    switch question {
    case .notAsked:
      let needs =
        if case .condition(let condition) = kernel.optIn { ": \(kernel.feature) needs \(condition)" } else { "" }
      return [Answer(outcome: .staysOff(because: "this kernel has no opt-in symbol\(needs)"), assumed: assumed)]
    case .refused(let problems):
      let why = problems.all.first.map { ": \(([$0.message] + $0.reasons).joined(separator: ", "))" } ?? ""
      return [
        Answer(outcome: .undecided(because: "cannot be simulated\(why)"), premise: Self.premise, assumed: assumed)
      ]
    case .judged(let other):
      return other.configurations.compactMap { judged in
        let candidate = judged.simulated
        let more = candidate.configuration.assumed
        guard more.allSatisfy({ name, value in assumed[name] ?? value == value }) else { return nil }
        return Answer(
          outcome: candidate.isEnabled
            ? .simulated(other, judged) : .staysOff(because: feature(in: candidate)),
          premise: Self.premise, assumed: assumed.merging(more) { own, _ in own })
      }
    }
  }

  private static let premise = "not selected; if selected"

  /// `HUGETLB_PAGE_OPTIMIZE_VMEMMAP=n: SPARSEMEM_VMEMMAP=n`.
  private func feature(in configuration: SimulatedConfiguration) -> String {
    let unmet = kernel.featureDepends.symbols.map(\.text).filter { configuration.configuration.values[$0] == .n }
    return "\(kernel.feature)=n" + (unmet.isEmpty ? "" : ": " + unmet.map { "\($0)=n" }.joined(separator: ", "))
  }
}
