/// What a function or function-like macro of the kernel does, as far as struct pages are concerned.
struct KernelFunction: Sendable {
  enum Effect: Sendable {
    /// One load and one store of the word that holds the bit; the result, if any, is the old bit.
    case modifyBit(BitModification, returnsOldBit: Bool)
    case testBit
    /// The value of the argument, an lvalue.
    case readOnce
    case writeOnce
    /// The truth of the argument, with no effect of its own: a hint to the compiler, or a warning.
    case truthOfArgument
    /// Computed on the struct page that the argument points to.
    case identity(PageIdentity)
    /// The same for a folio. The kernel reads the struct page it is given, so the pointer has to be that of a head.
    case folioProperty(PageIdentity)
    /// Has no effect on struct pages; the result is unknown and new at each call.
    case fresh(CType)
    /// A fact about the CPU or the system: unknown, but the same at each call of one path.
    case stable(CType)
    /// A static key, named by the argument.
    case staticKey
    /// Takes a lock or a similar object of its own, which may be a global that is declared nowhere.
    case objectOnly
  }

  /// The functions that only find, number or measure struct pages.
  enum PageIdentity: Sendable {
    case compoundHead
    case folioOfPage
    /// `folio_page(folio, n)`, `nth_page(page, n)`.
    case following
    case isHuge
    case count
    case order
    case bytes
    case frameOfPage
    case pageOfFrame
    case folioOfFrame
    case pageOfPTE
    case frameOfPTE
    case isHead
    case isTail
    case isCompound
  }

  var name: String
  var arguments: ClosedRange<Int>
  var effect: Effect
  /// The kernel file that defines it.
  var source: String

  /// Is it a fact about the CPU or the system, which a descriptor may give?
  var isStableFact: Bool {
    if case .stable = effect { true } else { false }
  }

  init(_ name: String, _ arguments: Int, _ effect: Effect, _ source: String) {
    self.init(name, arguments...arguments, effect, source)
  }

  init(_ name: String, _ arguments: ClosedRange<Int>, _ effect: Effect, _ source: String) {
    self.name = name
    self.arguments = arguments
    self.effect = effect
    self.source = source
  }
}
