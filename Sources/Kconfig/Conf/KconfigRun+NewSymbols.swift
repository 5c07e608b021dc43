import Diagnostics

/// Giving values to all symbols that nothing was said about. Kernel: `conf_set_all_new_symbols` in scripts/kconfig/conf.c.
extension KconfigRun {
  /// Sets everything new that is a bool or tristate; nothing for nil.
  mutating func setAllNew(to value: UInt8?) {
    switch model.profile.choices {
    case .memberPriority:
      if let value {
        for node in model.nodesInMenuOrder where isNewAndAsked(node) {
          evaluation.user.set(model.nodes[Int(node)].symbol, truth: value)
        }
      }
    case .choiceSymbol:
      if let value {
        for symbol in model.hashOrder where isNewInOldTable(symbol) { evaluation.user.set(symbol, truth: value) }
      }
    }
    takeEffect()
    if model.profile.choices == .choiceSymbol { settleOldChoices() }
  }

  /// An entry with a prompt for a bool or tristate that is no member of a choice, and no choice.
  private func isNewAndAsked(_ node: Int32) -> Bool {
    let record = model.nodes[Int(node)]
    guard record.symbol >= 0, record.prompt >= 0, !evaluation.user.isSet[Int(record.symbol)] else { return false }
    let symbol = model.symbols[Int(record.symbol)]
    return symbol.type.isLogical && !symbol.isMember && !symbol.isChoice
  }

  private func isNewInOldTable(_ symbol: Int32) -> Bool {
    !evaluation.user.isSet[Int(symbol)] && model.symbols[Int(symbol)].type.isLogical
      && !model.symbols[Int(symbol)].isConstant
  }

  /// In v6.1 a choice that nothing was said about is answered, and its members refused, from now on.
  private mutating func settleOldChoices() {
    var isAnswered = false
    for choice in model.hashOrder where model.symbols[Int(choice)].isChoice && !evaluation.user.isSet[Int(choice)] {
      ask(for: [choice])
      for member in model.members[choice] ?? [] where !evaluation.user.isSet[Int(member)] {
        evaluation.user.truth[Int(member)] = KconfigEvaluation.no
      }
      evaluation.user.isSet[Int(choice)] = true
      asked.forget(choice)
      isAnswered = true
    }
    if isAnswered { evaluation.evaluate() }
  }

  // MARK: at random

  /// What `conf` says of a mode before it reads the Kconfig files: the seed where there are random numbers.
  public static func announce(
    _ mode: KconfigMode, environment: [String: String], on terminal: any KconfigTerminal
  ) {
    guard mode == .randconfig, let seed = seed(in: environment) else { return }
    terminal.write(Array("KCONFIG_SEED=0x\(String(seed, radix: 16, uppercase: true))\n".utf8), on: .output)
  }

  /// Takes the seed where a mode needs random numbers.
  func randomNumbers(for mode: KconfigMode) throws(KconfigRejection) -> CRandom? {
    guard mode == .randconfig else { return nil }
    guard let seed = Self.seed(in: environment) else {
      throw failure("KCONFIG161", "KCONFIG_SEED must be set to a number\n")
    }
    return CRandom(seed: seed)
  }

  private static func seed(in environment: [String: String]) -> UInt32? {
    environment["KCONFIG_SEED"].flatMap(cInteger)
  }

  /// A whole number as `strtol` reads it with base 0.
  private static func cInteger(_ text: String) -> UInt32? {
    guard case .signed(let value) = KconfigNumber(signed: text.utf8, base: 0) else { return nil }
    return UInt32(truncatingIfNeeded: value)
  }

  mutating func setAllNewAtRandom(_ random: inout CRandom) throws(KconfigRejection) {
    let odds = try RandomOdds(environment["KCONFIG_PROBABILITY"] ?? "")
    switch model.profile.choices {
    case .memberPriority:
      for node in model.nodesInMenuOrder { setAtRandom(node, odds, &random) }
      takeEffect()
    case .choiceSymbol:
      var hasRolled = false
      for symbol in model.hashOrder where isNewInOldTable(symbol) {
        hasRolled = true
        let value = odds.value(of: model.symbols[Int(symbol)].type, &random)
        evaluation.user.truth[Int(symbol)] = value
        if !model.symbols[Int(symbol)].isChoice { evaluation.user.isSet[Int(symbol)] = true }
      }
      // What was rolled is looked at once more, as is what was picked.
      var isChanging: Bool
      repeat {
        let hasPicked = pickOldMembers(&random)
        (isChanging, hasRolled) = (hasPicked || hasRolled, false)
      } while isChanging
    }
  }

  private mutating func setAtRandom(_ node: Int32, _ odds: RandomOdds, _ random: inout CRandom) {
    let record = model.nodes[Int(node)]
    if isNewAndAsked(node) {
      evaluation.user.set(record.symbol, truth: odds.value(of: model.symbols[Int(record.symbol)].type, &random))
    } else if record.symbol >= 0, record.prompt >= 0, model.symbols[Int(record.symbol)].isChoice {
      pickMembers(of: record.symbol, &random)
    }
  }

  /// Puts the members of a choice that nothing was said about into a random order of preference.
  private mutating func pickMembers(of choice: Int32, _ random: inout CRandom) {
    let entries = model.choiceEntries[choice] ?? []
    // A member with two entries counts twice here and is found once below: some numbers pick nobody.
    let count = entries.count { !evaluation.user.isSet[Int($0)] }
    for left in stride(from: count, to: 0, by: -1) {
      let number = random.number() % left
      let open = entries.filter { !evaluation.user.isSet[Int($0)] }
      guard number < open.count else { continue }
      evaluation.user.set(open[number], truth: KconfigEvaluation.yes)
      evaluation.user.postpone(open[number])
    }
  }

  /// Picks one member of each choice of v6.1 that has a value and no answer.
  /// - Returns: whether there was one.
  private mutating func pickOldMembers(_ random: inout CRandom) -> Bool {
    var hasPicked = false
    takeEffect()
    for choice in model.hashOrder where model.symbols[Int(choice)].isChoice && !evaluation.user.isSet[Int(choice)] {
      ask(for: [choice])
      let members = model.members[choice] ?? []
      guard evaluation.truth[Int(choice)] == KconfigEvaluation.yes, !members.isEmpty else { continue }
      let picked = members[random.number() % members.count]
      for member in members {
        evaluation.user.set(member, truth: member == picked ? KconfigEvaluation.yes : KconfigEvaluation.no)
      }
      evaluation.user.chosen[Int(choice)] = picked
      evaluation.user.isSet[Int(choice)] = true
      hasPicked = true
      for symbol in members + [choice] { asked.forget(symbol) }
      // What has been computed by now is not computed again until all have been picked.
      evaluation.evaluate(keeping: asked)
    }
    return hasPicked
  }
}

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

  func value(of type: KconfigType, _ random: inout CRandom) -> UInt8 {
    let number = random.number() % 100
    guard type == .tristate else { return number < boolIsYes ? KconfigEvaluation.yes : KconfigEvaluation.no }
    if number < tristateIsYes { return KconfigEvaluation.yes }
    return number < tristateIsYes + tristateIsModule ? KconfigEvaluation.module : KconfigEvaluation.no
  }
}
