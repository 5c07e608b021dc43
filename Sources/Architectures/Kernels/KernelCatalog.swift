/// All kernel profiles and the symbols they speak of.
package struct KernelCatalog: Sendable {
  /// The profiles in file order.
  package var profiles: [KernelProfile]
  /// Known symbols by name, those of the profiles included; of one that versions have differently, the first.
  package let symbols: [String: KnownSymbol]
  /// The symbols by which kernels let an architecture opt in, those of the feature, and those that switch it on.
  let kernelSymbols: Set<String>
  private let definitions: [String: [KnownSymbol]]
  private let choices: [String: [String]]

  init(profiles: [KernelProfile], definitions: [String: [KnownSymbol]]) {
    self.profiles = profiles
    self.definitions = definitions
    symbols = definitions.compactMapValues(\.first)
    var kernelSymbols: Set<String> = []
    for profile in profiles {
      kernelSymbols.formUnion([profile.feature, profile.defaultOn])
      if case .symbol(let name) = profile.optIn { kernelSymbols.insert(name) }
    }
    self.kernelSymbols = kernelSymbols
    var choices: [String: [String]] = [:]
    for (name, all) in definitions {
      for choice in Set(all.compactMap(\.choice)) { choices[choice, default: []].append(name) }
    }
    self.choices = choices
  }

  /// The symbols that are members of a choice in some version.
  func members(of choice: String) -> [String] { choices[choice] ?? [] }

  /// A symbol as a version has it; nil where it does not exist there, or is not known.
  package func symbol(_ name: String, in version: KernelVersion) -> KnownSymbol? {
    definitions[name]?.first { $0.holds(in: version) }
  }

  /// The profile of a version with patches on top: of those that fit, the one that asks for most patches.
  package func profile(of version: KernelVersion, patches: [String]) -> KernelProfile? {
    profiles
      .filter { $0.from <= version && version < $0.before && $0.patches.allSatisfy(patches.contains) }
      .max { $0.patches.count < $1.patches.count }
  }

  /// The versions that some profile covers, for people; neighbouring ranges are one.
  package var coveredRanges: [String] {
    Self.joined(profiles).map { "\($0.from) up to, but not, \($0.before)" }
  }

  /// The ranges of profiles in order; those that meet or overlap are one.
  private static func joined(_ profiles: [KernelProfile]) -> [(from: KernelVersion, before: KernelVersion)] {
    var ranges: [(from: KernelVersion, before: KernelVersion)] = []
    for profile in profiles.sorted(by: { $0.from < $1.from }) {
      if let last = ranges.last, profile.from <= last.before {
        ranges[ranges.count - 1].before = max(last.before, profile.before)
      } else {
        ranges.append((profile.from, profile.before))
      }
    }
    return ranges
  }

  /// Every symbol by which some kernel lets an architecture opt in.
  package var optInSymbols: Set<String> {
    Set(
      profiles.compactMap { profile in
        if case .symbol(let name) = profile.optIn { name } else { nil }
      })
  }

  /// The ranges of versions in which a symbol is the opt-in symbol, `v6.4-rc1..v6.5-rc1`; neighbouring ones are one.
  package func ranges(ofOptIn symbol: String) -> [String] {
    let profiles = profiles.filter { profile in
      if case .symbol(symbol) = profile.optIn { true } else { false }
    }
    return Self.joined(profiles).map { "\($0.from)..\($0.before)" }
  }
}
