import Architectures
import ArgumentParser
import Diagnostics
import Files
import LocatedYAML
import Policy
import Workspace

/// `hvocheck show`: what a descriptor says after inheritance.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a descriptor after inheritance, each value with its place.",
    discussion: """
      EXAMPLES
        hvocheck show arm64-16k --resolved
        hvocheck show arm64-16k --resolved --origin
      """)

  @Argument(help: "The architecture with its variant, such as arm64-16k.")
  var architecture: String

  @Flag(help: "Print the whole descriptor with extends: and variants: merged.")
  var resolved = false

  @Flag(help: "Put file:line in front of each value.")
  var origin = false

  @Option(help: "Where the descriptors are.", completion: .file())
  var arches: String = "./arches"

  func run() throws {
    let workspace = try Workspace()
    let (found, loaded) = try workspace.architecture(architecture, in: arches)
    var output = OutputStream.standardOutput
    guard resolved || origin else {
      summary(found, into: &output)
      return
    }
    let variant = loaded.descriptors.flatMap(\.variants).first { $0.name == found.name }
    guard let variant else { return }
    write(variant.node, key: "", into: &output)
  }

  private func summary(_ architecture: Architecture, into output: inout some TextOutputStream) {
    output.write("\(architecture.name): \(architecture.title), described in \(architecture.path)\n")
    output.write(
      "  kernel \(architecture.version.value) (profile \(architecture.kernel.range), \(architecture.kernel.generationName)); "
        + "feature \(architecture.kernel.feature)\n")
    let optIn = architecture.kernel.optInSymbol ?? "none: the feature's own depends decides"
    output.write("  opt-in symbol \(optIn)\n")
    output.write("  hugepages \(architecture.hugepages.map { sizeText($0.value) }.joined(separator: ", "))\n")
    output.write("  --resolved shows every fact, --origin where each is said\n")
  }

  private func write(_ node: Node, key: String, into output: inout some TextOutputStream) {
    switch node.content {
    case .scalar(let scalar):
      for (number, line) in scalar.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      where number == 0 || !line.isEmpty {
        let place = "\(scalar.range.path):\(scalar.range.start.line + (scalar.style == .literal ? number + 1 : 0))"
        output.write((origin ? place.printable + "\t" : "") + "\(key)=\(line)".printable + "\n")
      }
    case .sequence(let items):
      for (index, item) in items.enumerated() { write(item, key: "\(key)[\(index)]", into: &output) }
    case .mapping(let entries):
      for entry in entries {
        write(entry.value, key: key.isEmpty ? entry.key.text : "\(key).\(entry.key.text)", into: &output)
      }
    }
  }
}
