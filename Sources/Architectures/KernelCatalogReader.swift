public import Diagnostics
import Kconfig
public import LocatedYAML
import Vmemmap

/// Reads `kernels/kernels.yaml`: kernel versions as data.
public enum KernelCatalogReader {
  /// The value of the `schema:` key.
  public static let name = "hvo/kernels/v1"

  /// The format `hvo/kernels/v1`.
  public static let file = Schema.mapping([
    .required("schema", .scalar(.choice([name])), "the format and its version"),
    .required("generations", .list(.mapping(generation)), "how HVO is implemented"),
    .required("symbols", .list(.mapping(symbol)), "Kconfig symbols that hvocheck knows in every kernel"),
    .required("page_flags", .list(.mapping(pageFlags)), "enum pageflags by kernel"),
    .required("kernels", .list(.mapping(kernel)), "ranges of kernel versions"),
  ])

  private static let generation: [Schema.Field] = [
    .required("name", .scalar(.identifier), "R2, R1, R1n or SH"),
    .required("kept_pages", .scalar(.integer), "vmemmap pages that keep their frames"),
    .required(
      "tails", .scalar(.choice(["last_kept_frame", "head_frame", "head_copy", "shared_frame"])),
      "what the remapped tail vmemmap pages map"),
    .required("fake_heads", .scalar(.yesNo), "does compound_head() undo fake heads?"),
    .optional(
      "without_head_copy", .scalar(.choice(["reuse", "give_up"])), "what happens without a frame for the head's copy"),
    .required("tail_word", .scalar(.choice(["head_pointer", "mask"])), "what a tail's compound_head word holds"),
    .required("reset_on_restore", .scalar(.yesNo), "does restore reset the copied struct pages of the head?"),
  ]

  private static let symbol: [Schema.Field] = [
    .required("name", .scalar(.kconfigSymbol), "the symbol"),
    .optional("architecture", .scalar(.identifier), "the directory under arch/ that has it; n for others"),
    .optional("value", .scalar(.expression), "what it follows from"),
    .optional("selected", .scalar(.yesNo), "y: it has no prompt and is y only where it is selected"),
  ]

  private static let pageFlags: [Schema.Field] = [
    .required("name", .scalar(.text), "a name for the numbering"),
    .required("bits", .dictionary(keys: .macroName, values: .scalar(.integer)), "bit numbers"),
  ]

  private static let kernel: [Schema.Field] = [
    .required("from", .scalar(.kernelVersion), "the first version"),
    .required("before", .scalar(.kernelVersion), "the first version behind the range"),
    .optional("patches", .list(.scalar(.text)), "message-ids that a descriptor must carry"),
    .required("generation", .scalar(.identifier), "a name of 'generations'"),
    .required(
      "opt_in",
      .mapping([
        .optional("symbol", .scalar(.kconfigSymbol), "the symbol that an architecture selects"),
        .optional("condition", .scalar(.expression), "the condition in the feature's own depends"),
      ]), "how an architecture opts in"),
    .required(
      "feature",
      .mapping([
        .required("symbol", .scalar(.kconfigSymbol), "the feature's symbol"),
        .required("depends", .scalar(.expression), "what it needs besides the opt-in"),
      ]), "the feature"),
    .required("default_on", .scalar(.kconfigSymbol), "makes the switch default to on"),
    .required(
      "static_key", .scalar(.choice(["none", "boot_parameter", "mode_and_optimized_pages", "optimized_pages"])),
      "what the static key counts"),
    .required("sysctl", .scalar(.yesNo), "can the switch be changed at run time?"),
    .required(
      "predicates",
      .dictionary(
        keys: .functionName,
        values: .scalar(.choice(KernelProfile.PredicateMeaning.allCases.map(\.rawValue)))),
      "what page-flag code may ask"),
    .required("page_flags", .scalar(.text), "a name of 'page_flags'"),
  ]

  /// Reads a catalog.
  /// - Throws: everything that is wrong with it.
  public static func read(_ source: SourceFile) throws(Diagnostics) -> KernelCatalog {
    let root = try LocatedYAML.parse(source)
    let problems = file.problems(in: root)
    guard problems.isEmpty else { throw Diagnostics(problems) }
    var reading = CatalogReading(root: root)
    let catalog = reading.catalog()
    guard reading.problems.isEmpty else { throw Diagnostics(reading.problems) }
    return catalog
  }
}

private struct CatalogReading {
  let root: Node
  var problems: [Diagnostic] = []

  init(root: Node) {
    self.root = root
  }

  mutating func catalog() -> KernelCatalog {
    var profiles: [KernelProfile] = []
    for node in root["kernels"]?.items ?? [] {
      if let profile = profile(node) { profiles.append(profile) }
    }
    var symbols: [String: KnownSymbol] = [:]
    for node in root["symbols"]?.items ?? [] {
      guard let name = node["name"]?.scalar?.text else { continue }
      symbols[name] = KnownSymbol(
        name: name, architecture: node["architecture"]?.scalar?.text, value: expression(node["value"]),
        isSelectedOnly: node["selected"]?.scalar?.text == "y")
    }
    for profile in profiles {
      if case .symbol(let name) = profile.optIn {
        symbols[name] = KnownSymbol(name: name, architecture: nil, value: nil, isSelectedOnly: true)
      }
      for name in [profile.feature, profile.defaultOn] where symbols[name] == nil {
        symbols[name] = KnownSymbol(
          name: name, architecture: nil, value: nil, isSelectedOnly: false, isFeature: name == profile.feature)
      }
    }
    return KernelCatalog(profiles: profiles, symbols: symbols)
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
    var bits: [String: Int] = [:]
    for entry in flags["bits"]?.entries ?? [] {
      bits[entry.key.text] = entry.value.scalar.flatMap { Int($0.text) }
    }
    return KernelProfile(
      from: from, before: before, patches: (node["patches"]?.items ?? []).compactMap { $0.scalar?.text },
      generationName: generationName.text, generation: mechanism(generation, kernel: node), optIn: optIn,
      feature: feature, featureDepends: depends, defaultOn: defaultOn, predicates: predicates, pageFlags: bits)
  }

  private func mechanism(_ node: Node, kernel: Node) -> Generation {
    let onFailure: Generation.HeadCopyFailure =
      node["without_head_copy"]?.scalar?.text == "give_up" ? .giveUp : .reuseHeadFrame
    let tails: Generation.TailTarget =
      switch node["tails"]?.scalar?.text {
      case "last_kept_frame": .lastReservedFrame
      case "head_copy": .headCopy(onFailure)
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
      reservedPages: node["kept_pages"]?.scalar.flatMap { UInt64($0.text) } ?? 1, tailTarget: tails,
      fixesFakeHeads: node["fake_heads"]?.scalar?.text == "y",
      resetsStructPages: node["reset_on_restore"]?.scalar?.text == "y", keyRule: key,
      hasSysctl: kernel["sysctl"]?.scalar?.text == "y",
      tailEncoding: node["tail_word"]?.scalar?.text == "mask" ? .mask : .headPointer)
  }

  private mutating func optIn(_ node: Node) -> KernelProfile.OptIn? {
    if let symbol = node["opt_in"]?["symbol"]?.scalar { return .symbol(symbol.text) }
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
