/// The value of an expression during generation: where it is at run time, and what is known of it now.
struct Operand {
  var register: Int32
  var type: CType
  /// The value, if it is the same in every run.
  var constant: UInt64?

  func retyped(_ type: CType) -> Operand {
    var copy = self
    copy.type = type
    return copy
  }
}
