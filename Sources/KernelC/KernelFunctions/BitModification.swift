/// How a bit operation changes its word.
enum BitModification: UInt8, Sendable {
  case set, clear, change

  func apply(_ mask: UInt64, to word: UInt64) -> UInt64 {
    switch self {
    case .set: word | mask
    case .clear: word & ~mask
    case .change: word ^ mask
    }
  }
}
