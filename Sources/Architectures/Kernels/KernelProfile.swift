package import Kconfig
package import Vmemmap

/// How one range of kernel versions names and implements HVO (`kernels/kernels.yaml`).
package struct KernelProfile: Sendable {
  /// How an architecture opts in.
  package enum OptIn: Sendable {
    /// By selecting this symbol.
    case symbol(String)
    /// Not at all: the condition stands in the feature's own `depends on`.
    case condition(KconfigExpression)
  }

  /// What a predicate that page-flag code may ask reports.
  package enum PredicateMeaning: String, Sendable, CaseIterable {
    /// The boot parameter, or the sysctl where there is one.
    case switchState = "switch"
    /// The static key that guards the fake-head check.
    case staticKey = "static_key"
  }

  /// First version of the range.
  package var from: KernelVersion
  /// First version behind the range.
  package var before: KernelVersion
  /// Message-ids that a descriptor must carry for the profile to apply.
  package var patches: [String]
  /// The name of the generation: R2, R1, R1n or SH.
  package var generationName: String
  /// The mechanism itself.
  package var generation: Generation
  /// How an architecture opts in.
  package var optIn: OptIn
  /// The feature's symbol, such as `HUGETLB_PAGE_OPTIMIZE_VMEMMAP`.
  package var feature: String
  /// What the feature needs besides the opt-in.
  package var featureDepends: KconfigExpression
  /// The symbol that makes the switch default to on.
  package var defaultOn: String
  /// Predicates that page-flag code may ask.
  package var predicates: [String: PredicateMeaning]
  /// enum pageflags: bit numbers by name.
  package var pageFlags: [String: Int]

  /// The range for people: `v5.19..v6.0-rc1`.
  package var range: String { "\(from)..\(before)" }
}
