import Architectures
import Diagnostics
import Foundation
import LocatedYAML
import ShippedKernels
import TestSupport
import Testing

/// The beginning of a descriptor says something about every key that a port may have.
struct DescriptorSkeletonTests {
  private func text() throws -> String {
    let catalog = try KernelCatalogReader.read(SourceFile(path: ShippedKernels.path, text: ShippedKernels.text))
    return try DescriptorSkeleton(directory: "toy", version: "v6.12", catalog: catalog)
      .text(samples: SourceFile(path: "port.yaml", text: Repository.text("rules/port.yaml")))
  }

  @Test func `every key is explained in the words of the format, with a sample`() throws {
    guard case .mapping(let fields) = DescriptorSchema.file else { return }
    let text = try text()
    let notOfOnePort: Set = ["schema", "arch", "abstract", "variant", "extends", "variants"]
    let keys = fields.map(\.name).filter { !notOfOnePort.contains($0) && !$0.hasPrefix("+") }
    #expect(keys.count >= 20)
    for key in keys {
      #expect(text.contains("\n# \(key): "), "\(key) is not explained")
      #expect(text.contains("\n#     \(key):"), "rules/port.yaml has no sample of \(key)")
    }
    for line in text.split(separator: "\n") { #expect(line.count <= 120, "\(line)") }
  }

  @Test func `nothing passes for a fact`() throws {
    let facts = try text().split(separator: "\n").filter { !$0.hasPrefix("#") && $0 != "---" }
    for fact in facts {
      #expect(
        fact.hasSuffix(": ???") || ["schema: hvo/arch/v1", "arch: toy", "source: {version: v6.12}"].contains(fact))
    }
  }
}
