import Architectures
import Diagnostics
import Foundation
import TestSupport
import Testing
import Vmemmap

/// Descriptors with random changes: whatever is read, nothing crashes, and what is refused is refused with a place.
@Suite struct RandomDescriptorTests {
  private static let values = [
    "", "null", "~", "y", "n", "m", "0", "1", "63", "64", "0x0", "0x1", "4K", "16K", "2M", "16E", "8388608T", "-1",
    "0xffffffffffffffff", "18446744073709551615", "18446744073709551616", "0x8000000000000000", "[]", "{}", "[2M, 2M]",
    "{value: 4K}", "{value: [PTE]}", "none", "PTE", "PG_arch_1", "v5.14", "v7.1", "v9.9", "\"\\u0000\"", "'!A || B'",
    "X86_64", "ARM64 && !ARM64", "((((((((A))))))))", "9223372036854775807", "1P", "|\n    text",
  ]

  private func text(_ path: String) throws -> String {
    try Repository.text(path)
  }

  /// One change to one line: another value, another key, the line gone, twice, or deeper.
  private func mutated(_ text: String, with generator: inout SeededGenerator) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let index = Int.random(in: lines.indices, using: &generator)
      let line = lines[index]
      let value = Self.values.randomElement(using: &generator) ?? ""
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: lines.remove(at: index)
      case 1: lines.insert(line, at: index)
      case 2: lines[index] = "  " + line
      case 3:
        if let colon = line.firstIndex(of: ":") { lines[index] = line[...colon] + " " + value }
      case 4:
        // One of the values inside a flow mapping or list.
        let places = line.ranges(of: /[A-Za-z0-9_]+(?=[,}\]])/)
        if let place = places.randomElement(using: &generator) {
          lines[index] = line.replacingCharacters(in: place, with: value)
        }
      default:
        let places = line.ranges(of: /[A-Za-z0-9_]+(?=:)/)
        if let place = places.randomElement(using: &generator) {
          lines[index] = line.replacingCharacters(in: place, with: "+symbols")
        }
      }
    }
    return lines.joined(separator: "\n")
  }

  @Test(arguments: 1...4)
  func `no change of a shipped descriptor crashes the reader`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let catalog = try shippedCatalog()
    let originals = try ShippedDescriptorTests.files.map { try text("arches/\($0).yaml") }
    var accepted = 0
    for round in 0..<150 {
      let text = mutated(try #require(originals.randomElement(using: &generator)), with: &generator)
      do {
        let descriptor = try DescriptorLoader(sources: TextProvider(texts: ["a.yaml": text])).load("a.yaml")
        for architecture in try ArchitectureReader(catalog: catalog).read(descriptor) {
          let layout = architecture.layout
          #expect(layout.levels.last?.shift == layout.pageShift, "seed \(seed), round \(round)")
          #expect(!layout.vmemmapStart.addingReportingOverflow(layout.vmemmapSize - 1).overflow)
          #expect(!architecture.hugepages.isEmpty && !layout.vmemmapLeaves.isEmpty)
        }
        accepted += 1
      } catch {
        #expect(!error.all.isEmpty, "seed \(seed), round \(round)")
        #expect(error.all.allSatisfy { $0.place != nil }, "seed \(seed), round \(round): \(error.all)")
      }
    }
    // Most of the lines are comments, so that both ways are gone.
    #expect(accepted > 0 && accepted < 150, "seed \(seed)")
  }
}
