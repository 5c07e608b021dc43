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
