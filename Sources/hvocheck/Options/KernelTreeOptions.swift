import ArgumentParser
import Diagnostics
import Files
import Kconfig
import Workspace

/// Which tree is read, for which architecture, and what answers for its toolchain.
struct KernelTreeOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The kernel tree.", valueName: "folder"), completion: .directory)
  var tree: String

  @Option(
    help: ArgumentHelp(
      "The architecture, as ARCH of the kernel; where --reachable lists symbols, also A,B or all.",
      valueName: "arch"))
  var arch: ArchitectureNames

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

  func validate() throws {
    if arch.one == nil, probes != nil { throw ValidationError("--probes is of one architecture; --arch names more.") }
  }

  /// Looks at the tree, and reads the recording; the Kconfig files are not read yet.
  func open() throws -> KernelTreeInput {
    guard let architecture = arch.one else {
      throw ValidationError("--arch names one architecture; only --reachable is answered for more.")
    }
    return try input(try KernelTreeFiles(folder), architecture)
  }

  /// The same for each architecture that is named.
  func openEach() throws -> [KernelTreeInput] {
    let sources = try KernelTreeFiles(folder)
    return try arch.names(in: sources).map { try input(sources, $0) }
  }

  private var folder: String { tree.count > 1 && tree.hasSuffix("/") ? String(tree.dropLast()) : tree }

  private func input(_ sources: KernelTreeFiles, _ architecture: String) throws -> KernelTreeInput {
    var input = try KernelTreeInput(sources, architecture: architecture)
    switch toolchain ?? (probes == nil ? .dummy : nil) {
    case .dummy: input.answer(as: .dummy)
    case .any: input.leaveToolchainOpen()
    case nil: break
    }
    if let probes { try input.answer(from: probes) }
    input.ask(shell.permission)
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

extension ArchitectureNames: ExpressibleByArgument {
  /// The names that an argument holds.
  package init?(argument: String) { self.init(argument) }
}
