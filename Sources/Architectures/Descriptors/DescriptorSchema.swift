import Diagnostics
import KernelC
package import LocatedYAML

/// The format `hvo/arch/v1`: what a descriptor may say. The JSON Schema and the reader follow from it.
package enum DescriptorSchema {
  /// The value of the `schema:` key.
  package static let name = "hvo/arch/v1"

  /// A whole file. Whether a fact that a cell needs is there is checked on the resolved variants, because
  /// `extends:` and `variants:` may give it.
  package static let file = Schema.mapping(header + differenceFields + [variants])

  /// A variant, or the base, after inheritance.
  static let resolved = Schema.mapping(header + facts.map(required))

  private static let header: [Schema.Field] = [
    .required("schema", .scalar(.choice([name])), "the format and its version"),
    .required("arch", .scalar(.identifier), "the directory under arch/ in the kernel tree"),
    .optional(
      "abstract", .scalar(.choice(["true", "false"])),
      "true: nothing is checked but the variants, and the descriptors that extend this one"),
    .optional("variant", .scalar(.variantName), "the name of what the file itself describes, besides its 'variants'"),
    .optional("extends", .scalar(.identifier), "another descriptor in the same folder, without .yaml"),
  ]

  /// What a single port says of itself, in the order in which it is asked for; the keys that link descriptors are left out.
  static let explained = facts.map(required)

  /// What a variant, or a test case, may say of its base.
  package static let differences = Schema.mapping(differenceFields)

  /// What a file may say of the one that it extends, and a variant of its base.
  private static let differenceFields =
    facts.map { .optional($0.name, .deletable($0.schema.partial), $0.description) } + facts.compactMap(appending)

  private static let variants = Schema.Field.optional(
    "variants", .dictionary(keys: .variantName, values: .deletable(differences)),
    "differences by variant; maps merge by key, scalars and lists replace, +key appends to a list, null deletes")

  /// Facts that every cell needs.
  private static let necessary: Set<String> = [
    "source", "config", "struct_page", "page_kernel_ro", "live_pte_replace", "section_size", "flush_dcache_page",
    "icache_sync", "page_size", "page_table", "vmemmap", "vmemmap_leaf", "hugepages",
  ]

  private static func required(_ field: Schema.Field) -> Schema.Field {
    necessary.contains(field.name) ? .required(field.name, field.schema, field.description) : field
  }

  /// `+key` for facts that are lists, in their short or long form.
  private static func appending(_ field: Schema.Field) -> Schema.Field? {
    let list: Schema? =
      switch field.schema {
      case .list: field.schema
      case .oneOf(let alternatives): alternatives.first { if case .list = $0 { true } else { false } }
      default: nil
      }
    return list.map { .optional("+" + field.name, $0, "appended to the inherited list: " + field.description) }
  }

  private static let facts: [Schema.Field] = [
    .optional("title", .scalar(.text), "a line for people"),
    .optional("source", .mapping(source), "what this descriptor was read from"),
    .optional(
      "config", .dictionary(keys: .kconfigSymbol, values: .scalar(.kconfigValue)),
      "what the checked .config sets; a symbol that matters and is not listed is checked both ways"),
    .optional("symbols", .list(.scalar(.kconfigSymbol)), "Kconfig symbols that hvocheck does not know yet"),
    .optional(
      "select", .list(.mapping(select)), "the Kconfig select lines on which HVO depends, the opt-in symbol first of all"
    ),
    .optional("define", .list(.mapping(define)), "C macros of the architecture; they are not Kconfig symbols"),
    .optional(
      "page_flags", .dictionary(keys: .macroName, values: .scalar(.pageFlag), besides: [at]),
      "the architecture's names for page flags: PG_dcache_clean: PG_arch_1, or a bit number"),
    .optional("struct_page", .mapping(structPage), "sizeof(struct page); HVO needs a power of two"),
    .optional(
      "page_kernel_ro", fact(.yesNo), "does the architecture define PAGE_KERNEL_RO? without it tails stay writable"),
    .optional(
      "live_pte_replace", fact(.choice(Architecture.LivePTEReplace.allCases.map(\.rawValue))),
      "may a live valid kernel page-table entry be replaced by another valid one (break-before-make)?"),
    .optional("section_size", fact(.powerOfTwoSize), "1 << SECTION_SIZE_BITS"),
    .optional("kernel_pte", .mapping(kernelPTE), "bits of kernel page-table entries; a neutral format is used without"),
    .optional(
      "ptdump", .scalar(.choice(Architecture.PtdumpStyle.allCases.map(\.rawValue))),
      "the line format of kernel_page_tables"),
    .optional(
      "oops", .scalar(.text), "the kernel's sentence for a write to read-only memory; {address} stands for the address"),
    .optional("flush_dcache_page", code, "what flush_dcache_page(page) does; none where the architecture has none"),
    .optional(
      "icache_sync", code, "the path that sets PG_dcache_clean when an executable mapping is installed, or none"),
    .optional("page_size", fact(.powerOfTwoSize), "the base page size"),
    .optional(
      "page_table", .dictionary(keys: .identifier, values: .scalar(.integer), besides: [at]),
      "the levels, top first: log2 of the bytes that one entry maps"),
    .optional("vmemmap", .mapping(vmemmap), "the virtual region of struct pages"),
    .optional("vmemmap_leaf", fact(.list(.scalar(.identifier))), "levels at which vmemmap_populate() may place leaves"),
    .optional("hugepages", fact(.list(.scalar(.powerOfTwoSize))), "HugeTLB page sizes"),
    .optional("memory_start", fact(.integer), "where memory starts on a usual machine: a physical address"),
  ]

  private static let at = Schema.Field.optional(
    "at", .scalar(.kernelPlace), "where the kernel tree says it: path:line")
  private static let reference = Schema.Field.optional("ref", .scalar(.text), "a commit or thread that explains it")

  private static let source: [Schema.Field] = [
    .optional("tree", .scalar(.text), "the git tree"),
    .required("version", .scalar(.kernelVersion), "the kernel version, to the patch level"),
    .optional("commit", .scalar(.text), "the commit, 12 hex digits or more"),
    .optional("patches", .list(.scalar(.text)), "message-ids of patches on top, in order"),
    .optional("local_changes", .list(.scalar(.text)), "what was changed by hand"),
  ]

  private static let select: [Schema.Field] = [
    .required("symbol", .scalar(.kconfigSymbol), "the selected symbol"),
    .optional("if", .scalar(.expression), "the condition behind it"),
    at,
  ]

  private static let define: [Schema.Field] = [
    .required("macro", .scalar(.macroName), "the macro"),
    .required("value", .scalar(.text), "its replacement text"),
    .optional("if", .scalar(.expression), "the Kconfig condition under which it is defined"),
    at,
  ]

  private static let structPage: [Schema.Field] = [
    .optional("size", .scalar(.size), "bytes, where it does not depend on .config"),
    .optional(
      "sizes",
      .list(
        .mapping([
          .required("size", .scalar(.size), "bytes"),
          .optional("if", .scalar(.expression), "the Kconfig condition; the first that holds counts"),
          at,
        ])), "bytes by condition"),
    at,
  ]

  private static let maskAndValue = Schema.mapping([
    .required("mask", .scalar(.integer), "the bits that decide"),
    .required("value", .scalar(.integer), "their value"),
  ])

  private static let kernelPTE: [Schema.Field] = [
    .required("valid", .scalar(.integer), "an entry is present if one of these bits is set"),
    .required("leaf", maskAndValue, "above the last level an entry with this value is a leaf"),
    .required("writable", maskAndValue, "a leaf with this value is writable"),
    .required(
      "address",
      .mapping([
        .required("mask", .scalar(.integer), "the bits that hold the output address"),
        .optional("shift", .scalar(.integer), "the physical address is shifted right by so much"),
      ]), "where an entry holds the output address"),
    .required("rw", .scalar(.integer), "a last-level PAGE_KERNEL entry without the address"),
    .required("ro", .scalar(.integer), "a last-level PAGE_KERNEL_RO entry without the address"),
    .required("block_rw", .scalar(.integer), "a leaf above the last level, as vmemmap_populate() writes it"),
    .required("table", .scalar(.integer), "an entry that points to a lower table"),
    at,
  ]

  private static let code = Schema.oneOf([
    .scalar(.choice(["none"])),
    .mapping([
      at,
      .optional("function", .scalar(.functionName), "the kernel function's name"),
      .required("body", .scalar(.text), "its statements in C"),
      .optional("declarations", .scalar(.text), "helper functions and macros that it uses, in C"),
      .optional(
        "calls",
        .dictionary(
          keys: .functionName, values: .scalar(.choice(DeclaredEffect.allCases.map(\.rawValue)))),
        "what functions do that are not given"),
      reference,
    ]),
  ])

  private static let vmemmap: [Schema.Field] = [
    .required("start", .scalar(.integer), "VMEMMAP_START"),
    .required("size", .scalar(.size), "the size of the region"),
    .required(
      "base", .scalar(.choice(["memory_start", "zero"])),
      "whose struct page is at the start: that of the start of memory, or that of pfn 0"),
    .optional(
      "base_alignment", .scalar(.powerOfTwoSize), "the start of memory is rounded down to this; a section if not given"),
    at,
  ]

  /// `key: VALUE` or `key: {value: VALUE, at: …, ref: …}`.
  private static func fact(_ type: ScalarType) -> Schema {
    fact(.scalar(type))
  }

  private static func fact(_ schema: Schema) -> Schema {
    .oneOf([schema, .mapping([.required("value", schema, "the value"), at, reference])])
  }
}
