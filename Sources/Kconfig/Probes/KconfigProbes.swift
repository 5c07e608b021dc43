/// Answers to what Kconfig files ask the shell: nothing is ever run to answer them.
public protocol KconfigProbes {
  /// What the command of a `$(shell,…)` prints; nil where that is not known.
  func output(of command: [UInt8]) -> [UInt8]?
}

/// Asks one after the other: the first that knows an answer gives it.
public struct ProbeChain: KconfigProbes {
  private let answerers: [any KconfigProbes]

  /// Makes a chain; whoever comes first is asked first.
  public init(_ answerers: [any KconfigProbes]) {
    self.answerers = answerers
  }

  /// What the first of them that knows says.
  public func output(of command: [UInt8]) -> [UInt8]? {
    for answerer in answerers {
      if let output = answerer.output(of: command) { return output }
    }
    return nil
  }
}
