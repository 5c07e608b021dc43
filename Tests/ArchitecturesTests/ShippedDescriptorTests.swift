import Architectures
import Diagnostics
import Foundation
import LocatedYAML
import TestSupport
import Testing
import Vmemmap

/// The descriptors in `arches/`.
@Suite struct ShippedDescriptorTests {
  static let files = ["arm64", "loongarch64", "riscv64", "s390x", "x86_64"]

  private func read(_ file: String) throws -> [Architecture] {
    let sources = FolderProvider(folder: Repository.url("arches"))
    let descriptor = try DescriptorLoader(sources: sources).load("\(file).yaml")
    return try ArchitectureReader(catalog: try shippedCatalog()).read(descriptor)
  }

  @Test func allOfThemAreTested() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Repository.path("arches"))
    #expect(files.filter { $0.hasSuffix(".yaml") }.sorted() == Self.files.map { "\($0).yaml" })
  }

  struct Row: CustomTestStringConvertible {
    var file: String
    var name: String
    var levels: String
    var vmemmap: (start: UInt64, size: UInt64)
    var base: String
    var section: UInt64
    var hugepages: String
    var leaves: String
    var testDescription: String { name }
  }

  private static let tebi: UInt64 = 1 << 40
  private static let gibi: UInt64 = 1 << 30

  /// The layouts as the kernel's headers compute them.
  static let rows = [
    Row(
      file: "arm64", name: "arm64-4k", levels: "39 30 21 12", vmemmap: (0xffff_fc00_0000_0000, 2 * tebi),
      base: "memory",
      section: 128 << 20, hugepages: "64K 2M 32M 1G", leaves: "PTE PMD"),
    Row(
      file: "arm64", name: "arm64-16k", levels: "36 25 14", vmemmap: (0xffff_ff80_0000_0000, 256 * gibi),
      base: "memory",
      section: 128 << 20, hugepages: "2M 32M 1G", leaves: "PTE"),
    Row(
      file: "arm64", name: "arm64-64k", levels: "42 29 16", vmemmap: (0xffff_ffc0_0000_0000, 128 * gibi),
      base: "memory",
      section: 512 << 20, hugepages: "2M 512M 16G", leaves: "PTE"),
    Row(
      file: "loongarch64", name: "loongarch64-4k", levels: "39 30 21 12", vmemmap: (0xffff_fc00_0000_0000, 4 * tebi),
      base: "zero", section: 512 << 20, hugepages: "2M", leaves: "PTE PMD"),
    Row(
      file: "loongarch64", name: "loongarch64-16k", levels: "36 25 14", vmemmap: (0xffff_ff00_0000_0000, tebi),
      base: "zero", section: 512 << 20, hugepages: "32M", leaves: "PTE PMD"),
    Row(
      file: "loongarch64", name: "loongarch64-64k", levels: "42 29 16", vmemmap: (0xffff_ffc0_0000_0000, 256 * gibi),
      base: "zero", section: 512 << 20, hugepages: "512M", leaves: "PTE PMD"),
    Row(
      file: "riscv64", name: "riscv64-sv39", levels: "30 21 12", vmemmap: (0xffff_ffc5_0000_0000, 4 * gibi),
      base: "memory", section: 128 << 20, hugepages: "64K 2M 1G", leaves: "PTE PMD"),
    Row(
      file: "riscv64", name: "riscv64-sv48", levels: "39 30 21 12", vmemmap: (0xffff_8d80_0000_0000, 2 * tebi),
      base: "memory", section: 128 << 20, hugepages: "64K 2M 1G", leaves: "PTE PMD"),
    Row(
      file: "s390x", name: "s390x", levels: "31 20 12", vmemmap: (0x372_0000_0000, 16 * gibi), base: "zero",
      section: 256 << 20, hugepages: "1M 2G", leaves: "PTE PMD"),
    Row(
      file: "x86_64", name: "x86_64", levels: "39 30 21 12", vmemmap: (0xffff_ea00_0000_0000, tebi), base: "zero",
      section: 128 << 20, hugepages: "2M 1G", leaves: "PTE PMD"),
  ]

  @Test(arguments: rows)
  func `the layout is that of the kernel`(row: Row) throws {
    let architecture = try #require(try read(row.file).first { $0.name == row.name })
    let layout = architecture.layout
    #expect(layout.levels.map { String($0.shift) }.joined(separator: " ") == row.levels)
    #expect(layout.vmemmapStart == row.vmemmap.start)
    #expect(layout.vmemmapSize == row.vmemmap.size)
    #expect(layout.vmemmapBase == (row.base == "zero" ? .zero : .memoryStart(alignment: row.section)))
    #expect(UInt64(1) << UInt64(layout.sectionSizeBits) == row.section)
    #expect(architecture.hugepages.map { sizeText($0.value) }.joined(separator: " ") == row.hugepages)
    #expect(layout.vmemmapLeaves.joined(separator: " ") == row.leaves)
    #expect(layout.format != .neutral)
  }

  @Test func noArchitectureIsUntested() throws {
    #expect(try Self.files.flatMap { try read($0).map(\.name) }.sorted() == Self.rows.map(\.name).sorted())
  }

  /// A fact that the kernel states says where. Bodies and entries have one place for the whole of them.
  @Test(arguments: files)
  func `every fact of the kernel says where the kernel states it`(file: String) throws {
    let sources = FolderProvider(folder: Repository.url("arches"))
    for variant in try DescriptorLoader(sources: sources).load("\(file).yaml").variants {
      for key in [
        "page_flags", "page_kernel_ro", "live_pte_replace", "section_size", "kernel_pte", "page_size", "page_table",
        "vmemmap", "vmemmap_leaf", "hugepages",
      ] {
        guard let fact = variant.node[key] else {
          #expect(key == "page_flags", "\(variant.name) has no \(key)")
          continue
        }
        #expect(fact["at"]?.scalar != nil, "\(variant.name): \(key) without 'at:'")
      }
      for key in ["flush_dcache_page", "icache_sync"] where variant.node[key]?.scalar == nil {
        #expect(variant.node[key]?["at"]?.scalar != nil, "\(variant.name): \(key) without 'at:'")
      }
      for key in ["select", "define"] {
        for item in variant.node[key]?.items ?? [] {
          #expect(item["at"]?.scalar != nil, "\(variant.name): \(key) at \(brief(item.range)) without 'at:'")
        }
      }
      let structPage = try #require(variant.node["struct_page"])
      let sizes = structPage["sizes"]?.items ?? [structPage]
      for size in sizes { #expect(size["at"]?.scalar != nil, "\(variant.name): struct_page without 'at:'") }
    }
  }

  /// Which architectures of the kernels that were read opt in, and with HVO possible in which configurations.
  @Test(arguments: [
    ("arm64", [true, true, true]), ("loongarch64", [true, true, true]), ("riscv64", [true, true]), ("s390x", [false]),
    ("x86_64", [true]),
  ])
  func `the opt-in is that of the kernel`(file: String, optsIn: [Bool]) throws {
    let catalog = try shippedCatalog()
    let found = try read(file).map { architecture in
      let space = ConfigurationSpace(of: architecture, catalog: catalog)
      return try space.configurations().contains(where: space.optsIn)
    }
    #expect(found == optsIn)
  }

  @Test(arguments: files)
  func `sizeof(struct page) is known in every configuration`(file: String) throws {
    let catalog = try shippedCatalog()
    for architecture in try read(file) {
      let space = ConfigurationSpace(of: architecture, catalog: catalog)
      for configuration in try space.configurations() {
        #expect(space.structPageSize(in: configuration) != nil, "\(architecture.name) \(configuration.assumptions)")
      }
    }
  }

  @Test(arguments: files)
  func `the first lines name the licence and the schema`(file: String) throws {
    let url = Repository.url("arches/\(file).yaml")
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "# SPDX-License-Identifier: Apache-2.0")
    #expect(lines.dropFirst().first == "# yaml-language-server: $schema=../schema/arch.v1.json")
    #expect(
      FileManager.default.fileExists(atPath: Repository.path("schema/arch.v1.json")))
  }
}
