/// Something that is not known of a toolchain: what a probe would find out.
public struct ProbeInput: Sendable, Hashable {
  /// What can be the answer.
  public enum Kind: Sendable, Hashable {
    /// Whether a command succeeds: y or n.
    case success
    /// One of some words.
    case name([String])
    /// A whole number, not below a least one.
    case number(atLeast: Int)
    /// Any text.
    case text
  }

  /// What can be the answer.
  public let kind: Kind
  /// The command; where it depends on another answer that is not known, with that answer between marks.
  let command: [UInt8]
  /// What is asked, as far as one command answers more than one question.
  let aspect: String
  /// Where it is asked first.
  public let place: KconfigPlace

  /// The command as far as it is known.
  public var question: String {
    let parts = command.split(separator: ProbeAnswer.mark, omittingEmptySubsequences: false)
    // Between the marks stand numbers that mean nothing outside.
    let text = parts.enumerated().map { $0.offset % 2 == 0 ? String(decoding: $0.element, as: UTF8.self) : "…" }
      .joined()
    return aspect.isEmpty ? text : "\(aspect) of \(text)"
  }
}
