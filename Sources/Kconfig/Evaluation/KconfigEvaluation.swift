/// The values that the symbols of a model have for what a user said: a value of its own, of which there may be many.
///
/// Kernel: scripts/kconfig/symbol.c. `conf` computes a value when somebody asks for it; here all are computed in an order
/// in which nothing is asked for before it is known, so that no chain of dependencies is too long.
public struct KconfigEvaluation: Sendable {
  static let no: UInt8 = 0
  static let module: UInt8 = 1
  static let yes: UInt8 = 2

  /// What is evaluated.
  public let model: KconfigModel
  var user: UserValues
  private(set) var values: Values
  /// What the prompts allow the user.
  private(set) var visibility: [UInt8]
  private(set) var dependency: [UInt8]
  private(set) var selection: [UInt8]
  private(set) var implication: [UInt8]
  /// Whether a `.config` file has a line for the symbol.
  private(set) var isWritten: [Bool]
  /// The member that a choice symbol has; -1 for none.
  private(set) var chosen: [Int32]
  /// Whether there are modules, as the symbols that were computed last knew it.
  private(set) var modules = no
  /// The symbols that are selected although what they depend on is not given.
  private(set) var unmet: [Int32] = []
  /// The choice symbols whose answers do not count any more once they are asked for: not all of their members have one.
  private(set) var unanswered: Set<Int32> = []
  /// The choice symbols that looked for a member to pick, whether or not there was one.
  private(set) var decided: Set<Int32> = []
  /// The truth of each expression, and in the bits above it the round in which it was computed.
  private var expressionTruth: [UInt32]
  private var round: UInt32 = 1
  let initialValues: Values
  /// The symbols and choices whose values are computed, each behind what it depends on.
  private let order: [Int32]

  /// The values of all symbols, by their numbers.
  struct Values: Sendable {
    /// n, m and y as 0, 1 and 2; n for everything that is not bool or tristate.
    var truth: [UInt8]
    /// The texts of ints, hexes and strings: names of the model, or texts of the user counted down from -1.
    var text: [Int32]

    mutating func take(_ symbol: Int32, from other: Values) {
      truth[Int(symbol)] = other.truth[Int(symbol)]
      text[Int(symbol)] = other.text[Int(symbol)]
    }
  }

  var truth: [UInt8] {
    get { values.truth }
    _modify { yield &values.truth }
  }

  var text: [Int32] {
    get { values.text }
    _modify { yield &values.text }
  }

  /// An evaluation of a model of which the user said nothing yet.
  public init(_ model: KconfigModel) {
    self.init(model, order: model.evaluationOrder)
  }

  /// An evaluation of a cone only; what lies outside has no values.
  init(_ model: KconfigModel, inside cone: DependencyCone) {
    self.init(model, order: model.evaluationOrder.filter { cone.contains[Int($0)] })
  }

  private init(_ model: KconfigModel, order: [Int32]) {
    self.model = model
    self.order = order
    user = UserValues(model)
    let count = model.symbols.count
    let nothing = [UInt8](repeating: Self.no, count: count)
    var texts: [Int32] = []
    texts.reserveCapacity(count)
    let beginsAtZero = model.language.has(.numbersBeginAtZero)
    for symbol in model.symbols {
      switch symbol.type {
      case .int: texts.append(beginsAtZero ? model.zeroText : model.emptyText)
      case .hex: texts.append(beginsAtZero ? model.hexZeroText : model.emptyText)
      case .unknown: texts.append(max(symbol.name, 0))
      case .bool, .tristate, .string: texts.append(model.emptyText)
      }
    }
    initialValues = Values(truth: [Self.yes, Self.module] + nothing.dropFirst(2), text: texts)
    values = initialValues
    (visibility, dependency, selection, implication) = (nothing, nothing, nothing, nothing)
    isWritten = [Bool](repeating: false, count: count)
    chosen = [Int32](repeating: -1, count: count)
    expressionTruth = [UInt32](repeating: 0, count: model.expressions.count)
  }

  // MARK: all symbols

  /// Computes all values anew.
  mutating func evaluate() {
    values = initialValues
    unmet = []
    (unanswered, decided) = ([], [])
    forgetExpressions()
    for unit in order {
      compute(unit)
      if unit == model.modules { modules = truth[Int(unit)] }
    }
  }

  /// Computes what nobody has asked for anew, from what has been asked for, which keeps the value that it was given then.
  mutating func evaluate(keeping asked: ConfEvaluationOrder) {
    let before = values
    values = initialValues
    for symbol in model.symbols.indices where asked.contains(Int32(symbol)) { values.take(Int32(symbol), from: before) }
    unmet = unmet.filter(asked.contains)
    (unanswered, decided) = ([], [])
    forgetExpressions()
    for unit in order {
      let members = model.symbols[Int(unit)].isChoice ? model.members[unit] ?? [] : []
      if asked.contains(unit) {
        for member in members where !asked.contains(member) { computeSymbol(member) }
      } else {
        compute(unit)
        for member in members where asked.contains(member) { values.take(member, from: before) }
      }
    }
  }

