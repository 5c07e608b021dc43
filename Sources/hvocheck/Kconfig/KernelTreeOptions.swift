import ArgumentParser
import Diagnostics
import Kconfig

/// Which tree is read, for which architecture, and what answers for its toolchain.
struct KernelTreeOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The kernel tree.", valueName: "folder"), completion: .directory)
  var tree: String

  @Option(help: "The architecture, as ARCH of the kernel.")
  var arch: String

  @Option(
    help: ArgumentHelp(
      """
      The toolchain that answers: dummy, the kernel's own scripts/dummy-tools, which is the default without --probes, or \
      any, for what is reachable with some toolchain.
      """))
  var toolchain: ToolchainName?

  @Option(
    help: ArgumentHelp("A recording of the environment and of what commands print.", valueName: "file"),
    completion: .file())
  var probes: String?

  @OptionGroup var shell: ShellOptions

  /// Looks at the tree, and reads the recording; the Kconfig files are not read yet.
  func open() throws -> KernelTreeInput {
    let folder = tree.count > 1 && tree.hasSuffix("/") ? String(tree.dropLast()) : tree
    var input = try KernelTreeInput(folder: folder, architecture: arch)
    switch toolchain ?? (probes == nil ? .dummy : nil) {
    case .dummy: input.answer(as: .dummy)
    case .any: input.leaveToolchainOpen()
    case nil: break
    }
    if let probes { try input.answer(from: probes) }
    input.ask(shell)
    return input
  }
}

/// A toolchain by its name.
enum ToolchainName: String, CaseIterable, ExpressibleByArgument {
  /// scripts/dummy-tools of the kernel.
  case dummy
  /// Every toolchain that there may be.
  case any
}
