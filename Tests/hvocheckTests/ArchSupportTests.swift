import Foundation
import Testing

/// The kernel's own script reads `--format arch-support`. It is read from a kernel tree when the test runs.
struct ArchSupportTests {
  /// `HVOCHECK_KERNEL_TREE` names a tree; else the newest source package of Debian is asked for this one file.
  private static let script: String? = {
    let manager = FileManager.default
    if let tree = ProcessInfo.processInfo.environment["HVOCHECK_KERNEL_TREE"] {
      return ["tools/docs/get_feat.pl", "scripts/get_feat.pl"].map { "\(tree)/\($0)" }.first(where: manager.fileExists)
    }
    let archives = ((try? manager.contentsOfDirectory(atPath: "/usr/src")) ?? [])
      .filter { $0.hasPrefix("linux-source-") && $0.hasSuffix(".tar.xz") }.sorted()
    guard let archive = archives.last, let folder = try? TemporaryFolder() else { return nil }
    let kept = NSTemporaryDirectory() + "/hvocheck-get_feat-\(getpid()).pl"
    _ = try? Tool.run(
      executable: "/bin/sh",
      arguments: [
        "-c", "tar -xJOf \"$0\" --wildcards --occurrence=1 '*/scripts/get_feat.pl' > \"$1\"", "/usr/src/\(archive)",
        kept,
      ], in: folder.path)
    let text = try? String(contentsOfFile: kept, encoding: .utf8)
    return text?.isEmpty == false ? kept : nil
  }()

  private static let needs: Comment =
    "needs perl and get_feat.pl: HVOCHECK_KERNEL_TREE or a Debian linux-source package"

  @Test(.enabled(if: script != nil, needs))
  func `get_feat.pl reads what was meant`() throws {
    let script = try #require(Self.script)
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
