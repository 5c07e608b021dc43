/// How a HugeTLB page came to be as it is before the architecture's code runs on it; the raw values stand in baselines.
package enum Scenario: String, Hashable, Sendable, CaseIterable {
  /// Booted with the switch on: the page is optimized as far as it can be.
  case switchedOn = "on"
  /// Booted with the switch off: the page is not optimized.
  case switchedOff = "off"
  /// Allocated while the switch was off, which was then turned on.
  case switchedOnLater = "on-later"
  /// Allocated while the switch was on, which was then turned off: the page stays optimized.
  case switchedOffLater = "off-later"

  /// The steps for people, in the kernel's words.
  package var description: String {
    switch self {
    case .switchedOn: "hugetlb_free_vmemmap=on"
    case .switchedOff: "hugetlb_free_vmemmap=off"
    case .switchedOnLater: "hugetlb_free_vmemmap=off, vm.hugetlb_optimize_vmemmap=1 after allocation"
    case .switchedOffLater: "hugetlb_free_vmemmap=on, vm.hugetlb_optimize_vmemmap=0 after allocation"
    }
  }

  /// What the boot parameter says.
  var bootParameter: Bool { self == .switchedOn || self == .switchedOffLater }

  /// What the sysctl is set to after the allocation; nil where it is not touched.
  var sysctlAfterwards: Bool? {
    switch self {
    case .switchedOn, .switchedOff: nil
    case .switchedOnLater: true
    case .switchedOffLater: false
    }
  }
}

/// The page flags before a run; the raw values stand in baselines.
package enum StartState: String, Hashable, Sendable {
  /// The page has never been mapped executable.
  case untouched
  /// The path that sets the flag has run for every entry that maps the HugeTLB page.
  case synchronised
  /// The flush mentions flags that no known path sets, so they are taken as set on the head.
  case flagsAssumedSet = "flags-assumed-set"

  /// For people.
  package var description: String {
    switch self {
    case .untouched: "never mapped executable"
    case .synchronised: "mapped executable"
    case .flagsAssumedSet: "page flags that no known path sets taken as set on the head"
    }
  }
}
