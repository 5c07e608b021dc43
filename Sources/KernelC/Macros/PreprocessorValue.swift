/// A value in an `#if`: known, or depending on a name that nobody decided.
enum PreprocessorValue {
  struct Number {
    var bits: UInt64
    var isUnsigned = false
  }
  case known(Number)
  /// The name, with `CONFIG_` where it is a Kconfig symbol, and where it stands.
  case undecided(String, TextRange)

  static func truth(_ value: Bool) -> PreprocessorValue {
    .known(Number(bits: value ? 1 : 0))
  }

  var truth: Bool? {
    if case .known(let number) = self { number.bits != 0 } else { nil }
  }
}
