public import Kconfig
public import Vmemmap

/// How one range of kernel versions names and implements HVO (`kernels/kernels.yaml`).
public struct KernelProfile: Sendable {
  /// How an architecture opts in.
  public enum OptIn: Sendable {
    /// By selecting this symbol.
    case symbol(String)
    /// Not at all: the condition stands in the feature's own `depends on`.
    case condition(KconfigExpression)
  }

  /// What a predicate that page-flag code may ask reports.
  public enum PredicateMeaning: String, Sendable, CaseIterable {
    /// The boot parameter, or the sysctl where there is one.
    case switchState = "switch"
    /// The static key that guards the fake-head check.
    case staticKey = "static_key"
  }

  /// First version of the range.
  public var from: KernelVersion
  /// First version behind the range.
  public var before: KernelVersion
  /// Message-ids that a descriptor must carry for the profile to apply.
  public var patches: [String]
  /// The name of the generation: R2, R1, R1n or SH.
  public var generationName: String
  /// The mechanism itself.
  public var generation: Generation
  /// How an architecture opts in.
  public var optIn: OptIn
  /// The feature's symbol, such as `HUGETLB_PAGE_OPTIMIZE_VMEMMAP`.
  public var feature: String
  /// What the feature needs besides the opt-in.
  public var featureDepends: KconfigExpression
  /// The symbol that makes the switch default to on.
  public var defaultOn: String
  /// Predicates that page-flag code may ask.
  public var predicates: [String: PredicateMeaning]
  /// enum pageflags: bit numbers by name.
  public var pageFlags: [String: Int]

  /// The range for people: `v5.19..v6.0-rc1`.
  public var range: String { "\(from)..\(before)" }
}
