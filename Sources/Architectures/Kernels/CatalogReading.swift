import Diagnostics
import Kconfig
import LocatedYAML
import Vmemmap

/// One pass over a catalog that fits its schema; it collects what is wrong instead of stopping at the first mistake.
struct CatalogReading {
  let root: Node
  var problems: [Diagnostic] = []

  init(root: Node) {
    self.root = root
  }

  mutating func catalog() -> KernelCatalog {
    for list in ["generations", "page_flags"] { checkNames(in: list) }
    var placed: [(profile: KernelProfile, range: SourceRange)] = []
    for node in root["kernels"]?.items ?? [] {
      if let profile = profile(node) { placed.append((profile, node["from"]?.range ?? node.range)) }
    }
    checkOverlaps(placed)
    let profiles = placed.map(\.profile)
    return KernelCatalog(profiles: profiles, definitions: definitions(for: profiles))
  }

  /// All symbols by name: those of the list, and those that the profiles speak of.
  private mutating func definitions(for profiles: [KernelProfile]) -> [String: [KnownSymbol]] {
    var placed: [String: [(symbol: KnownSymbol, range: SourceRange)]] = [:]
    for node in root["symbols"]?.items ?? [] {
      guard let name = node["name"]?.scalar else { continue }
      let symbol = symbol(node, name: name.text)
      if let other = placed[name.text]?.first(where: { $0.symbol.overlaps(symbol) }) {
        problems.append(
          Diagnostic(
            id: "ARCH015", "'\(name.text)' is in 'symbols' twice", at: name.range,
            notes: [.init("first here", at: other.range)]))
      }
      placed[name.text, default: []].append((symbol, name.range))
    }
    var definitions = placed.mapValues { $0.map(\.symbol) }
    for profile in profiles {
      if case .symbol(let name) = profile.optIn {
        definitions[name] = [KnownSymbol(name: name, isSelectedOnly: true)]
      }
      definitions[profile.feature] = [KnownSymbol(name: profile.feature, isFeature: true)]
      if definitions[profile.defaultOn] == nil {
        definitions[profile.defaultOn] = [KnownSymbol(name: profile.defaultOn)]
      }
    }
    return definitions
  }

  private mutating func symbol(_ node: Node, name: String) -> KnownSymbol {
    var pageSize: UInt64?
    if let scalar = node["page_size"]?.scalar {
      do throws(Diagnostic) { pageSize = try scalar.asSize() } catch { problems.append(error) }
    }
    return KnownSymbol(
      name: name, from: version(node["from"]), before: version(node["before"]),
      architecture: node["architecture"]?.scalar?.text, value: expression(node["value"]),
      isSelectedOnly: node["selected"]?.scalar?.text == "y", depends: expression(node["depends"]),
      choice: node["choice"]?.scalar?.text, pageSize: pageSize, isInteger: node["type"]?.scalar?.text == "int")
  }

  private mutating func profile(_ node: Node) -> KernelProfile? {
    guard let from = version(node["from"]), let before = version(node["before"]),
      let generationName = node["generation"]?.scalar, let flagsName = node["page_flags"]?.scalar,
      let feature = node["feature"]?["symbol"]?.scalar?.text, let depends = expression(node["feature"]?["depends"]),
      let defaultOn = node["default_on"]?.scalar?.text
    else { return nil }
    guard let optIn = optIn(node) else { return nil }
    guard let generation = named(generationName, in: "generations"), let flags = named(flagsName, in: "page_flags")
    else { return nil }
    var predicates: [String: KernelProfile.PredicateMeaning] = [:]
    for entry in node["predicates"]?.entries ?? [] {
      predicates[entry.key.text] = entry.value.scalar.flatMap { KernelProfile.PredicateMeaning(rawValue: $0.text) }
    }
    guard from < before else {
      problems.append(
        Diagnostic(id: "ARCH015", "the range \(from)..\(before) is empty", at: node["before"]?.range ?? node.range))
      return nil
    }
    let bits = flagBits(flags)
    return KernelProfile(
      from: from, before: before, patches: (node["patches"]?.items ?? []).compactMap { $0.scalar?.text },
      generationName: generationName.text, generation: mechanism(generation, kernel: node), optIn: optIn,
      feature: feature, featureDepends: depends, defaultOn: defaultOn, predicates: predicates, pageFlags: bits)
  }

  private mutating func flagBits(_ flags: Node) -> [String: Int] {
    var bits: [String: Int] = [:]
    for entry in flags["bits"]?.entries ?? [] {
      guard let bit = number(entry.value) else { continue }
      guard bit < 64 else {
        problems.append(Diagnostic(id: "ARCH015", "a flags word has no bit \(bit)", at: entry.value.range))
        continue
      }
      bits[entry.key.text] = Int(bit)
    }
    return bits
  }

