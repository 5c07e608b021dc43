/// A type of C as far as it decides how a value behaves: width and signedness, or what a pointer points to.
struct CType: Hashable, Sendable {
  enum Base: UInt8, Sendable {
    case void
    case integer
    /// `struct page`.
    case page
    /// `struct folio`.
    case folio
    /// `pte_t`; the value carries the address of the struct page that it maps.
    case pte
    /// Any other structure or type of the kernel. Such objects do not overlap struct pages (strict aliasing).
    case opaque
  }

  var base: Base
  /// Width of an integer in bits; 1 for `bool`.
  var bits: UInt8 = 64
  var isSigned = false
  /// Levels of pointers.
  var pointers: UInt8 = 0

  static let void = CType(base: .void)
  static let bool = CType(base: .integer, bits: 1)
  static let int = CType(base: .integer, bits: 32, isSigned: true)
  static let unsignedInt = CType(base: .integer, bits: 32)
  static let long = CType(base: .integer, isSigned: true)
  static let unsignedLong = CType(base: .integer)
  static let opaque = CType(base: .opaque)
  static let pagePointer = CType(base: .page, pointers: 1)
  static let folioPointer = CType(base: .folio, pointers: 1)
  static let wordPointer = CType(base: .integer, pointers: 1)
  static let opaquePointer = CType(base: .opaque, pointers: 1)
  static let pte = CType(base: .pte)

  static func integer(bits: UInt8, signed: Bool) -> CType {
    CType(base: .integer, bits: bits, isSigned: signed)
  }

  var isPointer: Bool { pointers > 0 }
  var isInteger: Bool { pointers == 0 && base == .integer }
  var isVoid: Bool { pointers == 0 && base == .void }
  /// A value that conditions may test.
  var isScalar: Bool { isPointer || isInteger }
  /// `struct page *`, `struct folio *`.
  var isPagePointer: Bool { pointers == 1 && (base == .page || base == .folio) }
  /// A pointer whose value may be the address of a struct page or of a word of one.
  var mayPointIntoPage: Bool { isPointer && !(base == .opaque && pointers == 1) && !(base == .pte) }

  func pointer() -> CType {
    var type = self
    type.pointers &+= 1
    return type
  }

  var pointee: CType {
    var type = self
    type.pointers &-= 1
    return type
  }

  /// `sizeof`, or nil where the front end does not know the layout.
  func size(structPageSize: UInt64) -> UInt64? {
    if isPointer { return 8 }
    switch base {
    case .void: return 1
    case .integer: return UInt64(max(8, bits) / 8)
    case .page, .folio: return structPageSize
    case .pte: return 8
    case .opaque: return nil
    }
  }

  /// The integer promotions.
  var promoted: CType {
    isInteger && bits < 32 ? .int : self
  }

  /// The usual arithmetic conversions of two integer types.
  func commonType(with other: CType) -> CType {
    let (left, right) = (promoted, other.promoted)
    if left.bits != right.bits { return left.bits > right.bits ? left : right }
    return left.isSigned ? right : left
  }

  /// What brings a 64-bit result into the canonical form of this type, or nil if every result already has it.
  var narrowing: Arithmetic? {
    guard isInteger else { return nil }
    switch (bits, isSigned) {
    case (1, _): return .truth
    case (8, true): return .signExtend8
    case (8, false): return .zeroExtend8
    case (16, true): return .signExtend16
    case (16, false): return .zeroExtend16
    case (32, true): return .signExtend32
    case (32, false): return .zeroExtend32
    default: return nil
    }
  }

  /// Whether every canonical value of `other` is a canonical value of this type.
  func holdsEveryValue(of other: CType) -> Bool {
    guard isInteger, other.isInteger else { return false }
    if bits == 64 { return true }
    if bits == 1 || other.bits > bits { return bits == other.bits }
    if other.bits == bits { return isSigned == other.isSigned }
    return !other.isSigned || isSigned
  }
}
