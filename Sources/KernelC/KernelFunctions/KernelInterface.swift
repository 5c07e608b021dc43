import Diagnostics

/// The names of the kernel that page-flag code may use, with the values that they have in one configuration.
package struct KernelInterface: Sendable {
  /// `sizeof(struct page)` in bytes.
  package var structPageSize: UInt64
  /// `PAGE_SHIFT`.
  package var pageShift: Int
  /// Offset of `flags` in struct page, in bytes.
  package var flagsOffset: UInt64
  /// Page flags by name, such as `PG_dcache_clean`: bit numbers in the flags word.
  package var pageFlags: [String: Int]
  /// Kconfig symbols without `CONFIG_`; a symbol that is absent is unknown, and a condition on it forks.
  package var config: [String: ConfigValue]
  /// Object-like macros of the architecture, such as `ARCH_IMPLEMENTS_FLUSH_DCACHE_PAGE`: name to replacement text.
  package var macros: [String: String]
  /// Predicates without parameters that `PageMemory.predicate(_:)` answers, such as `hugetlb_free_vmemmap_enabled`.
  package var predicates: Set<String>
  /// Effects that the descriptor declares for functions, or names read like variables, that hvocheck does not know.
  ///
  /// A definition in the text and a function that `Program.models(function:)` knows go before a declared effect.
  package var effects: [String: DeclaredEffect]

  /// Makes an interface.
  package init(
    structPageSize: UInt64, pageShift: Int, flagsOffset: UInt64 = 0, pageFlags: [String: Int],
    config: [String: ConfigValue] = [:], macros: [String: String] = [:], predicates: Set<String> = [],
    effects: [String: DeclaredEffect] = [:]
  ) {
    self.structPageSize = structPageSize
    self.pageShift = pageShift
    self.flagsOffset = flagsOffset
    self.pageFlags = pageFlags
    self.config = config
    self.macros = macros
    self.predicates = predicates
    self.effects = effects
  }
}

extension KernelInterface {
  /// Why code of the user must not define a name, or nil if it may.
  ///
  /// A definition would silently replace what the kernel's own function does, here and nowhere else. A fact about the
  /// CPU, such as `cpu_has_dc_aliases`, may be given: nothing else decides it.
  func refusal(ofDefining name: String, at place: SourceRange) -> NotUnderstood? {
    guard KernelFunctionTable.byName[name].map({ !$0.isStableFact }) ?? predicates.contains(name) else { return nil }
    return NotUnderstood(
      "definition of '\(name)', which is the kernel's own", at: place, help: ["rename it, or leave the definition out"])
  }
}
