import Architectures

/// A JSON value, made of literals: `["rule": .text(id), "hugepage": size.map { .text($0) }]` has no `hugepage` where
/// there is no size.
package enum JSON: Hashable, Sendable {
  case text(String)
  case number(Int)
  case truth(Bool)
  case array([JSON])
  case object([String: JSON])

  /// A list of texts.
  package static func texts(_ texts: [String]) -> JSON { .array(texts.map { .text($0) }) }

  /// A count of bytes as descriptors write it: `2M`.
  static func size(_ bytes: UInt64) -> JSON { .text(sizeText(bytes)) }

  /// An address as the kernel's `%#llx` writes it.
  static func address(_ address: UInt64) -> JSON { .text("0x" + String(address, radix: 16)) }

  /// The members of both objects; those of the other win.
  func merging(_ other: JSON) -> JSON {
    guard case .object(let mine) = self, case .object(let others) = other else { return other }
    return .object(mine.merging(others) { $1 })
  }
}

extension JSON: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self = .text(text) }
}

extension JSON: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
}

extension JSON: ExpressibleByDictionaryLiteral {
  /// Members without a value are left out.
  package init(dictionaryLiteral members: (String, JSON?)...) {
    self = .object(
      members.reduce(into: [:]) { object, member in
        if let value = member.1 { object[member.0] = value }
      })
  }
}