  mutating func forgetExpressions() {
    round += 1
    guard round == 1 << 30 else { return }
    round = 1
    for index in expressionTruth.indices { expressionTruth[index] = 0 }
  }

  /// Computes one value anew and leaves those that depend on it.
  mutating func reevaluate(_ symbol: Int32) {
    forgetExpressions()
    text[Int(symbol)] = initialValues.text[Int(symbol)]
    compute(symbol)
  }

  private mutating func compute(_ unit: Int32) {
    if model.symbols[Int(unit)].isConstant { return }
    if model.symbols[Int(unit)].type == .unknown { return computeMembers(ofUntyped: unit) }
    guard model.symbols[Int(unit)].isChoice else { return computeSymbol(unit) }
    computeSymbol(unit)
    switch model.language.choices {
    case .choiceSymbol: computeChoiceSymbol(unit)
    case .memberPriority: computePriorityChoice(unit)
    }
    isWritten[Int(unit)] = false
  }

  // MARK: one symbol

  mutating func computeSymbol(_ symbol: Int32) {
    let index = Int(symbol)
    let record = model.symbols[index]
    computeVisibility(symbol)
    isWritten[index] = visibility[index] != Self.no
    if effectiveType(symbol).isLogical {
      computeTruth(symbol)
      takeOverTransition(symbol)
    } else {
      computeText(symbol)
      takeOverTransition(symbol)
      limit(symbol)
    }
    if record.isTransitional { isWritten[index] = false }
  }

  mutating func computeVisibility(_ symbol: Int32) {
    let index = Int(symbol)
    let record = model.symbols[index]
    if record.isTransitional {
      visibility[index] = Self.yes
      return
    }
    var visible = Self.no
    let choice = record.choice
    for prompt in model.index.prompts(of: index) {
      var value = evaluate(model.index.prompts[prompt])
      if choice >= 0, record.type == .tristate, value == Self.module, truth[Int(choice)] == Self.yes { value = Self.no }
      visible = max(visible, value)
    }
    if visible == Self.module, record.type != .tristate || modules == Self.no { visible = Self.yes }
    visibility[index] = visible
    // Dependencies and selections mean nothing to the member of a choice.
    if record.isMember { return }
    let isBool = effectiveType(symbol) == .bool
    dependency[index] =
      record.dependency == ExpressionStore.none
      ? Self.yes : reverse(record.dependency, isBool)
    selection[index] = record.selection == ExpressionStore.none ? Self.no : reverse(record.selection, isBool)
    implication[index] = record.implication == ExpressionStore.none ? Self.no : reverse(record.implication, isBool)
  }

  private mutating func reverse(_ expression: Int32, _ isBool: Bool) -> UInt8 {
    let value = evaluate(expression)
    return isBool && value == Self.module ? Self.yes : value
  }

  /// A tristate without modules is a bool; so is the chosen member of a choice symbol.
  func effectiveType(_ symbol: Int32) -> KconfigType {
    let record = model.symbols[Int(symbol)]
    guard record.type == .tristate else { return record.type }
    if record.choice >= 0, visibility[Int(symbol)] == Self.yes { return .bool }
    return modules == Self.no ? .bool : .tristate
  }

  private mutating func computeTruth(_ symbol: Int32) {
    let index = Int(symbol)
    let record = model.symbols[index]
    var value = Self.no
    if record.choice >= 0, visibility[index] == Self.yes {
      value = chosen[Int(record.choice)] == symbol ? Self.yes : Self.no
    } else {
      if visibility[index] != Self.no, user.isSet[index] {
        value = min(user.truth[index], visibility[index])
      } else {
        if selection[index] != Self.no { isWritten[index] = true }
        if !record.isChoice { value = valueWithoutUser(symbol) }
      }
      if dependency[index] < selection[index] { unmet.append(symbol) }
      value = max(value, selection[index])
    }
    if value == Self.module, effectiveType(symbol) == .bool { value = Self.yes }
    truth[index] = value
  }

  /// Whether the user said something about a transitional symbol that is a default as a whole.
  private func isFromTransition(_ property: PropertyIndex.Default) -> Bool {
    guard model.language.has(.transitionalSymbols), model.expressions.kind(property.value) == .symbol else {
      return false
    }
    let source = Int(model.expressions.first(property.value))
    return model.symbols[source].isTransitional && user.isSet[source]
  }

  /// What the user said about the old name of a symbol counts as said about the symbol from now on.
  ///
  /// Kernel: the end of `sym_calc_value` in scripts/kconfig/symbol.c of v6.18.
  private mutating func takeOverTransition(_ symbol: Int32) {
    let index = Int(symbol)
    guard model.language.has(.transitionalSymbols), !user.isSet[index], model.choices[index] < 0,
      let property = activeDefault(symbol), isFromTransition(property)
    else { return }
    if model.symbols[index].type.isLogical {
      user.set(symbol, truth: truth[index])
    } else {
      user.set(symbol, text: Array(bytes(of: symbol)))
    }
  }

