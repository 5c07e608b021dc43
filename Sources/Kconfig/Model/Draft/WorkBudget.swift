/// Counts work that grows faster than the text, and ends it where a limit is reached.
struct WorkBudget {
  private var steps = 0
  private let limits: KconfigLimits
  private let log: MessageLog

  init(_ limits: KconfigLimits, _ log: MessageLog) {
    self.limits = limits
    self.log = log
  }

  /// - Parameter operands: how many operands all expressions have by now.
  mutating func spend(_ amount: Int, operands: Int) throws(KconfigRejection) {
    steps += amount
    guard steps <= limits.steps, operands <= limits.operands else { throw Self.exceeded(log, at: nil) }
  }

  /// The end of all work.
  static func exceeded(_ log: MessageLog, at place: KconfigPlace?) -> KconfigRejection {
    log.limit("the dependencies are too large", at: place)
  }
}
