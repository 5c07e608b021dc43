import Architectures
import ArgumentParser
import Files
import Policy
import Reports
import ShippedSchemas
import Workspace

/// `hvocheck schema`: the JSON Schema of a format.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of a file format.",
    discussion: "EXAMPLE\n  hvocheck schema arch > schema/arch.v1.json")

  /// The formats that have a schema.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case arch
    case rules
    case cases
    case kernels
    case baseline
    case config
    case report
    case reportLines = "report-lines"
    case matrix
    case kconfig
  }

  @Argument(help: "The format: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format: Format

  func run() throws {
    var output = OutputStream.standardOutput
    switch format {
    case .arch: JSONSchema.write(DescriptorSchema.file, title: DescriptorSchema.name, into: &output)
    case .rules: JSONSchema.write(RuleReader.file, title: RuleReader.name, into: &output)
    case .cases: JSONSchema.write(RuleCases.file, title: RuleCases.name, into: &output)
    case .config: JSONSchema.write(Settings.schema, title: Settings.name, into: &output)
    case .kernels: JSONSchema.write(KernelCatalogReader.file, title: KernelCatalogReader.name, into: &output)
    case .baseline: JSONSchema.write(Baseline.file, title: Baseline.name, into: &output)
    case .report: output.write(ShippedSchemas.report)
    case .reportLines: output.write(ShippedSchemas.reportLines)
    case .matrix: output.write(ShippedSchemas.matrix)
    case .kconfig: output.write(ShippedSchemas.kconfig)
    }
  }
}
