import KernelC
import Simulation
import Vmemmap

extension RunOutcome {
  /// Did the kernel oops?
  var isFault: Bool {
    if case .fault(_, _, _) = path.ending { true } else { false }
  }
}
