import Architectures
import Diagnostics
import KernelC
import Policy
import Simulation
import Vmemmap

/// What `flush_dcache_page()` does on one struct page: every path, store by store.
struct FlushTrace {
  let simulation: CellSimulation
  let architecture: Architecture
  let hugepage: Fact<UInt64>
  let structPage: Int?

  func write(into output: inout some TextOutputStream) throws {
    let observation: Observation
    do throws(Diagnostics) {
      observation = try simulation.observe(hugepage)
    } catch {
      throw CommandFailure(error.all)
    }
    guard architecture.flush != nil else {
      output.write("flush_dcache_page(): none\n")
      return
    }
    let index = structPage ?? firstRemarkable(observation)
    guard (0..<observation.structPages).contains(index) else {
      throw CommandFailure(
        Diagnostic(
          id: "SIM009", "struct page \(index) is not one of 0..\(observation.structPages - 1)", at: nil))
    }
    for run in observation.flush where run.structPages.contains(index) {
      output.write(
        "flush_dcache_page(struct page #\(index) of \(observation.structPages)): \(run.scenario.description), "
          + "\(run.startState.description)\n")
      if let first = run.structPages.first, first != index {
        output.write("  (behaves as struct page #\(first), whose addresses are shown)\n")
      }
      write(run, into: &output)
    }
  }

  /// The first struct page that faults, writes an alias, or loses a flush.
  private func firstRemarkable(_ observation: Observation) -> Int {
    let kinds: [(RunOutcome) -> Bool] = [
      { !$0.path.faults.isEmpty }, { !$0.aliases.isEmpty }, { $0.losesFlush },
    ]
    for kind in kinds {
      if let first = observation.flush.filter(kind).compactMap(\.structPages.first).min() { return first }
    }
    return 0
  }

  private func write(_ run: RunOutcome, into output: inout some TextOutputStream) {
    for condition in run.path.conditions {
      output.write("  if     \(place(condition.place)) \(condition.isTrue ? "" : "!")(\(condition.text))\n")
    }
    for store in run.path.stores {
      let before = store.before.map { hex($0) + " -> " } ?? ""
      output.write(
        "  STORE  \(place(store.place)) \(store.operation): \(hex(store.address)) \(before)\(hex(store.after))\n")
    }
    for alias in run.aliases {
      output.write("  ALIAS  the store at \(hex(alias.address)) also changes struct page #\(alias.changedIndex)\n")
    }
    for fault in run.path.faults {
      output.write("  FAULT  \(place(fault.place)) \(fault.operation)\n")
      output.write("         \(architecture.oopsSentence(at: fault.access.address))\n")
    }
    switch run.path.ending {
    case .returned where run.path.faults.isEmpty:
      output.write(run.losesFlush ? "  RETURN with the flag still set on the head: the flush is lost\n" : "  RETURN\n")
    case .returned, .stopped: break
    case .notUnderstood(let construct):
      output.write("  ?      \(place(construct.place)) \(construct.construct)\n")
    }
  }

  private func place(_ range: SourceRange) -> String {
    "\(range.path):\(range.start.line):\(range.start.column)"
  }

  private func hex(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
}
