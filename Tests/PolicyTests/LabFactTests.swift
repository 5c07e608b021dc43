import Diagnostics
import KernelC
import Policy
import Simulation
import Testing
import Vmemmap

/// What was measured on real kernels, in numbers of struct pages.
struct LabFactTests {
  @Test(arguments: [
    (12, "2M", Array(stride(from: 64, through: 448, by: 64))),
    (14, "32M", Array(stride(from: 256, through: 1792, by: 256))),
    (16, "512M", Array(stride(from: 1024, through: 7168, by: 1024))),
  ])
  func `the body before the patch faults on exactly the fake heads`(
    pageShift: Int, hugepage: String, expected: [Int]
  ) throws {
    let port = try Port(layout: .arm64(pageShift: pageShift), hugepages: [hugepage], flush: Body.givenPage).checked()
    #expect(faulting(port) == expected)
    #expect(port.findings("HVO001").first?.witness?.count == 7)
  }

  @Test func `it faults only from a state with the flag set on the head`() throws {
    let port = try Port(flush: Body.givenPage).checked()
    let states = try #require(port.observation).flush.filter { $0.isFault }.map(\.startState)
    #expect(!states.isEmpty)
    #expect(states.allSatisfy { $0 == .synchronised })
  }

  @Test(arguments: [Body.head, Body.headWhileEnabled])
  func `the forms of the patch and of 6_1 fault nowhere`(body: String) throws {
    #expect(try faulting(Port(flush: body).checked()) == [])
  }

  @Test func `a direct store faults on all 448 remapped tails`() throws {
    #expect(try faulting(Port(flush: Body.unconditional).checked()) == Array(64..<512))
  }

  @Test func `nothing faults while HVO is off`() throws {
    let port = try Port(flush: Body.givenPage).checked()
    let off = try #require(port.observation).flush.filter { $0.scenario == .switchedOff }
    #expect(!off.isEmpty)
    #expect(!off.contains { $0.isFault })
    #expect(!off.contains { !$0.aliases.isEmpty })
    let without = try Port(selects: [], flush: Body.unconditional).checked()
    #expect(without.findings.isEmpty)
    #expect(without.verdicts.map(\.overall) == [.off])
  }

  @Test func `the gate of v4 loses the flush of every tail while HVO is off, and of none while it is on`() throws {
    let port = try Port(flush: Body.headWhileEnabled).checked()
    let lost = { (scenario: Scenario) in
      indices(port) { $0.losesFlush && $0.scenario == scenario && $0.startState == .synchronised }
    }
    #expect(lost(.switchedOff) == Array(1..<512))
    #expect(lost(.switchedOn) == [])
    let finding = try #require(port.findings("HVO002").first)
    #expect(finding.severity == .warning)
    #expect(finding.witness?.count == 511)
  }

  @Test func `the body of 6_1 loses none, whether HVO is on or off`() throws {
    let port = try Port(flush: Body.head).checked()
    #expect(indices(port, where: \.losesFlush) == [])
  }

  @Test func `the body before the patch loses the flush of every tail that is no fake head`() throws {
    let port = try Port(flush: Body.givenPage).checked()
    let lost = indices(port) { $0.losesFlush && $0.scenario == .switchedOn && $0.startState == .synchronised }
    #expect(lost == (1..<512).filter { $0 % 64 != 0 })
  }

  @Test func `each struct page is flushed from the same state, so that the head's turn hides nothing`() throws {
    // A linear pass, head first, clears the only copy of the flag before a fake head's turn; real kernels show no
    // fault then. Each index starts anew here, so the head's run and the faults stand side by side.
    let port = try Port(flush: Body.givenPage).checked()
    let runs = try #require(port.observation).flush.filter {
      $0.scenario == .switchedOn && $0.startState == .synchronised
    }
    let head = try #require(runs.first { $0.structPages.contains(0) })
    #expect(head.structPages.indices == [0])
    #expect(head.path.stores.count == 1)
    #expect(runs.filter(\.isFault).reduce(0) { $0 + $1.structPages.count } == 7)
    #expect(runs.reduce(0) { $0 + $1.structPages.count } == 512)
  }

  @Test func `the fault is at the struct page itself`() throws {
    let witness = try #require(try Port(flush: Body.givenPage).checked().findings("HVO001").first?.witness)
    #expect(witness.address == 0xffff_fc00_0000_1000)
    #expect(witness.operation == "clear_bit")
  }

  private func faulting(_ port: CheckedPort) -> [Int] {
    indices(port, where: \.isFault)
  }

  private func indices(_ port: CheckedPort, where isMeant: (RunOutcome) -> Bool) -> [Int] {
    guard let observation = port.observation else { return [] }
    var all = StructPageSet(of: observation.structPages)
    for outcome in observation.flush where isMeant(outcome) { all.formUnion(outcome.structPages) }
    return all.indices
  }
}
