import Architectures
import Foundation
import LocatedYAML
import Policy
import Reports
import TestSupport
import Testing

/// The committed schemas are those that `hvocheck schema` prints, and judge as the readers do.
@Suite struct JSONSchemaTests {
  struct Format: CustomTestStringConvertible {
    var file: String
    var title: String
    var schema: Schema
    var testDescription: String { file }
  }

  static let formats = [
    Format(file: "arch.v1.json", title: DescriptorSchema.name, schema: DescriptorSchema.file),
    Format(file: "rules.v1.json", title: RuleReader.name, schema: RuleReader.file),
    Format(file: "kernels.v1.json", title: KernelCatalogReader.name, schema: KernelCatalogReader.file),
    Format(file: "baseline.v2.json", title: Baseline.name, schema: Baseline.file),
  ]

  private func json(_ format: Format) throws -> String {
    var text = ""
    JSONSchema.write(format.schema, title: format.title, into: &text)
    return text
  }

  @Test(arguments: formats)
  func `the committed schema is not stale`(format: Format) throws {
    let file = Repository.url("schema/\(format.file)")
    let name = format.file.prefix { $0 != "." }
    let isCurrent = try json(format) == (try? String(contentsOf: file, encoding: .utf8))
    #expect(isCurrent, "write it anew: hvocheck schema \(name) > schema/\(format.file)")
  }

  /// What an editor needs: each key explained, none unknown.
  @Test(arguments: formats)
  func `every key has a description and every mapping is closed`(format: Format) throws {
    func check(_ value: Any, _ path: String) {
      if let list = value as? [Any] {
        for (index, element) in list.enumerated() { check(element, "\(path)[\(index)]") }
      }
      guard let object = value as? [String: Any] else { return }
      if object["type"] as? String == "object" {
        #expect(object["additionalProperties"] != nil, "\(path) is open")
        for (key, property) in object["properties"] as? [String: [String: Any]] ?? [:] {
          #expect((property["description"] as? String)?.isEmpty == false, "\(path).\(key) has no description")
        }
      }
      for (key, member) in object { check(member, "\(path).\(key)") }
    }
    check(try JSONSerialization.jsonObject(with: Data(try json(format).utf8)), format.file)
  }

  @Test func variantsOfferWhatAppendsToLists() throws {
    let text = try json(Self.formats[0])
    for key in ["+select", "+define", "+symbols", "+hugepages", "+vmemmap_leaf"] {
      #expect(text.contains("\"\(key)\""))
    }
    #expect(!text.contains("\"+page_size\""))
  }

  private func yaml(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: Repository.path(folder))
      .filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
  }

  @Test(.enabled(if: Validator.isAvailable, "needs python3 with the packages jsonschema and PyYAML"))
  func editorsAcceptEveryShippedFile() throws {
    let port = "rules/port.yaml"
    for (schema, documents) in [
      ("arch.v1", try yaml(in: "arches") + [port]), ("rules.v1", try yaml(in: "rules").filter { $0 != port }),
      ("cases.v1", try yaml(in: "rules/tests")), ("kernels.v1", try yaml(in: "kernels")),
      ("baseline.v2", ["arches/baseline.json"]),
    ] {
      #expect(!documents.isEmpty)
      let results = try Validator.validate(documents, schema: "schema/\(schema).json")
      #expect(results.filter { !$0.isAccepted }.isEmpty, "\(results.map(\.text))")
    }
  }

  private static let fixtures = "Tests/ArchitecturesTests/Fixtures"
  /// Their mistakes show in the text of the one file: keys, kinds and forms.
  private static let refused = [
    "_wrong.yaml", "schema001_unknown_keys.yaml", "schema003_wrong_kinds.yaml", "schema004_values.yaml",
    "schema005_not_filled_in.yaml",
  ]

  @Test(.enabled(if: Validator.isAvailable, "needs python3 with the packages jsonschema and PyYAML"))
  func editorsRefuseUnknownKeysWrongKindsAndWrongForms() throws {
    let documents = try yaml(in: Self.fixtures + "/err")
    let results = try Validator.validate(documents, schema: "schema/arch.v1.json")
    for (document, result) in zip(documents, results) {
      let isRefused = Self.refused.contains { document.hasSuffix("/" + $0) }
      #expect(result.isAccepted == !isRefused, "\(result.text)")
    }
    #expect(results.count { !$0.isAccepted } == Self.refused.count)
    let accepted = try Validator.validate(try yaml(in: Self.fixtures + "/ok"), schema: "schema/arch.v1.json")
    #expect(accepted.filter { !$0.isAccepted }.isEmpty, "\(accepted.map(\.text))")
  }

  /// One wrong word each, in an otherwise good descriptor.
  @Test(.enabled(if: Validator.isAvailable, "needs python3 with the packages jsonschema and PyYAML"))
  func editorsSeeEachSingleMistake() throws {
    let good = try Repository.text("\(Self.fixtures)/ok/_base.yaml")
    let changes = [
      ("arch: arm64", "arhc: arm64"), ("abstract: true", "abstract: maybe"), ("title: A port", "title:\n  a: b"),
      ("version: v6.12.117", "version: six"), ("ARM64: y", "ARM64: yes"), ("ARM64: y", "CONFIG_ARM64: y"),
      ("section_size: 128M", "section_size: 128 MB"), ("section_size: 128M", "section_size: [128M]"),
      ("live_pte_replace: forbidden", "live_pte_replace: forbiden"), ("PGD: 39", "PGD: top"),
      ("PG_dcache_clean: PG_arch_1", "PG_dcache_clean: a b"), ("icache_sync: none", "icache_sync: nothing"),
      ("base: memory_start", "base: ram"), ("at: arch/arm64/mm/mmu.c:1226", "at: /arch/arm64/mm/mmu.c"),
      ("at: arch/arm64/mm/mmu.c:1226", "att: arch/arm64/mm/mmu.c"), ("value: [64K, 2M]", "value: 64K"),
      ("size: 2T", "sizes: 2T"), ("{symbol: ARCH_WANT", "{symbols: ARCH_WANT"), ("start: 0xf", "start: xf"),
    ]
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hvocheck-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let paths = try changes.enumerated().map { index, change in
      #expect(good.contains(change.0), "\(change.0)")
      let path = folder.appendingPathComponent("\(index).yaml").path
      try good.replacing(change.0, with: change.1).write(toFile: path, atomically: true, encoding: .utf8)
      return path
    }
    let results = try Validator.validate(paths, schema: "schema/arch.v1.json")
    for (change, result) in zip(changes, results) { #expect(!result.isAccepted, "\(change.1)") }
  }
}