  private mutating func valueWithoutUser(_ symbol: Int32) -> UInt8 {
    let index = Int(symbol)
    var value = Self.no
    if let property = activeDefault(symbol) {
      value = min(evaluate(property.value), evaluate(property.condition))
      if value != Self.no { isWritten[index] = true }
    }
    if implication[index] != Self.no {
      isWritten[index] = true
      value = min(max(value, implication[index]), dependency[index])
    }
    return value
  }

  /// The first default whose condition is given.
  mutating func activeDefault(_ symbol: Int32) -> PropertyIndex.Default? {
    for number in model.index.defaults(of: Int(symbol)) {
      let property = model.index.defaults[number]
      if evaluate(property.condition) != Self.no { return property }
    }
    return nil
  }

  /// The first range whose condition is given: its bounds.
  mutating func activeRange(_ symbol: Int32) -> (lower: Int32, upper: Int32)? {
    for number in model.index.ranges(of: Int(symbol)) {
      let property = model.index.ranges[number]
      if evaluate(property.condition) != Self.no {
        return (model.expressions.first(property.value), model.expressions.second(property.value))
      }
    }
    return nil
  }

  private mutating func computeText(_ symbol: Int32) {
    let index = Int(symbol)
    if visibility[index] != Self.no, user.isSet[index] {
      text[index] = -1 - user.text[index]
      return
    }
    guard let property = activeDefault(symbol), model.expressions.kind(property.value) == .symbol else { return }
    isWritten[index] = true
    text[index] = textNumber(model.expressions.first(property.value))
  }

  /// The text that a number stands for when it is taken over by another symbol; that of a bool is its letter.
  private func textNumber(_ symbol: Int32) -> Int32 {
    guard model.symbols[Int(symbol)].type.isLogical else { return text[Int(symbol)] }
    // `conf` takes over the text that a bool begins with, whatever its value is.
    return symbol <= ModelDraft.no ? model.symbols[Int(symbol)].name : model.symbols[Int(ModelDraft.no)].name
  }

  /// Moves a number to the bound that it lies beyond.
  private mutating func limit(_ symbol: Int32) {
    guard model.symbols[Int(symbol)].type.isNumeric, let range = activeRange(symbol) else { return }
    let base: UInt64 = model.symbols[Int(symbol)].type == .int ? 10 : 16
    let value = Int64(saturating: bytes(of: symbol), base: base)
    if value < bound(range.lower, base) {
      text[Int(symbol)] = textNumber(range.lower)
    } else if value > bound(range.upper, base) {
      text[Int(symbol)] = textNumber(range.upper)
    }
  }

  /// The value of a bound, which is read by its own type if it has one.
  func bound(_ symbol: Int32, _ base: UInt64) -> Int64 {
    switch model.symbols[Int(symbol)].type {
    case .int: Int64(saturating: bytes(of: symbol), base: 10)
    case .hex: Int64(saturating: bytes(of: symbol), base: 16)
    default: Int64(saturating: bytes(of: symbol), base: base)
    }
  }

  // MARK: choices

  mutating func setDecided(_ choice: Int32, isAnswered: Bool) {
    decided.insert(choice)
    if !isAnswered { unanswered.insert(choice) }
  }

  mutating func setChosen(_ choice: Int32, _ member: Int32) {
    chosen[Int(choice)] = member
  }

  mutating func setTruth(_ symbol: Int32, _ value: UInt8) {
    truth[Int(symbol)] = value
  }

  mutating func setVisibility(_ symbol: Int32, _ value: UInt8) {
    visibility[Int(symbol)] = value
  }

  mutating func setWritten(_ symbol: Int32, _ value: Bool) {
    isWritten[Int(symbol)] = value
  }

  // MARK: expressions

  /// The truth of an expression; that of none is y.
  mutating func evaluate(_ expression: Int32) -> UInt8 {
    if expression == ExpressionStore.none { return Self.yes }
    let known = expressionTruth[Int(expression)]
    if known >> 2 == round { return UInt8(truncatingIfNeeded: known & 3) }
    let value = evaluateAnew(expression)
    expressionTruth[Int(expression)] = round << 2 | UInt32(value)
    return value
  }

  private mutating func evaluateAnew(_ expression: Int32) -> UInt8 {
    let first = model.expressions.first(expression)
    switch model.expressions.kind(expression) {
    case .symbol:
      return truth[Int(first)]
    case .and:
      var value = Self.yes
      for index in model.expressions.operandRange(expression) {
        value = min(value, evaluate(model.expressions.operands[index]))
      }
      return value
    case .or:
      var value = Self.no
      for index in model.expressions.operandRange(expression) {
        value = max(value, evaluate(model.expressions.operands[index]))
      }
      return value
    case .not:
      return Self.yes - evaluate(first)
    case .range:
      return Self.no
    default:
      return compare(expression) ? Self.yes : Self.no
    }
  }

  private func compare(_ expression: Int32) -> Bool {
    let left = model.expressions.first(expression)
    let right = model.expressions.second(expression)
    guard let relation = model.expressions.kind(expression).relation else { return false }
    return relation.holds(for: order(left, right))
  }
}
