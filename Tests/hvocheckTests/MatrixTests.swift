import Foundation
import Testing

/// `hvocheck matrix` as people and CI run it.
struct MatrixTests {
  @Test func `the committed matrix is what the shipped descriptors give`() throws {
    let folder = try TemporaryFolder.withShippedDescriptors()
    let result = try Tool.run(["matrix", "--check", "arches/MATRIX.md"], in: folder)
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output == "arches/MATRIX.md: up to date\n")
  }

  @Test(arguments: ["text", "md", "csv", "json", "arch-support"])
  func `what is written is fresh, in every format and by its text alone`(format: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy())
    #expect(try Tool.run(["matrix", "port.yaml", "--format", format, "-o", "matrix"], in: folder).output == "")
    let printed = try Tool.run(["matrix", "port.yaml", "--format", format], in: folder)
    #expect(try printed.output == folder.read("matrix"))
    let result = try Tool.run(["matrix", "port.yaml", "--check", "matrix"], in: folder)
    #expect(result.status == 0)
    #expect(result.output == "matrix: up to date\n")
  }

  @Test(arguments: ["matrix.md", "MATRIX.CSV", "m.json", "arch-support.txt", "m.txt"])
  func `a stale file fails, shows what differs, and says how it is written again`(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy())
    try Tool.run(["matrix", "port.yaml", "-o", name], in: folder)
    try folder.write("port.yaml", Ports.toy(flush: Ports.fixedFlush))
    let result = try Tool.run(["matrix", "port.yaml", "--check", name], in: folder)
    #expect(result.status == 1)
    #expect(result.errors == "")
    #expect(result.output.hasPrefix("--- \(name)\n"))
    #expect(result.output.contains("\n-") && result.output.contains("\n+"))
    let command = try #require(result.output.split(separator: "help: write it again: ").last)
    let again = try Tool.run(executable: "/bin/sh", arguments: ["-c", String(command)], in: folder.path)
    #expect(again.status == 0)
    #expect(try Tool.run(["matrix", "port.yaml", "--check", name], in: folder).status == 0)
  }

  @Test func `what cannot be compared is no stale file`() throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy())
    try folder.write("nothing", "")
    try folder.makeFolder("folder")
    for (name, identity) in [("missing.md", "FILE001"), ("folder", "FILE002"), ("nothing", "USAGE008")] {
      let result = try Tool.run(["matrix", "port.yaml", "--check", name], in: folder)
      #expect(result.status == 2, "\(name)")
      #expect(result.identities == [identity])
      #expect(result.output == "")
    }
    #expect(try Tool.run(["matrix", "port.yaml", "--check", "nothing", "--format", "md"], in: folder).status == 1)
    #expect(try Tool.run(["matrix", "port.yaml", "--check", "a", "-o", "b"], in: folder).status == 2)
    #expect(try Tool.run(["matrix", "port.yaml", "--by", "size"], in: folder).status == 2)
  }

  @Test func `a file is written as a whole or not at all`() throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy())
    try folder.write("old.md", "old\n")
    try folder.link("link.md", to: "old.md")
    #expect(try Tool.run(["matrix", "missing.yaml", "-o", "old.md"], in: folder).status == 2)
    #expect(try folder.read("old.md") == "old\n")
    #expect(try Tool.run(["matrix", "port.yaml", "-o", "no/such/folder.md"], in: folder).status == 3)
    #expect(try Tool.run(["matrix", "port.yaml", "-o", "/dev/null"], in: folder).status == 0)
    #expect(try Tool.run(["matrix", "port.yaml", "-o", "link.md"], in: folder).status == 0)
    #expect(try folder.read("old.md").hasPrefix("# HugeTLB"))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(Set(names) == ["port.yaml", "old.md", "link.md"])
  }

  // MARK: several kernels

  private func twoKernels() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("6.1/port.yaml", Ports.toy(version: "v6.1.192"))
    try folder.write("6.12/port.yaml", Ports.toy(flush: Ports.fixedFlush))
    return folder
  }

  @Test func `an architecture has a row for each of its kernels`() throws {
    let result = try Tool.run(["matrix", "6.12", "6.1"], in: twoKernels())
    #expect(result.status == 0)
    let rows = result.output.split(separator: "\n").filter { $0.hasPrefix("  port") }
    #expect(
      rows.map { $0.split(separator: " ").dropFirst(2).prefix(4).joined(separator: " ") } == [
        "v6.1.192 off FAIL ok", "v6.12.117 off ok ok",
      ])
  }

  @Test func `two descriptors of one name and one kernel are refused`() throws {
    let folder = try twoKernels()
    try folder.write("again/port.yaml", Ports.toy())
    for command in ["matrix", "check"] {
      let result = try Tool.run([command, "6.12", "again"], in: folder)
      #expect(result.status == 2)
      #expect(Set(result.identities) == ["ARCH018"])
    }
  }

  @Test func `reproduce lines and known findings name the kernel that they mean`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "arches/6.1/port.yaml", Ports.toy(selects: ["ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP"], version: "v6.1.192"))
    try folder.write("arches/6.12/port.yaml", Ports.toy(selects: [Ports.optIn]))
    try folder.write(
      "arches/baseline.json",
      """
      {"schema": "hvo/baseline/v2", "findings": [
        {"rule": "HVO001", "architecture": "port", "kernel": "v6.12.117", "hugepages": ["2M"],
         "site": "clear_bit(PG_dcache_clean, &page->flags)", "reason": "known", "date": "2026-01-31"}]}
      """)
    let result = try Tool.run(["check", "--verbose"], in: folder)
    #expect(result.status == 1)
    // The other kernel's finding is open: an entry names the kernel of which it accepts something.
    #expect(result.output.contains("1 error,") && result.output.contains("1 known finding in the baseline"))
    let commands = result.output.matches(of: /reproduce: (hvocheck sim .*)/).map { String($0.1) }
    #expect(
      Set(commands.map { $0.split(separator: " ").last ?? "" }) == ["arches/6.1/port.yaml", "arches/6.12/port.yaml"])
    for command in commands {
      let again = try Tool.run(executable: "/bin/sh", arguments: ["-c", command], in: folder.path)
      #expect(again.status == 0, "\(command)")
    }
    #expect(try Tool.run(["sim", "port", "--hugepage", "2M"], in: folder).identities == ["USAGE009"])
  }
}
