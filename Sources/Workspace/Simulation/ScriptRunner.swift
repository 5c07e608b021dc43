package import Architectures
package import Diagnostics
import Policy
import Simulation
package import Vmemmap

/// Carries out a script on a machine.
package struct ScriptRunner {
  /// The machine after the steps so far.
  package private(set) var machine: Machine
  private let ptdump: Ptdump?

  /// Boots the machine.
  /// - Throws: memory that does not fit the architecture.
  package init(_ script: SimulationScript, setup: MachineSetup, style: Architecture.PtdumpStyle?) throws(Diagnostic) {
    var setup = setup
    setup.bootParameter = script.bootParameter
    setup.memory = script.memory.map { PhysicalRange(start: $0.start, size: $0.size) }
    do throws(SetupError) {
      machine = try Machine(setup)
    } catch {
      throw Diagnostic(id: "SIM004", "the machine cannot boot with this memory", at: nil, reasons: [error.inWords])
    }
    ptdump =
      switch style {
      case .arm64: Ptdump.arm64(setup.geometry)
      case .x86: Ptdump.x86(setup.geometry)
      case nil: nil
      }
  }

  /// Records the machine's steps from now on.
  package mutating func startRecording() {
    machine.log = []
  }

  /// Carries out the steps; dumps and messages go to `output`.
  package mutating func run(_ steps: [SimulationScript.Step], into output: inout some TextOutputStream)
    throws(Diagnostic)
  {
    for step in steps {
      do throws(HugepageError) {
        try perform(step, into: &output)
      } catch {
        throw Diagnostic(id: "SIM005", "this step cannot be done", at: step.place, reasons: [error.inWords])
      }
      if case .dump(let label) = step.action {
        guard let ptdump else {
          throw Diagnostic(
            id: "SIM006", "the architecture's dump format is not modelled", at: step.place,
            help: ["'ptdump: arm64' or 'ptdump: x86' in the descriptor chooses one"])
        }
        if let label { output.write("# \(label)\n") }
        for line in ptdump.lines(of: machine) { output.write(line + "\n") }
      }
    }
  }

  private mutating func perform(
    _ step: SimulationScript.Step, into output: inout some TextOutputStream
  ) throws(HugepageError) {
    switch step.action {
    case .allocate(let size, let addresses):
      for address in addresses {
        if try machine.allocateHugepage(size: size, at: address) == .outOfMemory {
          output.write("# no frame for the remap of 0x\(String(address, radix: 16)): it stays as it is\n")
        }
      }
    case .free(let addresses):
      for address in addresses.isEmpty ? machine.allHugepages.map(\.physicalAddress) : addresses {
        if try machine.freeHugepage(at: address) == .keptAsSurplus {
          output.write("# no frames to restore 0x\(String(address, radix: 16)): it stays as surplus\n")
        }
      }
    case .sysctl(let on): try machine.setOptimizeVmemmap(on)
    case .leaveFreeFrames(let count): machine.leaveFreeFrames(count)
    case .dump: break
    }
  }
}
