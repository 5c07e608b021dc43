package import Diagnostics
package import LocatedYAML

/// Reads `kernels/kernels.yaml`: kernel versions as data.
package enum KernelCatalogReader {
  /// The value of the `schema:` key.
  package static let name = "hvo/kernels/v1"

  /// The format `hvo/kernels/v1`.
  package static let file = Schema.mapping([
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
    .optional("from", .scalar(.kernelVersion), "the first version that has it so"),
    .optional("before", .scalar(.kernelVersion), "the first version behind those that have it so"),
    .optional("architecture", .scalar(.identifier), "the directory under arch/ that has it; others do not"),
    .optional("value", .scalar(.expression), "what it follows from"),
    .optional("depends", .scalar(.expression), "its depends on: where this is n, the symbol is n"),
    .optional("choice", .scalar(.identifier), "a name for the choice that it is a member of; one member is y"),
    .optional("page_size", .scalar(.powerOfTwoSize), "it can be y only with base pages of this size"),
    .optional("type", .scalar(.choice(["bool", "int"])), "bool if not given; the value of an int is not known"),
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
  package static func read(_ source: SourceFile) throws(Diagnostics) -> KernelCatalog {
    let root = try LocatedYAML.parse(source)
    let problems = file.problems(in: root)
    guard problems.isEmpty else { throw Diagnostics(problems) }
    var reading = CatalogReading(root: root)
    let catalog = reading.catalog()
    guard reading.problems.isEmpty else { throw Diagnostics(reading.problems.inTextOrder()) }
    return catalog
  }
}
