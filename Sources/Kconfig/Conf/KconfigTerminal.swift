/// Whom `conf` talks to.
public protocol KconfigTerminal: AnyObject {
  /// Shows or records what is printed.
  func write(_ text: [UInt8], on stream: KconfigMessage.Stream)

  /// Shows or records what is to be said.
  func show(_ message: KconfigMessage)

  /// The next line of an answer with its newline; nil at the end.
  func readLine() -> [UInt8]?

  /// Whether answers are not seen where they are typed, so that they have to be repeated.
  var echoes: Bool { get }
}

extension KconfigTerminal {
  /// In the words of `conf`.
  public func show(_ message: KconfigMessage) {
    write(message.text, on: message.stream)
  }
}

/// Answers that are known beforehand, and everything that was printed.
public final class KconfigTranscript: KconfigTerminal {
  /// Everything on standard output.
  public private(set) var output: [UInt8] = []
  /// Everything on standard error.
  public private(set) var errors: [UInt8] = []
  private var answers: ArraySlice<UInt8>

  /// A conversation with the answers of `input`, a line each.
  public init(input: [UInt8] = []) {
    answers = input[...]
  }

  /// Records what is printed.
  public func write(_ text: [UInt8], on stream: KconfigMessage.Stream) {
    switch stream {
    case .output: output += text
    case .errors: errors += text
    }
  }

  /// The next answer.
  public func readLine() -> [UInt8]? {
    guard !answers.isEmpty else { return nil }
    let end = answers.firstIndex(of: .newline).map { $0 + 1 } ?? answers.endIndex
    defer { answers = answers[end...] }
    return Array(answers[..<end])
  }

  /// Nobody sees the answers.
  public var echoes: Bool { true }
}
