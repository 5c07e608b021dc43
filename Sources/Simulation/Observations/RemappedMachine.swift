package import Vmemmap

/// The machine of a `FlushExperiment` before its HugeTLB page is allocated with HVO switched on, and after.
package struct RemappedMachine: Sendable {
  /// Booted; no struct page is a head or tail.
  package let before: Machine
  /// The vmemmap of the HugeTLB page is remapped, as far as it can be.
  package let after: Machine
  /// The HugeTLB page.
  package let hugepage: Hugepage

  /// Boots it.
  /// - Parameters:
  ///   - setup: the machine; its memory is chosen here.
  ///   - memoryStart: where memory starts on a usual machine, a physical address.
  ///   - hugepageSize: bytes.
  package init(setup: MachineSetup, memoryStart: UInt64, hugepageSize: UInt64) throws(FlushExperiment.Failure) {
    var setup = setup.withMemory(for: hugepageSize, from: memoryStart)
    setup.bootParameter = true
    do throws(SetupError) {
      before = try Machine(setup)
    } catch {
      throw .setup(error)
    }
    var machine = before
    hugepage = try machine.allocated(hugepageSize, at: setup.memory.first?.start ?? 0)
    after = machine
  }
}
