/// Everything that decides how a machine behaves.
package struct MachineSetup: Hashable, Sendable {
  /// What a kernel predicate without parameters, such as `hugetlb_free_vmemmap_enabled()`, reports.
  package enum Predicate: Hashable, Sendable {
    /// The state of the boot parameter or sysctl.
    case switchedOn
    /// The static key.
    case staticKey
    /// Whether the feature was compiled in.
    case compiledIn
    /// The same answer at all times.
    case constant(Bool)
  }

  /// The layout facts.
  package var geometry: Geometry
  /// RAM.
  package var memory: [PhysicalRange]
  /// The bits of kernel page-table entries.
  package var pteFormat: PTEFormat
  /// How the kernel implements HVO.
  package var generation: Generation
  /// Does the architecture define `PAGE_KERNEL_RO`? If not, tails are mapped writable.
  package var pageKernelRO: Bool
  /// The bit number of `PG_head`.
  package var headFlagBit: Int
  /// Is the feature compiled in?
  package var compiledIn: Bool
  /// Does the boot parameter (or its default) say on?
  package var bootParameter: Bool
  /// The predicates that page-flag code may ask, by name. One that is not listed answers no.
  package var predicates: [String: Predicate]

  /// Makes a setup.
  package init(
    geometry: Geometry, memory: [PhysicalRange], pteFormat: PTEFormat = .neutral, generation: Generation,
    pageKernelRO: Bool = true, headFlagBit: Int = 16, compiledIn: Bool = true, bootParameter: Bool = true,
    predicates: [String: Predicate] = [:]
  ) {
    self.geometry = geometry
    self.memory = memory
    self.pteFormat = pteFormat
    self.generation = generation
    self.pageKernelRO = pageKernelRO
    self.headFlagBit = headFlagBit
    self.compiledIn = compiledIn
    self.bootParameter = bootParameter
    self.predicates = predicates
  }
}

/// Why a machine cannot be built.
package enum SetupError: Error, Hashable, Sendable {
  /// There is no RAM.
  case noMemory
  /// A RAM range is empty, wraps, or does not start and end at page boundaries.
  case memoryRangeInvalid(PhysicalRange)
  /// A RAM range begins before the one below it ends.
  case memoryRangesOverlap(PhysicalRange)
  /// More frames than this engine keeps track of.
  case memoryTooLarge
  /// RAM lies below the page frame whose struct page is the first one.
  case memoryBelowBase(PhysicalRange)
  /// The vmemmap has no room for the struct pages of this RAM.
  case vmemmapTooSmall(PhysicalRange)
  /// There are not enough frames for the vmemmap and its page tables.
  case outOfMemory
  /// The page-table entry format contradicts itself or the RAM.
  case pteFormat(PTEFormatError)
  /// `PG_head` is no bit of a 64-bit word.
  case headFlagOutOfRange(Int)
  /// A generation keeps no vmemmap page.
  case reservedPagesZero
}
