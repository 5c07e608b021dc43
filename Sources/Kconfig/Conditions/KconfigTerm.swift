/// The value of a symbol or constant together with its type, which decides how a comparison reads its text.
///
/// Kernel: `enum symbol_type` in scripts/kconfig/expr.h. The text of numbers is kept as written, as in `.config` files.
public enum KconfigTerm: Sendable, Hashable {
  /// A bool or tristate symbol, or one of the constants y, m and n.
  case tristate(Tristate)
  /// An int symbol.
  case int(String)
  /// A hex symbol.
  case hex(String)
  /// A string symbol.
  case string(String)
  /// A constant, or a symbol without a type.
  case untyped(String)

  /// The value as text.
  public var text: String {
    switch self {
    case .tristate(let value): value.letter
    case .int(let text), .hex(let text), .string(let text), .untyped(let text): text
    }
  }

  /// The value where an expression asks for y, m or n: everything but bool and tristate is n.
  ///
  /// Kernel: `expr_calc_value` in scripts/kconfig/expr.c.
  public var truth: Tristate {
    if case .tristate(let value) = self { value } else { .n }
  }
}

extension KconfigTerm {
  /// Whether `self <relation> other` holds.
  ///
  /// Both sides are numbers if each is one by its own type, otherwise the bytes of the texts are compared; two string
  /// symbols are always compared as text. Kernel: `expr_calc_value` and `expr_parse_string` in scripts/kconfig/expr.c.
  public func holds(_ relation: KconfigRelation, _ other: KconfigTerm) -> Bool {
    relation.holds(for: order(comparedTo: other))
  }

  /// Negative, zero or positive, as this value lies before, at or behind `other`.
  private func order(comparedTo other: KconfigTerm) -> Int {
    if case .string = self, case .string = other { return textOrder(comparedTo: other) }
    guard let left = number, let right = other.number else { return textOrder(comparedTo: other) }
    return left.order(comparedTo: right)
  }

  private func textOrder(comparedTo other: KconfigTerm) -> Int {
    let left = text
    let right = other.text
    if left.utf8.elementsEqual(right.utf8) { return 0 }
    return left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
  }

  private var number: KconfigNumber? {
    switch self {
    case .tristate(let value): .signed(Int64(value.rawValue))
    case .int(let text): KconfigNumber(signed: text.utf8, base: 10)
    case .hex(let text): KconfigNumber(unsignedHex: text.utf8)
    case .string(let text), .untyped(let text): KconfigNumber(signed: text.utf8, base: 0)
    }
  }
}
