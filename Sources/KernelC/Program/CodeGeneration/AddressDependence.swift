/// Notices whether the *addresses* of struct pages may influence what a routine does, other than by being dereferenced or
/// handed to the functions that find the head.
///
/// Without such an influence two struct pages with the same translation and contents behave alike. The answer is
/// conservative: a construct counts even if its result is never used.
struct AddressDependence {
  private(set) var isFound = false

  mutating func noteArithmetic(on type: CType, offset: UInt64?) {
    if type.mayPointIntoPage, offset != 0 { isFound = true }
  }

  mutating func noteComparison(_ left: Operand, _ right: Operand) {
    let isAgainstNull = left.constant == 0 || right.constant == 0
    if !isAgainstNull, left.type.mayPointIntoPage || right.type.mayPointIntoPage { isFound = true }
  }

  /// A conversion between different kinds of pointers and integers.
  mutating func noteConversion(of operand: Operand, to type: CType) {
    guard operand.type.mayPointIntoPage, operand.constant == nil else { return }
    if type.isInteger, type.bits == 1 { return }
    if type.pointers == operand.type.pointers, type.base == operand.type.base, type.bits == operand.type.bits { return }
    isFound = true
  }

  /// A bit number; one outside the word reaches a neighbour, whose translation may differ.
  mutating func noteBitNumber(_ number: UInt64?) {
    if number.map({ $0 >= 64 }) ?? true { isFound = true }
  }

  /// A function that finds, numbers or measures a struct page. To find the head gives every tail the same answer; the
  /// others also depend on *which* struct page was given.
  mutating func noteIdentity(_ identity: KernelFunction.PageIdentity, of type: CType) {
    switch identity {
    case .compoundHead, .folioOfPage, .isHuge, .pageOfPTE, .following:
      break
    case .count, .order, .bytes:
      if type.base != .folio || mayMeasureAnything { isFound = true }
    case .frameOfPage, .pageOfFrame, .folioOfFrame, .frameOfPTE, .isHead, .isTail, .isCompound:
      isFound = true
    }
  }

  /// A function that a folio is given to and that a tail must not be given to.
  mutating func noteUseAsHead() {
    if mayMeasureAnything { isFound = true }
  }

  /// Set where folios do not all come from `page_folio()`, so that even the size of a folio depends on the address.
  var mayMeasureAnything = false
}
