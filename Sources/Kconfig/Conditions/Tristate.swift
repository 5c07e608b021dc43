/// The value of a bool or tristate symbol; ordered `n < m < y`.
public enum Tristate: Int, Sendable, Hashable, Comparable, CaseIterable {
  /// Off.
  case n = 0
  /// A module.
  case m = 1
  /// Built in.
  case y = 2

  /// The value that a single letter of a `.config` file stands for; nil for every other text.
  public init?(letter: some StringProtocol) {
    switch letter {
    case "n": self = .n
    case "m": self = .m
    case "y": self = .y
    default: return nil
    }
  }

  /// The letter of a `.config` file.
  public var letter: String {
    switch self {
    case .n: "n"
    case .m: "m"
    case .y: "y"
    }
  }

  /// `n < m < y`.
  public static func < (left: Tristate, right: Tristate) -> Bool {
    left.rawValue < right.rawValue
  }

  /// `y` for `n`, `n` for `y`, and `m` for `m`.
  public static prefix func ! (value: Tristate) -> Tristate {
    switch value {
    case .n: .y
    case .m: .m
    case .y: .n
    }
  }
}
