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

/// A Kconfig symbol that hvocheck knows.
public struct KnownSymbol: Sendable {
  /// Its name without `CONFIG_`.
  public var name: String
  /// The directory under `arch/` to which it belongs; n for all others.
  public var architecture: String?
  /// What it follows from.
  public var value: KconfigExpression?
  /// Has no prompt: y only where it is selected.
  public var isSelectedOnly: Bool
  /// Is some kernel's symbol of HVO itself.
  public var isFeature = false
}

/// All kernel profiles and the symbols they speak of.
public struct KernelCatalog: Sendable {
  /// The profiles in file order.
  public var profiles: [KernelProfile]
  /// Known symbols by name, those of the profiles included.
  public var symbols: [String: KnownSymbol]

  /// The profile of a version with patches on top: of those that fit, the one that asks for most patches.
  public func profile(of version: KernelVersion, patches: [String]) -> KernelProfile? {
    profiles
      .filter { $0.from <= version && version < $0.before && $0.patches.allSatisfy(patches.contains) }
      .max { $0.patches.count < $1.patches.count }
  }

  /// Every symbol by which some kernel lets an architecture opt in.
  public var optInSymbols: Set<String> {
    Set(
      profiles.compactMap { profile in
        if case .symbol(let name) = profile.optIn { name } else { nil }
      })
  }

  /// The ranges of versions in which a symbol is the opt-in symbol.
  public func ranges(ofOptIn symbol: String) -> [String] {
    profiles.compactMap { profile in
      if case .symbol(symbol) = profile.optIn { profile.range } else { nil }
    }
  }
}
