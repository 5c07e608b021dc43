/// A use of a value in which the address of a struct page may matter.
enum AddressUse {
  /// Pointer arithmetic on a pointer of this type; the offset if it is constant.
  case arithmetic(on: CType, offset: UInt64?)
  case comparison(Operand, Operand)
  /// A conversion between different kinds of pointers and integers.
  case conversion(of: Operand, to: CType)
  /// A bit number, if it is constant.
  case bitNumber(UInt64?)
  /// A function that finds, numbers or measures a struct page is given a value of this type.
  case identity(KernelFunction.PageIdentity, of: CType)
  /// A function that must not be given a tail is given a folio.
  case asHead
}

/// Notices whether the *addresses* of struct pages may influence what a routine does, other than by being dereferenced
/// or handed to the functions that find the head.
///
/// Without such an influence two struct pages with the same translation and contents behave alike. The answer is
/// conservative: a construct counts even if its result is never used.
struct AddressDependence {
  private(set) var isFound = false
  /// Not all folios come from `page_folio()`, so that even the size of a folio depends on the address.
  private let mayMeasureAnything: Bool

  init(mayMeasureAnything: Bool) {
    self.mayMeasureAnything = mayMeasureAnything
  }

  mutating func note(_ use: AddressUse) {
    if matters(use) { isFound = true }
  }

  private func matters(_ use: AddressUse) -> Bool {
    switch use {
    case .arithmetic(let type, let offset): type.mayPointIntoPage && offset != 0
    case .comparison(let left, let right):
      left.constant != 0 && right.constant != 0 && (left.type.mayPointIntoPage || right.type.mayPointIntoPage)
    case .conversion(let operand, let type): matters(conversionOf: operand, to: type)
    // A bit outside the word is one of a neighbour, whose translation may differ.
    case .bitNumber(let number): number.map { $0 >= 64 } ?? true
    case .identity(let identity, let type): matters(identity, of: type)
    case .asHead: mayMeasureAnything
    }
  }

  private func matters(conversionOf operand: Operand, to type: CType) -> Bool {
    let from = operand.type
    guard from.mayPointIntoPage, operand.constant == nil else { return false }
    if type.isInteger, type.bits == 1 { return false }
    return type.pointers != from.pointers || type.base != from.base || type.bits != from.bits
  }

  /// To find the head gives every tail the same answer; the others also depend on *which* struct page was given.
  private func matters(_ identity: KernelFunction.PageIdentity, of type: CType) -> Bool {
    switch identity {
    case .compoundHead, .folioOfPage, .isHuge, .pageOfPTE, .following: false
    case .count, .order, .bytes: type.base != .folio || mayMeasureAnything
    case .frameOfPage, .pageOfFrame, .folioOfFrame, .frameOfPTE, .isHead, .isTail, .isCompound: true
    }
  }
}
