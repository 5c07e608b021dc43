import Diagnostics

/// What the steps from text to model have to say, in order.
final class MessageLog {
  private(set) var messages: [KconfigMessage] = []

  func add(_ message: KconfigMessage) {
    messages.append(message)
  }

  /// A warning of the form `path:line:warning: text`.
  func warn(_ id: String, _ text: [UInt8], at place: KconfigPlace) {
    add(KconfigMessage(.warning, id: id, text, at: place, marked: ":warning: "))
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
  func limit(_ text: String, at place: KconfigPlace?) -> KconfigRejection {
    rejection(
      KconfigMessage(
        .error, id: "KCONFIG190", Array(text.utf8), at: place, marked: ": error: ",
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
