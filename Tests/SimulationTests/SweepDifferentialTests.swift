import KernelC
import TestSupport
import Testing

@testable import Simulation
@testable import Vmemmap

/// One run that stands for many struct pages must say what a run on each of them says.
struct SweepDifferentialTests {
  @Test(arguments: [UInt64](1...24))
  func `a sweep by classes says what a sweep by struct pages says`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed &* 0x1000)
    var (compared, grouped) = (0, 0)
    for round in 0..<40 {
      guard let random = RandomMachine(&generator) else { continue }
      var routine = RandomRoutine(generator: SeededGenerator(seed: generator.next()))
      let body = routine.body()
      let geometry = random.machine.geometry
      let program = try RandomRoutine.compile(
        body, structPageSize: geometry.structPageSize, pageShift: geometry.pageShift)
      let byClass = outcomes(random, program) { $0.run(from: .synchronised, on: &$1) }
      let byPage = outcomes(random, program) { $0.runOnEach(from: .synchronised, on: &$1) }
      for index in 0..<Int(random.hugepage.structPages) where byClass[index] != byPage[index] {
        Issue.record(
          """
          seed \(seed), round \(round), struct page \(index): \(random.description)
          \(body)
          by class: \(byClass[index] ?? [])
          by page:  \(byPage[index] ?? [])
          """)
        return
      }
      compared += 1
      grouped += program.dependsOnPageNumber ? 0 : 1
    }
    // A generator that makes no machines, or only code that looks at numbers, would compare nothing.
    #expect(compared > 25)
    #expect(grouped > 12)
  }

  /// What one path does, without what only names the struct page that stands for the others.
  private struct Seen: Hashable {
    var ending: String
    var conditions: [String]
    /// Each store by the struct page it goes to: the own one, or one that is the same for all.
    var stores: [String]
    var losesFlush: Bool
    var changesOthers: Bool
    var alias: String?
  }

  private func outcomes(
    _ random: RandomMachine, _ program: Program, _ run: (inout Sweep, inout Machine) -> Void
  ) -> [Int: [Seen]] {
    var machine = random.machine
    let size = machine.geometry.structPageSize
    var sweep = Sweep(scenario: .switchedOn, hugepage: random.hugepage, structPageSize: size, program: program)
    run(&sweep, &machine)
    var seen: [Int: [Seen]] = [:]
    for outcome in sweep.outcomes {
      for index in outcome.structPages.indices { seen[index, default: []].append(self.seen(outcome, size)) }
    }
    return seen
  }

  private func seen(_ outcome: RunOutcome, _ structPageSize: UInt64) -> Seen {
    // Code that only follows pointers stores to its own struct page, or to one that its class shares.
    func place(_ address: UInt64) -> String {
      let offset = address &- outcome.address
      return offset < structPageSize ? "own+\(offset)" : String(address, radix: 16)
    }
    let ending =
      switch outcome.path.ending {
      case .returned: "returned"
      case .stopped:
        outcome.path.faults.map { "\($0.access.kind) \($0.operation) \(place($0.access.address))" }.joined()
      case .notUnderstood: "not understood"
      }
    return Seen(
      ending: ending, conditions: outcome.path.conditions.map { "\($0.text) \($0.isTrue)" },
      stores: outcome.path.stores.map { "\($0.operation) \($0.before ?? 0) \($0.after) \(place($0.address))" },
      losesFlush: outcome.losesFlush, changesOthers: !outcome.aliases.isEmpty, alias: outcome.aliases.first?.operation)
  }
}
