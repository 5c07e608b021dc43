/// One step of a compiled routine.
///
/// Operands are register numbers; during generation a negative one names a constant. There is no stack: recursion is
/// refused, so every function owns its registers.
struct Instruction: Sendable {
  enum Operation: UInt8, Sendable {
    /// The routine returns.
    case finish
    /// Continues at instruction `a`.
    case jump
    /// Continues at `a` if `b` is zero, or not zero; forks if nobody knows.
    case jumpIfZero, jumpIfNotZero
    /// Starts another turn of a loop at `a`.
    case loopBack
    /// Calls function `a`; `b` keeps where to continue.
    case call
    /// Continues at the instruction that `a` keeps.
    case returnToCaller
    /// `a` = `b`.
    case move
    /// `a` = `detail`(`b`, `c`).
    case compute
    /// `a` = something unknown, new each time.
    case fresh
    /// `a` = the unknown fact with number `b`.
    case stable
    /// `a` = the word at address `b`; `c` as in `store`.
    case load
    /// The word at address `a` = `b`.
    case store
    /// `a` = something in an object that is no struct page, found through the pointer `b`.
    case loadOpaque
    /// Stores to such an object through `a`.
    case storeOpaque
    /// `a` = bit `b` of the words at `c`.
    case testBit
    /// `a` = bit `b` of the words at `c`, which then is set, cleared or changed according to `detail`.
    case modifyBit
    /// `a` = the answer to a question about the struct page or frame `b`.
    case compoundHead, pageHuge, compoundPages, frameOfPage, pageOfFrame
    /// `a` = predicate with number `b`.
    case predicate
    /// Loads and stores the word at address `a`: the declared effect of an unknown function.
    case touch
  }

  var operation: Operation
  var detail: UInt8 = 0
  var a: Int32 = 0
  var b: Int32 = 0
  var c: Int32 = 0
  /// Index into `Program.origins`.
  var origin: Int32
}
