/// The errors of a text.
struct MistakeLog {
  private let log: MessageLog
  /// Whether there was one.
  private(set) var hasErrors = false

  init(_ log: MessageLog) {
    self.log = log
  }

  /// Notes a mistake that another message speaks of.
  mutating func note() { hasErrors = true }

  mutating func report(_ message: KconfigMessage) {
    hasErrors = true
    log.add(message)
  }
}
