import Diagnostics

/// How likely random values are, in percent.
struct RandomOdds {
  private var boolIsYes = 50
  private var tristateIsYes = 33
  private var tristateIsModule = 33

  /// Reads up to three numbers with colons between them, as `KCONFIG_PROBABILITY` has them.
  init(_ text: String) throws(KconfigRejection) {
    var rest = Array(text.utf8)[...]
    var numbers: [Int] = []
    while !rest.isEmpty, numbers.count < 3 {
      let digits = rest.prefix(while: \.isDigit)
      let number = digits.count > 4 ? 1_000 : Int(String(decoding: digits, as: UTF8.self)) ?? 0
      guard number <= 100, rest.first != UInt8(ascii: "-") else { throw Self.outOfRange() }
      numbers.append(number)
      rest = rest.dropFirst(digits.count)
      if rest.first == UInt8(ascii: ":") { rest = rest.dropFirst() }
    }
    switch numbers.count {
    case 1:
      boolIsYes = numbers[0]
      tristateIsModule = boolIsYes / 2
      tristateIsYes = boolIsYes - tristateIsModule
    case 2:
      tristateIsYes = numbers[0]
      tristateIsModule = numbers[1]
      boolIsYes = tristateIsYes + tristateIsModule
    case 3:
      (boolIsYes, tristateIsYes, tristateIsModule) = (numbers[0], numbers[1], numbers[2])
    default: break
    }
    guard tristateIsYes + tristateIsModule <= 100 else { throw Self.outOfRange() }
  }

  private static func outOfRange() -> KconfigRejection {
    let text = Array("KCONFIG_PROBABILITY: Numerical result out of range".utf8)
    return KconfigRejection([KconfigMessage(.error, id: "KCONFIG161", text, at: nil)])
  }

  func value(of type: KconfigType, _ random: inout CRandom) -> Tristate {
    let number = random.number() % 100
    guard type == .tristate else { return number < boolIsYes ? .y : .n }
    if number < tristateIsYes { return .y }
    return number < tristateIsYes + tristateIsModule ? .m : .n
  }
}
