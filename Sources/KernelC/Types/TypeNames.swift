/// The words with which declarations start, and the types that they stand for.
enum TypeNames {
  /// Words that change nothing that this front end models.
  static let qualifiers: Set<String> = [
    "const", "volatile", "extern", "inline", "__inline", "__inline__", "__always_inline", "noinline", "register",
    "auto",
    "__init", "__maybe_unused", "__always_unused", "__sched", "__ref", "__must_check", "__cold", "__pure", "notrace",
    "asmlinkage", "__used", "__user", "__iomem", "__force", "__rcu", "__percpu", "__restrict", "restrict", "__kprobes",
    "nokprobe_inline", "__read_mostly", "__ro_after_init", "__const", "__volatile__",
  ]

  /// The words of built-in integer types.
  static let integerWords: Set<String> = [
    "void", "char", "short", "int", "long", "signed", "unsigned", "_Bool", "bool", "__signed__",
  ]

  /// Type names of the kernel (include/linux/types.h, include/asm-generic/int-ll64.h, include/linux/mm_types.h).
  static let named: [String: CType] = {
    var names: [String: CType] = [:]
    for bits: UInt8 in [8, 16, 32, 64] {
      for (unsigned, signed) in [("u", "s"), ("__u", "__s"), ("uint", "int")] {
        let suffix = unsigned == "uint" ? "_t" : ""
        names["\(unsigned)\(bits)\(suffix)"] = .integer(bits: bits, signed: false)
        names["\(signed)\(bits)\(suffix)"] = .integer(bits: bits, signed: true)
      }
    }
    for name in [
      "size_t", "ulong", "pgoff_t", "phys_addr_t", "dma_addr_t", "resource_size_t", "uintptr_t", "vm_flags_t",
      "pteval_t", "pmdval_t", "pgprotval_t", "sector_t",
    ] { names[name] = .unsignedLong }
    for name in ["ssize_t", "ptrdiff_t", "intptr_t", "loff_t", "off_t"] { names[name] = .long }
    for name in ["uint", "gfp_t", "vm_fault_t"] { names[name] = .unsignedInt }
    names["ushort"] = .integer(bits: 16, signed: false)
    names["pte_t"] = .pte
    for name in ["pmd_t", "pud_t", "p4d_t", "pgd_t", "pgprot_t", "swp_entry_t"] { names[name] = .opaque }
    return names
  }()

  /// Words that start what is not modelled, and how a report calls it.
  static let unsupported: [String: String] = [
    "union": "'union'", "enum": "'enum'", "typedef": "'typedef'", "float": "floating point", "double": "floating point",
    "__int128": "'__int128'", "typeof": "'typeof'", "__typeof__": "'typeof'", "__auto_type": "'__auto_type'",
    "_Generic": "'_Generic'", "_Static_assert": "'_Static_assert'", "_Atomic": "'_Atomic'",
    "DEFINE_PER_CPU": "per-CPU data",
  ]

  static func startsType(_ token: Token) -> Bool {
    token.kind == .identifier
      && (qualifiers.contains(token.text) || integerWords.contains(token.text) || named[token.text] != nil
        || ["struct", "static", "union", "enum", "typedef", "float", "double", "__int128"].contains(token.text))
  }
}
