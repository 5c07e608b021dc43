/// What a function that hvocheck does not know is declared to do; printed with every verdict as trusted.
package enum DeclaredEffect: String, Hashable, Sendable, CaseIterable {
  /// Writes no struct page; its result is unknown, a fresh one at each call.
  case noStore = "no-store"
  /// Writes no struct page; its result is unknown but the same at each call of one run (a fact about the CPU).
  case stable
  /// Stores to the flags word of the struct page given as its first pointer argument.
  case writesPage = "writes-page"
}
