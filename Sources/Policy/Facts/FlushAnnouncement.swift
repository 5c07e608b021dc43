import Architectures

/// What `ARCH_IMPLEMENTS_FLUSH_DCACHE_PAGE` says in one configuration.
///
/// Kernel: `#if ARCH_IMPLEMENTS_FLUSH_DCACHE_PAGE` in include/linux/highmem.h and its like, so a number counts, however it
/// is spelled, and a macro that is not defined is 0.
enum FlushAnnouncement: Hashable, CustomStringConvertible {
  case announced
  case notAnnounced
  /// No integer constant.
  case undecided(String)

  static let macro = "ARCH_IMPLEMENTS_FLUSH_DCACHE_PAGE"

  init(_ macros: [Architecture.Define]) {
    guard let define = macros.first(where: { $0.macro.value == Self.macro }) else {
      self = .notAnnounced
      return
    }
    switch Self.isZero(define.value) {
    case true?: self = .notAnnounced
    case false?: self = .announced
    case nil: self = .undecided(define.value)
    }
  }

  var fact: FactValue {
    switch self {
    case .announced: .truth(true)
    case .notAnnounced: .truth(false)
    case .undecided: .undecided
    }
  }

  var description: String {
    switch self {
    case .announced: "set"
    case .notAnnounced: "0 or not defined"
    case .undecided(let text): "'\(text)', which is no number"
    }
  }

  /// Is an integer constant of C, in parentheses or not, zero? nil for everything else.
  /// - Complexity: O(length)
  private static func isZero(_ text: String) -> Bool? {
    var rest = text.utf8[...]
    func isBlank(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    while true {
      while isBlank(rest.first) { rest.removeFirst() }
      while isBlank(rest.last) { rest.removeLast() }
      guard rest.first == UInt8(ascii: "("), rest.last == UInt8(ascii: ")"), rest.count > 2 else { break }
      rest = rest.dropFirst().dropLast()
    }
    var digits = rest.map { $0 | ($0 >= UInt8(ascii: "A") ? 0x20 : 0) }[...]
    let end = digits.lastIndex { $0 != UInt8(ascii: "u") && $0 != UInt8(ascii: "l") }.map { $0 + 1 } ?? 0
    guard ["", "u", "l", "ul", "lu", "ll", "ull", "llu"].contains(String(decoding: digits[end...], as: UTF8.self))
    else { return nil }
    digits = digits[..<end]
    var radix: UInt8 = 10
    if digits.starts(with: "0x".utf8) {
      (radix, digits) = (16, digits.dropFirst(2))
    } else if digits.starts(with: "0b".utf8) {
      (radix, digits) = (2, digits.dropFirst(2))
    } else if digits.first == UInt8(ascii: "0"), digits.count > 1 {
      radix = 8
    }
    let values = digits.map { $0 >= UInt8(ascii: "a") ? $0 &- UInt8(ascii: "a") &+ 10 : $0 &- UInt8(ascii: "0") }
    guard !values.isEmpty, values.allSatisfy({ $0 < radix }) else { return nil }
    return values.allSatisfy { $0 == 0 }
  }
}