  private mutating func mechanism(_ node: Node, kernel: Node) -> Generation {
    let tails: Generation.TailTarget =
      switch node["tails"]?.scalar?.text {
      case "last_kept_frame": .lastReservedFrame
      case "head_copy": .headCopy(headCopyFailure(node))
      case "shared_frame": .sharedTailFrame
      default: .headFrame
      }
    let key: Generation.KeyRule =
      switch kernel["static_key"]?.scalar?.text {
      case "boot_parameter": .bootParameter
      case "mode_and_optimized_pages": .modeAndOptimizedPages
      case "optimized_pages": .optimizedPages
      default: .none
      }
    return Generation(
      reservedPages: keptPages(node), tailTarget: tails,
      fixesFakeHeads: node["fake_heads"]?.scalar?.text == "y",
      resetsStructPages: node["reset_on_restore"]?.scalar?.text == "y", keyRule: key,
      hasSysctl: kernel["sysctl"]?.scalar?.text == "y",
      tailEncoding: node["tail_word"]?.scalar?.text == "mask" ? .mask : .headPointer)
  }

  /// Twice the most that any kernel kept; without a bound a number might stand for all of a hugepage's pages.
  private static let mostKeptPages: UInt64 = 4

  private mutating func keptPages(_ node: Node) -> UInt64 {
    let kept = number(node["kept_pages"]) ?? 1
    if !(1...Self.mostKeptPages).contains(kept) {
      problems.append(
        Diagnostic(
          id: "ARCH015", "\(kept) kept pages: HVO keeps 1 to \(Self.mostKeptPages)",
          at: node["kept_pages"]?.range ?? node.range))
    }
    return kept
  }

  private mutating func headCopyFailure(_ node: Node) -> Generation.HeadCopyFailure {
    switch node["without_head_copy"]?.scalar?.text {
    case "give_up": return .giveUp
    case "reuse": return .reuseHeadFrame
    default:
      problems.append(
        Diagnostic(
          id: "SCHEMA002", "'tails: head_copy' needs 'without_head_copy'", at: node.keyRange("tails") ?? node.range))
      return .giveUp
    }
  }

  private mutating func number(_ node: Node?) -> UInt64? {
    guard let scalar = node?.scalar else { return nil }
    do throws(Diagnostic) {
      return try scalar.asWord()
    } catch {
      problems.append(error)
      return nil
    }
  }

  /// Two profiles that ask for the same patches must not cover the same version: one of them would never be used.
  private mutating func checkOverlaps(_ profiles: [(profile: KernelProfile, range: SourceRange)]) {
    for (index, later) in profiles.enumerated() {
      for earlier in profiles[..<index]
      where earlier.profile.patches == later.profile.patches
        && later.profile.from < earlier.profile.before && earlier.profile.from < later.profile.before
      {
        problems.append(
          Diagnostic(
            id: "ARCH015", "two kernels cover \(max(earlier.profile.from, later.profile.from))", at: later.range,
            notes: [.init("the other one", at: earlier.range)]))
      }
    }
  }

  private mutating func checkNames(in list: String) {
    var first: [String: SourceRange] = [:]
    for name in (root[list]?.items ?? []).compactMap({ $0["name"]?.scalar }) {
      if let place = first[name.text] {
        problems.append(
          Diagnostic(
            id: "ARCH015", "'\(name.text)' is in '\(list)' twice", at: name.range,
            notes: [.init("first here", at: place)]))
      }
      first[name.text] = first[name.text] ?? name.range
    }
  }

  private mutating func optIn(_ node: Node) -> KernelProfile.OptIn? {
    let optIn = node["opt_in"]
    if let symbol = optIn?["symbol"]?.scalar {
      if let condition = optIn?["condition"] {
        problems.append(
          Diagnostic(id: "SCHEMA001", "'opt_in' has 'symbol' and 'condition'", at: condition.range))
      }
      return .symbol(symbol.text)
    }
    if let condition = expression(node["opt_in"]?["condition"]) { return .condition(condition) }
    problems.append(
      Diagnostic(id: "SCHEMA002", "'opt_in' needs 'symbol' or 'condition'", at: node.keyRange("opt_in") ?? node.range))
    return nil
  }

  private mutating func named(_ name: Scalar, in list: String) -> Node? {
    let nodes = root[list]?.items ?? []
    if let node = nodes.first(where: { $0["name"]?.scalar?.text == name.text }) { return node }
    problems.append(
      Diagnostic(
        id: "ARCH015", "'\(name.text)' is not in '\(list)'", at: name.range,
        help: didYouMean(name.text, among: nodes.compactMap { $0["name"]?.scalar?.text })))
    return nil
  }

  private func version(_ node: Node?) -> KernelVersion? {
    node?.scalar.flatMap { KernelVersion($0.text) }
  }

  private func expression(_ node: Node?) -> KconfigExpression? {
    // The schema has already parsed it once.
    guard let scalar = node?.scalar else { return nil }
    return try? KconfigExpression.parse(scalar.embeddedText)
  }
}

extension KnownSymbol {
  /// Whether some version has both.
  fileprivate func overlaps(_ other: KnownSymbol) -> Bool {
    func begins(_ one: KnownSymbol, behind another: KnownSymbol) -> Bool {
      guard let from = one.from, let before = another.before else { return false }
      return before <= from
    }
    return !begins(self, behind: other) && !begins(other, behind: self)
  }
}
