package import Architectures
import Diagnostics
import KernelC
package import Simulation
import Vmemmap

/// What was done and seen in one cell, for readers who want to see why a verdict is what it is: also why it is `ok`.
package struct CellEvidence: Sendable {
  /// Struct pages of the HugeTLB page.
  package var structPages: Int
  /// `sizeof(struct page)` in bytes.
  package var structPageSize: UInt64
  /// Bytes of vmemmap that the struct pages take.
  package var vmemmapBytes: UInt64
  /// The page tables before and after; nil where nothing is remapped.
  package var remap: RemapPicture?
  /// The vmemmap part of kernel_page_tables after the remap; empty where the architecture's format is not modelled.
  package var dump: [String]
  /// Live valid PTEs that got another output address.
  package var replacedLivePTEs: UInt64
  /// Live vmemmap blocks that were split.
  package var splitLiveBlocks: UInt64
  /// The runs of the architecture's code, by routine, scenario and start state.
  package var runs: [RunTally]

  /// Gathers the evidence of a cell; nil where nothing was simulated.
  /// - Complexity: that of booting the machine of the simulation once more.
  package init?(of cell: Matrix.Cell, architecture: Architecture) {
    guard let observation = cell.observation else { return nil }
    structPages = observation.structPages
    structPageSize = cell.configuration.structPageSize.value
    vmemmapBytes = observation.vmemmapBytes
    dump = []
    replacedLivePTEs = observation.replacedLivePTEs
    splitLiveBlocks = observation.splitLiveBlocks
    runs =
      RunTally.tallies(of: architecture.icacheSync?.routine.name ?? "", observation.icacheSync)
      + RunTally.tallies(of: "flush_dcache_page", observation.flush)
    guard observation.obstacle == nil else { return }
    // The simulation came through with the same machine. Should it not do so here, the words stand without a picture.
    let simulation = CellSimulation(architecture: architecture, configuration: cell.configuration)
    guard let setup = try? simulation.setup(),
      let remapped = try? RemappedMachine(
        setup: setup, memoryStart: architecture.layout.memoryStart, hugepageSize: cell.hugepage)
    else { return }
    remap = RemapPicture(of: remapped)
    dump = architecture.ptdump?.lines(of: remapped.after) ?? []
  }
}

extension Architecture.PtdumpStyle {
  /// The lines that this architecture's kernel would print of a machine's vmemmap.
  fileprivate func lines(of machine: Machine) -> [String] {
    switch self {
    case .arm64: Ptdump.arm64(machine.geometry).lines(of: machine)
    case .x86: Ptdump.x86(machine.geometry).lines(of: machine)
    }
  }
}
