import Architectures
import Diagnostics
import KernelC
import Simulation
import Vmemmap

/// The way to a violation, step by step: the HugeTLB page, the remap, the flags, the conditions, the stores.
struct WitnessSteps {
  typealias Step = Finding.Witness.Step

  let architecture: Architecture
  let hugepage: UInt64
  let observation: Observation

  /// The steps of a run, the violation last.
  func all(of run: ViolatingRun) -> [Step] {
    let (outcome, path) = (run.outcome, run.outcome.path)
    return [allocation(outcome)] + remap(outcome)
      + [Step(text: "before the run: \(outcome.startState.description)", place: nil)]
      + path.conditions.prefix(run.conditionsBefore).map { condition in
        Step(text: "taken as \(condition.isTrue ? "true" : "false"): \(condition.text)", place: condition.place)
      }
      + path.stores.prefix(run.storesBefore).map(store) + faultsBefore(run) + [violation(run)].compactMap { $0 }
  }

  private func allocation(_ outcome: RunOutcome) -> Step {
    Step(
      text: "\(sizeText(hugepage)) HugeTLB page, \(outcome.scenario.description): "
        + "\(observation.structPages) struct pages in \(sizeText(observation.vmemmapBytes)) of vmemmap",
      place: architecture.hugepages.first { $0.value == hugepage }?.range)
  }

  private func remap(_ outcome: RunOutcome) -> [Step] {
    guard outcome.isOptimized else {
      return [Step(text: "its vmemmap is not remapped: each struct page has a frame of its own", place: nil)]
    }
    var steps: [Step] = []
    if observation.splitLiveBlocks > 0 {
      steps.append(
        Step(text: "SET_PMD: \(observation.splitLiveBlocks) live vmemmap block split into PTEs", place: nil))
    }
    let readOnly = architecture.pageKernelReadOnly
    steps.append(
      Step(
        text: "SET_PTE: \(observation.replacedLivePTEs) vmemmap PTEs get another output address, \(tailTarget), "
          + "\(readOnly.value ? "ro" : "RW"); \(observation.freedPages) frames are given back",
        place: readOnly.range))
    return steps
  }

  private var tailTarget: String {
    switch architecture.kernel.generation.tailTarget {
    case .lastReservedFrame: "that of the last vmemmap page that is kept"
    case .headFrame: "that of the head's struct page"
    case .headCopy: "that of a copy of the head's frame"
    case .sharedTailFrame: "that of one frame for all HugeTLB pages of this size"
    }
  }

  private func store(_ store: ExecutionPath.Store) -> Step {
    let before = store.before.map { "0x" + String($0, radix: 16) + " -> " } ?? ""
    return Step(
      text: "\(store.operation): 0x\(hexadecimal(store.address)) \(before)0x\(String(store.after, radix: 16))",
      place: store.place)
  }

  /// Stores that fault before; the run goes on as it would once they were mended.
  private func faultsBefore(_ run: ViolatingRun) -> [Step] {
    let faults = run.outcome.path.faults
    let before = faults.firstIndex { RunEvent.fault($0).key == run.event.key } ?? faults.count
    return faults.prefix(before).map { fault in
      Step(text: "goes on as if mended: \(fault.operation), which faults itself", place: fault.place)
    }
  }

  private func violation(_ run: ViolatingRun) -> Step? {
    let structPage = run.outcome.structPages.first.map { "struct page #\($0) of \(observation.structPages)" } ?? ""
    switch run.event {
    case .fault(let fault):
      let oops = architecture.oopsSentence(at: fault.access.address)
      return Step(text: "\(fault.operation) on \(structPage): \(oops)", place: fault.place)
    case .aliasWrite(let alias):
      return Step(
        text: "the store at 0x\(hexadecimal(alias.address)), \(structPage), also changes struct page "
          + "#\(alias.changedIndex): the frame is mapped more than once", place: alias.place)
    case .lostFlush(let exit):
      return Step(text: "returns from \(structPage); the flag is still set on the head", place: exit)
    case .notUnderstood(let construct):
      return Step(text: "not understood: \(construct.construct)", place: construct.place)
    case .run: return nil
    }
  }
}
