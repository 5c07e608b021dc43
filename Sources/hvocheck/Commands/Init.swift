import Architectures
import ArgumentParser
import Diagnostics
import Files
import ShippedRules
import Workspace

/// `hvocheck init`: the beginning of a descriptor, which `check` guides to its end.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write the beginning of a descriptor, with every key explained.",
    discussion: """
      What has to be looked up in the kernel tree is '???', which no command takes for a fact: 'check' lists what is left.

      EXAMPLES
        hvocheck init toy --kernel v6.12
        hvocheck init toy -o ports/toy.yaml
      """)

  @Argument(help: "The directory under arch/ in the kernel tree.")
  var architecture: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file; by default NAME.yaml, in ./arches if that is there.", valueName: "file"),
    completion: .file())
  var output: String?

  @Option(help: ArgumentHelp("The kernel that is described, to the patch level: v6.12.117.", valueName: "version"))
  var kernel: String?

  func run() throws {
    let workspace = try Workspace()
    let skeleton = try DescriptorSkeleton(directory: architecture, version: kernel, catalog: workspace.catalog)
    let fileSystem = FileSystem()
    let folder = (try? fileSystem.kind(of: "./arches")) == .folder ? "arches/" : ""
    let path = output.map(fileSystem.shortened) ?? "\(folder)\(architecture).yaml"
    let samples = SourceFile(path: ShippedRules.port.path, text: ShippedRules.port.text)
    try NewFile.create([NewFile(path, skeleton.text(samples: samples))])
    var output = OutputStream.standardOutput
    output.write("wrote \(path)".printable + "\n")
    output.write("next: hvocheck check \(path)".printable + "\n")
  }
}
