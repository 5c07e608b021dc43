import Diagnostics

/// Where an instruction comes from, for conditions, stores, faults and reports.
struct InstructionOrigin: Sendable {
  /// The source text of the expression.
  var text: String
  var place: SourceRange
  /// The outermost use of a macro that put the expression here; nil where it stands for itself.
  var use: SourceRange?
  /// The function that the instruction belongs to; 0 is the routine itself.
  var function: Int32
  /// What the instruction does, as a report calls it: `clear_bit`, `store to 'page->flags'`.
  var operation: String
  /// An operand has the static type of an address in a struct page, so an unknown result may be one as well.
  var concernsPage = false

  /// Is it a `return` of the text? The end of a body returns, too.
  var isReturn: Bool { text == "return" }
}
