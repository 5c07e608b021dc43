/// Which of the Kconfig languages a tree is written in: `scripts/kconfig` changed its meaning more than once.
public struct KconfigLanguage: Sendable, Hashable {
  /// How a `choice` picks its member.
  public enum ChoiceRules: Sendable, Hashable {
    /// Up to v6.10: a choice is a symbol of its own, bool or tristate, and its members depend on it; here a *choice symbol*.
    case choiceSymbol
    /// From v6.11: members are bool, and what the user said last about a member counts most; here a *priority choice*.
    case memberPriority
  }

  /// A bit for each change that the language has.
  private let changes: UInt64
  /// Whether `rsource`, `osource` and `orsource` are statements and `source` takes patterns, as in Zephyr and coreboot.
  public let readsPatterns: Bool

  /// The language with some changes.
  init(changes: some Sequence<KconfigLanguageChange>, readsPatterns: Bool = false) {
    self.init(bits: changes.reduce(0) { $0 | 1 << UInt64($1.rawValue) }, readsPatterns: readsPatterns)
  }

  private init(bits: UInt64, readsPatterns: Bool) {
    changes = bits
    self.readsPatterns = readsPatterns
  }

  /// Linux 6.1.
  public static let v6_1 = KconfigLanguage(version: 6, patchLevel: 1)
  /// Linux 6.12.
  public static let v6_12 = KconfigLanguage(version: 6, patchLevel: 12)

  /// The language of a kernel version: all changes up to it. What is older than v5.14 is read as v5.14.
  public init(version: Int, patchLevel: Int) {
    self.init(
      changes: KconfigLanguageChange.releases.lazy.filter { ($0.version, $0.patchLevel) <= (version, patchLevel) }
        .flatMap(\.changes))
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

  /// Whether the language has a change.
  public func has(_ change: KconfigLanguageChange) -> Bool { changes & 1 << UInt64(change.rawValue) != 0 }

  /// How choices pick their members.
  public var choices: ChoiceRules { has(.memberPriority) ? .memberPriority : .choiceSymbol }

  /// The same language with `rsource`, `osource`, `orsource` and patterns, which the kernel's own does not have.
  public var withPatterns: KconfigLanguage {
    KconfigLanguage(bits: changes, readsPatterns: true)
  }

  /// How many buckets the symbol table of `conf` has: the order of its warnings and of v6.1's random numbers.
  var symbolBuckets: UInt32 { has(.largerSymbolTable) ? 16384 : 9973 }
}
