import Architectures
import Diagnostics
import Foundation
import ShippedKernels
import Testing
import Vmemmap

/// Catalogs with mistakes: the shipped one with a few words changed.
@Suite struct KernelCatalogReaderTests {
  private func mistakes(_ changes: [(String, String)]) throws -> [String] {
    var text = ShippedKernels.text
    for (old, new) in changes {
      let range = try #require(text.range(of: old), "the catalog has no '\(old)'")
      text.replaceSubrange(range, with: new)
    }
    do {
      _ = try KernelCatalogReader.read(SourceFile(path: "kernels.yaml", text: text))
      return []
    } catch {
      return error.all.map { "\($0.id) \($0.message)" }
    }
  }

  @Test(arguments: [
    ("before: v5.18-rc1", "before: v5.14-rc1", "ARCH015 the range v5.14-rc1..v5.14-rc1 is empty"),
    ("before: v5.18-rc1", "before: v5.18-rc2", "ARCH015 two kernels cover v5.18-rc1"),
    ("generation: R2", "generation: R3", "ARCH015 'R3' is not in 'generations'"),
    ("page_flags: v6.1\n", "page_flags: v6.2\n", "ARCH015 'v6.2' is not in 'page_flags'"),
    ("name: R1n", "name: R1", "ARCH015 'R1' is in 'generations' twice"),
    ("{name: SMP}", "{name: MMU}", "ARCH015 'MMU' is in 'symbols' twice"),
    ("PG_arch_2: 25", "PG_arch_2: 64", "ARCH015 a flags word has no bit 64"),
    ("PG_arch_2: 25", "PG_arch_2: -1", "SCHEMA004 '-1' is not a number such as 64 or 0x40"),
    ("kept_pages: 2", "kept_pages: 0", "ARCH015 0 kept pages: HVO keeps 1 to 4"),
    ("kept_pages: 2", "kept_pages: 5", "ARCH015 5 kept pages: HVO keeps 1 to 4"),
    ("    without_head_copy: reuse\n", "", "SCHEMA002 'tails: head_copy' needs 'without_head_copy'"),
    ("opt_in: {condition: X86_64}", "opt_in: {}", "SCHEMA002 'opt_in' needs 'symbol' or 'condition'"),
    (
      "opt_in: {condition: X86_64}", "opt_in: {symbol: A, condition: B}",
      "SCHEMA001 'opt_in' has 'symbol' and 'condition'"
    ),
    ("{name: HUGETLBFS}", "{name: CONFIG_HUGETLBFS}", "SCHEMA004 Kconfig names are written without CONFIG_"),
    ("sysctl: n", "sysctl: no", "YAML024 expected y or n, found 'no'"),
    ("sysctl: n", "sysctls: n", "SCHEMA001 unknown key 'sysctls'"),
  ])
  func `what does not fit together is refused`(old: String, new: String, message: String) throws {
    let mistakes = try mistakes([(old, new)])
    #expect(mistakes.contains(message), "\(mistakes)")
  }

  @Test func numbersAreReadAsTheyAreWritten() throws {
    let text = ShippedKernels.text.replacing("kept_pages: 2", with: "kept_pages: 0x2")
      .replacing("PG_arch_1: 11", with: "PG_arch_1: 0xb")
    let catalog = try KernelCatalogReader.read(SourceFile(path: "kernels.yaml", text: text))
    let version = try #require(KernelVersion("v5.14"))
    let profile = try #require(catalog.profile(of: version, patches: []))
    #expect(profile.generation.reservedPages == 2)
    #expect(profile.pageFlags["PG_arch_1"] == 11)
  }

  @Test func allMistakesAreReportedOnceAndInTextOrder() throws {
    #expect(
      try mistakes([
        ("name: R1n", "name: R1"), ("PG_arch_2: 25", "PG_arch_2: 99"), ("generation: R2", "generation: R3"),
      ])
        == [
          "ARCH015 'R1' is in 'generations' twice", "ARCH015 a flags word has no bit 99",
          "ARCH015 'R3' is not in 'generations'",
          // Each of the three kernels that name it.
          "ARCH015 'R1n' is not in 'generations'", "ARCH015 'R1n' is not in 'generations'",
          "ARCH015 'R1n' is not in 'generations'",
        ])
  }
}
