/// Answers from the description of a toolchain: it works out what a command would print, and runs nothing.
///
/// Understood are the forms that the kernel's Kconfig files use. A command with anything else in it has no answer.
public struct BuiltInProbes: KconfigProbes {
  private let machine: ShellMachine

  /// - Parameters:
  ///   - toolchain: what answers; it is asked as the tree in the folder asks.
  ///   - folder: the folder of the tree, as `srctree` names it.
  ///   - sources: the files of the tree.
  ///   - environment: what commands see of the environment.
  public init(
    _ toolchain: DescribedToolchain, folder: String, sources: any KconfigSources, environment: [String: String]
  ) {
    machine = ShellMachine(toolchain, folder: folder, sources: sources, environment: environment)
  }

  /// What the command would print; nil where it is not understood as a whole.
  public func output(of command: [UInt8]) -> [UInt8]? {
    var machine = machine
    guard let list = try? ShellParser.parse(command), let outcome = try? machine.run(list, input: nil) else {
      return nil
    }
    return outcome.output
  }
}
