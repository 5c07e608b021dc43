/// Which of the Kconfig languages a tree is written in: `scripts/kconfig` changed its meaning more than once.
public struct KconfigProfile: Sendable, Hashable {
  /// How a `choice` picks its member.
  public enum ChoiceRules: Sendable, Hashable {
    /// Up to v6.10: a choice is a symbol of its own, bool or tristate, and its members depend on it.
    case choiceSymbol
    /// From v6.11: members are bool, and what the user said last about a member counts most.
    case memberPriority
  }

  /// Choices, and with them everything else that the rewrite of v6.11 changed.
  public let choices: ChoiceRules
  /// Whether `rsource`, `osource` and `orsource` are statements and `source` takes patterns, as in Zephyr and coreboot.
  public let readsPatterns: Bool

  init(choices: ChoiceRules, readsPatterns: Bool = false) {
    self.choices = choices
    self.readsPatterns = readsPatterns
  }

  /// Linux 6.1, and what is near to it.
  public static let v6_1 = KconfigProfile(choices: .choiceSymbol)
  /// Linux 6.12, and what is near to it.
  public static let v6_12 = KconfigProfile(choices: .memberPriority)

  /// The language of a kernel version.
  public init(version: Int, patchLevel: Int) {
    self = (version, patchLevel) < (6, 11) ? .v6_1 : .v6_12
  }

  /// The language of a kernel by the text of its version, such as `6.12`, `6.1.192` or `v6.13-rc1`; nil where it is none.
  public init?(release: String) {
    let numbers = release.drop { $0 == "v" }.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard numbers.count >= 2, let version = Int(numbers[0]),
      let patchLevel = Int(numbers[1].prefix { $0.isASCII && $0.isNumber })
    else { return nil }
    self.init(version: version, patchLevel: patchLevel)
  }

  /// The language of a kernel tree, by `VERSION` and `PATCHLEVEL` in the head of its top Makefile; nil where they are
  /// not to be found there.
  public init?(makefile: [UInt8]) {
    func number(_ name: StaticString) -> Int? {
      for line in makefile.prefix(4096).split(separator: UInt8(ascii: "\n")) {
        let words = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard words.count == 3, words[1].elementsEqual([UInt8(ascii: "=")]),
          words[0].elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        else { continue }
        return Int(String(decoding: words[2], as: UTF8.self))
      }
      return nil
    }
    guard let version = number("VERSION"), let patchLevel = number("PATCHLEVEL") else { return nil }
    self.init(version: version, patchLevel: patchLevel)
  }

  /// The same language with `rsource`, `osource`, `orsource` and patterns, which the kernel's own does not have.
  public var withPatterns: KconfigProfile {
    KconfigProfile(choices: choices, readsPatterns: true)
  }

  /// How many buckets the symbol table of `conf` has: the order of its warnings and of v6.1's random numbers.
  var symbolBuckets: UInt32 {
    switch choices {
    case .choiceSymbol: 9973
    case .memberPriority: 16384
    }
  }
}
