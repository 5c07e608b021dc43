/// What a command does, as far as anybody can see.
struct ShellOutcome: Hashable {
  /// Standard output; nil where it prints something that is not known.
  var output: [UInt8]?
  /// Standard error; nil where it prints something that is not known.
  var errors: [UInt8]?
  var succeeds: Bool

  init(_ output: [UInt8]? = [], errors: [UInt8]? = [], succeeds: Bool = true) {
    self.output = output
    self.errors = errors
    self.succeeds = succeeds
  }

  /// A line of output.
  init(line: String) {
    self.init(Array(line.utf8) + [.newline])
  }

  /// Fails and prints nothing.
  static let failure = ShellOutcome(succeeds: false)
  /// Fails and complains in words that are not known.
  static let complaint = ShellOutcome(errors: nil, succeeds: false)

  /// The same with its output gone elsewhere.
  func redirected(_ redirections: [ShellRedirection]) -> ShellOutcome {
    /// Where a stream goes: to output, to errors, or nowhere.
    enum Target { case output, errors, null }
    var targets: [Target] = [.output, .errors]
    for redirection in redirections {
      switch redirection {
      case .toNull(let stream): targets[stream - 1] = .null
      case .toStream(let stream, let other): targets[stream - 1] = targets[other - 1]
      }
    }
    var result = ShellOutcome(succeeds: succeeds)
    for (target, text) in zip(targets, [output, errors]) {
      switch target {
      case .output: result.output = Self.joined(result.output, text)
      case .errors: result.errors = Self.joined(result.errors, text)
      case .null: break
      }
    }
    return result
  }

  /// Two texts one behind the other, as far as they are known; two that are not empty may be mixed in any way.
  private static func joined(_ first: [UInt8]?, _ second: [UInt8]?) -> [UInt8]? {
    if first == [] { return second }
    return second == [] ? first : nil
  }
}
