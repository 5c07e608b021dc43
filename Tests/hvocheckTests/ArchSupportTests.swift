import Foundation
import TestSupport
import Testing

/// The kernel's own script reads `--format arch-support`. It comes from a kernel tree.
struct ArchSupportTests {
  @Test(.enabled(if: RecordedTree.isAvailable, RecordedTree.absence))
  func `get_feat.pl reads what was meant`() throws {
    let script = try RecordedTree.path("scripts/get_feat.pl", of: "6.12")
    let folder = try TemporaryFolder.withShippedDescriptors()
    try folder.makeFolder("features/vm/hvo")
    let path = "features/vm/hvo/arch-support.txt"
    #expect(try Tool.run(["matrix", "-o", path], in: folder).status == 0)

    func run(_ arguments: [String]) throws -> Tool.Result {
      try Tool.run(
        executable: "/usr/bin/env", arguments: ["perl", script, "--dir=features"] + arguments, in: folder.path)
    }
    let validated = try run(["validate"])
    #expect(validated.status == 0)
    #expect(validated.errors == "")

    // `validate` accepts every word, so the table is compared too.
    let rest = try run(["--feat", "hvo", "rest"])
    let table = rest.output.matches(of: /(?m)^(\w+) +(ok|TODO|---|N\/A) *$/).map { ["\($0.1)", "\($0.2)"] }
    #expect(
      table == [["arm64", "---"], ["loongarch", "ok"], ["riscv", "ok"], ["s390", "---"], ["x86", "ok"]],
      "\(rest.output)")
    #expect(rest.output.contains(":Kconfig: ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP"))
    #expect(try run(["--arch", "riscv", "list"]).output.contains(/hvo *: *ok *\|/))
  }
}
