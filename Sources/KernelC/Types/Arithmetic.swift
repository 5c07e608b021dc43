/// The operations on 64-bit values in canonical form: sign- or zero-extended as their type says.
///
/// Unary operations ignore the second operand.
enum Arithmetic: UInt8, Sendable {
  case add, subtract, multiply, divideSigned, divideUnsigned, remainderSigned, remainderUnsigned
  case and, or, xor
  case shiftLeft, shiftRightSigned, shiftRightUnsigned
  case shiftLeft32, shiftRightSigned32, shiftRightUnsigned32
  case equal, notEqual, lessSigned, lessUnsigned, lessOrEqualSigned, lessOrEqualUnsigned
  case negate, complement, not, truth
  case signExtend8, signExtend16, signExtend32, zeroExtend8, zeroExtend16, zeroExtend32
  /// Base 2 logarithm of a power of two.
  case binaryLogarithm
  /// The same value seen as another type; an unknown value is marked as one that may be a page address.
  case reinterpretPage

  /// The operation of a binary operator on operands of `type`, which is the promoted and converted type; for `>` and
  /// `>=` the caller swaps the operands of `<` and `<=`.
  init?(binary spelling: String, type: CType) {
    let isSigned = type.isSigned && type.isInteger
    let isNarrow = type.isInteger && type.bits == 32
    switch spelling {
    case "+": self = .add
    case "-": self = .subtract
    case "*": self = .multiply
    case "/": self = isSigned ? .divideSigned : .divideUnsigned
    case "%": self = isSigned ? .remainderSigned : .remainderUnsigned
    case "&": self = .and
    case "|": self = .or
    case "^": self = .xor
    case "<<": self = isNarrow ? .shiftLeft32 : .shiftLeft
    case ">>" where isSigned: self = isNarrow ? .shiftRightSigned32 : .shiftRightSigned
    case ">>": self = isNarrow ? .shiftRightUnsigned32 : .shiftRightUnsigned
    case "==": self = .equal
    case "!=": self = .notEqual
    case "<": self = isSigned ? .lessSigned : .lessUnsigned
    case "<=": self = isSigned ? .lessOrEqualSigned : .lessOrEqualUnsigned
    default: return nil
    }
  }

  var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .lessSigned, .lessUnsigned, .lessOrEqualSigned, .lessOrEqualUnsigned: true
    default: false
    }
  }

  /// Whether the result of canonical operands of one type is a canonical value of that type (or 0 or 1).
  var keepsCanonicalForm: Bool {
    switch self {
    case .and, .or, .xor, .not, .truth, .divideUnsigned, .remainderSigned, .remainderUnsigned, .binaryLogarithm,
      .shiftRightSigned, .shiftRightUnsigned, .shiftRightSigned32, .shiftRightUnsigned32:
      true
    default: isComparison
    }
  }

  /// The result, or nil where C leaves it undefined: division by zero, a shift by the width or more.
  func result(_ a: UInt64, _ b: UInt64) -> UInt64? {
    let (x, y) = (Int64(bitPattern: a), Int64(bitPattern: b))
    switch self {
    case .add: return a &+ b
    case .subtract: return a &- b
    case .multiply: return a &* b
    case .divideSigned: return b == 0 ? nil : UInt64(bitPattern: x.dividedReportingOverflow(by: y).partialValue)
    case .divideUnsigned: return b == 0 ? nil : a / b
    case .remainderSigned:
      return b == 0 ? nil : UInt64(bitPattern: x.remainderReportingOverflow(dividingBy: y).partialValue)
    case .remainderUnsigned: return b == 0 ? nil : a % b
    case .and, .or, .xor: return bitwise(a, b)
    case .shiftLeft: return b < 64 ? a << b : nil
    case .shiftRightSigned: return b < 64 ? UInt64(bitPattern: x >> y) : nil
    case .shiftRightUnsigned: return b < 64 ? a >> b : nil
    case .shiftLeft32: return b < 32 ? a << b : nil
    case .shiftRightSigned32: return b < 32 ? UInt64(bitPattern: x >> y) : nil
    case .shiftRightUnsigned32: return b < 32 ? a >> b : nil
    case .equal: return a == b ? 1 : 0
    case .notEqual: return a != b ? 1 : 0
    case .lessSigned: return x < y ? 1 : 0
    case .lessUnsigned: return a < b ? 1 : 0
    case .lessOrEqualSigned: return x <= y ? 1 : 0
    case .lessOrEqualUnsigned: return a <= b ? 1 : 0
    default: return unary(a)
    }
  }

  private func bitwise(_ a: UInt64, _ b: UInt64) -> UInt64 {
    switch self {
    case .and: a & b
    case .or: a | b
    default: a ^ b
    }
  }

  private func unary(_ a: UInt64) -> UInt64 {
    switch self {
    case .negate: 0 &- a
    case .complement: ~a
    case .not: a == 0 ? 1 : 0
    case .truth: a != 0 ? 1 : 0
    case .signExtend8: UInt64(bitPattern: Int64(Int8(truncatingIfNeeded: a)))
    case .signExtend16: UInt64(bitPattern: Int64(Int16(truncatingIfNeeded: a)))
    case .signExtend32: UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: a)))
    case .zeroExtend8: a & 0xFF
    case .zeroExtend16: a & 0xFFFF
    case .zeroExtend32: a & 0xFFFF_FFFF
    case .binaryLogarithm: a == 0 ? 0 : UInt64(63 - a.leadingZeroBitCount)
    default: a
    }
  }
}
