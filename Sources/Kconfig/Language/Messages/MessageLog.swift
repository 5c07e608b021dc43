import Diagnostics

/// What the steps from text to model have to say, in order.
final class MessageLog {
  /// A file of nothing but mistakes says something for each of its bytes.
  private let limit: Int
  private(set) var messages: [KconfigMessage] = []
  /// Whether more was to be said than there is room for.
  private(set) var isFull = false

  init(limit: Int) {
    self.limit = limit
  }

  func add(_ message: KconfigMessage) {
    if messages.count < limit { messages.append(message) } else { isFull = true }
  }

  /// A warning of the form `path:line:warning: text`.
  func warn(_ id: String, _ text: [UInt8], at place: KconfigPlace, span: TextSpan? = nil) {
    add(KconfigMessage(.warning, id: id, text, at: place, marked: ":warning: ", span: span))
  }

  /// The end of all work, with everything that was said before.
  func rejection(_ message: KconfigMessage, status: Int = 1) -> KconfigRejection {
    KconfigRejection(messages + [message], status: status)
  }

  /// The end of all work for errors that have been reported.
  func rejection() -> KconfigRejection {
    KconfigRejection(messages)
  }

  /// The end of all work because a limit was reached, which `conf` does not have.
  func limit(_ text: String, at place: KconfigPlace?, _ span: TextSpan? = nil) -> KconfigRejection {
    rejection(
      KconfigMessage(
        .error, id: "KCONFIG190", Array(text.utf8), at: place, marked: ": error: ", span: span,
        help: ["no kernel comes near to this limit: look for a file that includes, repeats or nests itself"]),
      status: 2)
  }
}

extension [UInt8] {
  /// Text with names in it, which need not be UTF-8.
  static func text(_ parts: any Collection<UInt8>...) -> [UInt8] {
    var text: [UInt8] = []
    for part in parts { text.append(contentsOf: Array(part)) }
    return text
  }

  init(ascii text: String) {
    self.init(text.utf8)
  }
}
