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

/// An object that an expression designates.
enum LValue {
  /// A local variable.
  case variable(register: Int32, CType)
  /// The flags word of a struct page, at an address.
  case flags(Operand)
  /// An 8-byte word at an address.
  case word(Operand, CType)
  /// A whole struct page or folio at an address.
  case page(Operand)
  /// A PTE at an address; its value is taken from the pointer, see `Parameter.Kind.ptePointer`.
  case pte(Operand)
  /// Something in an object that is no struct page, found through a pointer.
  case opaque(Operand)
  /// An object of unknown type behind an unknown pointer: it may be a struct page, so nothing may be stored to it.
  case unknown(Operand)
}
