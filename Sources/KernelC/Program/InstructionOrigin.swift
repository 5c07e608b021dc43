import Diagnostics

/// Where an instruction comes from, for conditions, stores, faults and reports.
struct InstructionOrigin: Sendable {
  /// The source text of the expression.
  var text: String
  var place: SourceRange
  /// What the instruction does, as a report calls it: `clear_bit`, `store to 'page->flags'`.
  var operation: String
  /// An operand has the static type of an address in a struct page, so an unknown result may be one as well.
  var concernsPage = false
}
