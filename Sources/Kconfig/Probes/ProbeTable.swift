/// Recorded answers to shell commands.
public struct ProbeTable: KconfigProbes, Sendable, Hashable {
  private var outputs: [[UInt8]: [UInt8]]

  /// Makes a table from commands and what they printed.
  public init(_ outputs: [[UInt8]: [UInt8]] = [:]) {
    self.outputs = outputs
  }

  /// Adds an answer; a later one replaces an earlier one.
  public mutating func record(_ output: [UInt8], of command: [UInt8]) {
    outputs[command] = output
  }

  /// What was recorded for the command.
  public func output(of command: [UInt8]) -> [UInt8]? {
    outputs[command]
  }
}
