import Architectures
import Diagnostics
import KernelC
import Policy
import Simulation
import Vmemmap

/// What `sim` says when nothing else is asked for: the savings, the remap, and what each start state led to.
struct SimulationSummary {
  let architecture: Architecture
  let hugepage: UInt64
  let observation: Observation

  func write(into output: inout some TextOutputStream) {
    let pageSize = UInt64(1) << UInt64(architecture.layout.pageShift)
    output.write(
      "\(architecture.name): kernel \(architecture.kernelDescription), generation \(architecture.kernel.generationName), "
        + "\(sizeText(pageSize)) pages, \(sizeText(hugepage)) HugeTLB\n")
    output.write("  \(observation.structPages) struct pages take \(vmemmapText(pageSize)) of vmemmap\n")
    if let obstacle = observation.obstacle {
      output.write("  not optimized: \(obstacle.reason)\n")
    } else {
      let saved = observation.freedPages * pageSize
      output.write(
        "  \(observation.freedPages) vmemmap pages freed (\(saved / 1024) KiB): \(gibPerTib(saved)) GiB per TiB\n")
      output.write(
        "  remap: live PTEs that get another output address: \(observation.replacedLivePTEs), "
          + "live blocks that are split: \(observation.splitLiveBlocks) (live_pte_replace: \(architecture.livePTEReplace.value.rawValue))\n"
      )
    }
    write(architecture.icacheSync?.routine.name ?? "icache sync", observation.icacheSync, into: &output)
    write("flush_dcache_page", observation.flush, into: &output)
    if architecture.flush == nil { output.write("  flush_dcache_page(): none\n") }
  }

  private func write(_ function: String, _ outcomes: [RunOutcome], into output: inout some TextOutputStream) {
    for scenario in Scenario.allCases {
      let here = outcomes.filter { $0.scenario == scenario }
      for state in [StartState.untouched, .synchronised, .flagsAssumedSet] {
        let runs = here.filter { $0.startState == state }
        guard !runs.isEmpty else { continue }
        output.write("  \(function)(): \(scenario.description), \(state.description)\n")
        line("return", runs.filter(\.returns), into: &output)
        line("lose the flush", runs.filter(\.losesFlush), into: &output)
        line("change other struct pages through an alias", runs.filter { !$0.aliases.isEmpty }, into: &output)
        let faulting = runs.filter { !$0.path.faults.isEmpty }
        line("fault", faulting, into: &output)
        if let first = faulting.min(by: { ($0.structPages.first ?? 0) < ($1.structPages.first ?? 0) }),
          let fault = first.path.faults.first
        {
          output.write("      \(architecture.oopsSentence(at: fault.access.address))\n")
        }
        for run in runs {
          if case .notUnderstood(let construct) = run.path.ending {
            output.write(
              "      ? \(construct.construct) (\(construct.place.path):\(construct.place.start.line):\(construct.place.start.column))\n"
            )
          }
        }
      }
    }
  }

  private func line(_ verb: String, _ runs: [RunOutcome], into output: inout some TextOutputStream) {
    guard !runs.isEmpty else { return }
    var structPages = StructPageSet(of: observation.structPages)
    for run in runs { structPages.formUnion(run.structPages) }
    output.write("    \(structPages.count) of \(observation.structPages) \(verb): \(structPages.summary)\n")
  }

  private func vmemmapText(_ pageSize: UInt64) -> String {
    let bytes = observation.vmemmapBytes
    return bytes % pageSize == 0 ? "\(bytes / pageSize) pages" : "\(bytes) bytes"
  }

  /// 2^40 / hugepage pages save so much each; four decimals, rounded as in the savings table of the kernel's documents.
  private func gibPerTib(_ savedPerHugepage: UInt64) -> String {
    let tenThousandths = (UInt64(1) << 40) / hugepage * savedPerHugepage / 1024 * 10000
    let rounded = (tenThousandths + (1 << 19)) >> 20
    let fraction = String(rounded % 10000)
    return "\(rounded / 10000)." + String(repeating: "0", count: 4 - fraction.count) + fraction
  }
}
