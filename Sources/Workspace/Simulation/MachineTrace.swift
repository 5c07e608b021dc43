import Simulation
package import Vmemmap

/// The steps of a machine, one a line.
package struct MachineTrace {
  package let machine: Machine

  /// The steps that a machine has recorded.
  package init(machine: Machine) {
    self.machine = machine
  }

  package func writeLog(into output: inout some TextOutputStream) {
    for (number, event) in (machine.log ?? []).enumerated() {
      output.write("#\(number + 1) \(text(event))\n")
    }
  }

  private func text(_ event: Event) -> String {
    switch event.kind {
    case .prepareCompound: "PREP      head \(hex(event.address)), \(event.before) struct pages"
    case .destroyCompound: "DESTROY   head \(hex(event.address)), \(event.before) struct pages"
    case .allocateFrame: "ALLOC     frame \(hex(event.address))"
    case .allocationFailed: "ENOMEM    \(event.before) frames wanted, \(event.after) free"
    case .freeFrame: "FREE      frame \(hex(event.address))"
    case .copyFrame: "COPY      frame \(hex(event.before)) -> \(hex(event.address))"
    case .resetStructPages: "RESET     struct pages 0..2 of frame \(hex(event.address))"
    case .fillTable: "FILL      PTE table \(hex(event.before)) for \(hex(event.address)), \(event.after) entries"
    case .setPTE: "SET_PTE   \(hex(event.address)) \(hex(event.before)) -> \(entry(event.after))\(live(event))"
    case .setPMD: "SET_PMD   \(hex(event.address)) \(hex(event.before)) -> \(hex(event.after))\(live(event))"
    case .flushTLB: "TLBI      \(hex(event.address)) .. \(hex(event.before))"
    case .keyIncrement: "KEY       \(event.before) -> \(event.after)"
    case .keyDecrement: "KEY       \(event.before) -> \(event.after)"
    case .setSwitch: "SYSCTL    vm.hugetlb_optimize_vmemmap=\(event.after)"
    case .store: "STORE     \(hex(event.address)) \(hex(event.before)) -> \(hex(event.after))"
    case .readOnlyFault: "FAULT     store to read-only \(hex(event.address))"
    }
  }

  private func entry(_ word: UInt64) -> String {
    hex(word) + (machine.setup.pteFormat.isWritable(word) ? " RW" : " ro")
  }

  /// The change that break-before-make is about.
  private func live(_ event: Event) -> String {
    let format = machine.setup.pteFormat
    guard format.isValid(event.before), format.isValid(event.after) else { return "" }
    if event.kind == .setPMD { return "  (live block split)" }
    let moves = format.physicalAddress(of: event.before) != format.physicalAddress(of: event.after)
    return moves ? "  (live: another output address)" : ""
  }

  private func hex(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
}
