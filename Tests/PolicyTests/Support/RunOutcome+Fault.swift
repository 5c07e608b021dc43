import KernelC
import Simulation
import Vmemmap

extension RunOutcome {
  /// Did the kernel oops?
  var isFault: Bool {
    !path.faults.isEmpty
  }
}
