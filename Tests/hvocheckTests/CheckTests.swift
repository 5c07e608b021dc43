import Foundation
import TestSupport
import Testing

/// `check`: verdicts, exit codes and streams.
struct CheckTests {
  @Test func `the shipped descriptors are clean with their baseline`() throws {
    let result = try Tool.run(["check"], in: .withShippedDescriptors())
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(result.output.contains(": 0 errors, 0 warnings, "))
    #expect(result.output.contains("known findings in the baseline\n"))
  }

  @Test func `without the baseline arm64 fails for its live entries only`() throws {
    let result = try Tool.run(["check", "arches/arm64.yaml", "--no-baseline"], in: .withShippedDescriptors())
    #expect(result.status == 1)
    #expect(result.errors == "")
    #expect(Set(result.identities) == ["HVO002", "HVO020"])
    #expect(
      result.output.contains("arches/arm64.yaml:54:1: error: arm64-4k: HVO replaces live valid page-table entries"))
  }

  @Test func `an unfixed flush faults at struct page 64, 7 of 512`() throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy(selects: [Ports.optIn]))
    let result = try Tool.run(["check", "port.yaml"], in: folder)
    #expect(result.status == 1)
    #expect(result.errors == "")
    #expect(result.output.contains("error: port: flush_dcache_page() writes to a read-only tail struct page [HVO001]"))
    #expect(result.output.contains("struct page #64 of 512: clear_bit() through a read-only vmemmap PTE"))
    #expect(result.output.contains("7 of 512 struct pages fault: 64, 128, ..., 448"))
    #expect(result.output.contains("clear_bit(PG_dcache_clean, &page->flags);\n      |         ^~~"))
    let row = "\n  port              v6.12.117              2M        FAIL     FAIL   ok     HVO001, warning HVO002\n"
    #expect(result.output.contains(row))
  }

  @Test func `taking the head makes it ok`() throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy(selects: [Ports.optIn], flush: Ports.fixedFlush))
    let result = try Tool.run(["check", "port.yaml"], in: folder)
    #expect(result.status == 0)
    #expect(result.identities == [])
    #expect(result.output.contains("\n  port              v6.12.117              2M        ok       ok     ok\n"))
  }

  @Test func `what-if gives the same findings as the select line`() throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy())
    let off = try Tool.run(["check", "port.yaml"], in: folder)
    #expect(off.status == 0)
    #expect(off.output.contains("  off      off    off    not selected\n"))
    let selected = try Tool.run(["check", "port.yaml", "--select", Ports.optIn], in: folder)
    #expect(selected.status == 1)
    #expect(selected.output.contains("struct page #64 of 512"))
    #expect(selected.identities.contains("HVO001"))
  }

  @Test func `an opt-in symbol of another kernel is an error of its own`() throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy())
    let result = try Tool.run(["check", "port.yaml", "--select", "ARCH_WANT_HUGETLB_PAGE_FREE_VMEMMAP"], in: folder)
    #expect(result.status == 1)
    #expect(result.identities.contains("HVO010"))
  }

  @Test func `warnings alone do not fail`() throws {
    let folder = try TemporaryFolder()
    let text = Ports.toy(selects: [Ports.optIn], flush: Ports.fixedFlush)
    try folder.write("port.yaml", text.replacing("struct_page: {size: 64}", with: "struct_page: {size: 56}"))
    let result = try Tool.run(["check", "port.yaml"], in: folder)
    #expect(result.status == 0)
    #expect(result.identities == ["HVO030"])
    #expect(result.output.contains("warning: port: sizeof(struct page) switches HVO off"))
  }

  @Test func `what is not understood is an error with its construct`() throws {
    let folder = try TemporaryFolder()
    let text = Ports.toy(selects: [Ports.optIn], flush: "      toy_mystery(page);")
    try folder.write("port.yaml", text)
    let result = try Tool.run(["check", "port.yaml"], in: folder)
    #expect(result.status == 1)
    #expect(result.identities == ["HVO004"])
    #expect(result.output.contains("toy_mystery"))
    #expect(result.output.contains("  2M        ?        ?      ok"))
  }

  @Test func `the reproduce line works as it is printed`() throws {
    let folder = try TemporaryFolder()
    try folder.write("ports/port.yaml", Ports.toy())
    let result = try Tool.run(["check", "ports", "--select", Ports.optIn], in: folder)
    let line = try #require(result.output.split(separator: "\n").first { $0.contains("reproduce: hvocheck ") })
    let words = try #require(line.split(separator: "reproduce: hvocheck ").last).split(separator: " ").map(String.init)
    #expect(
      words == ["sim", "port", "--hugepage", "2M", "--trace", "--arches", "ports/port.yaml", "--select", Ports.optIn])
    let simulation = try Tool.run(words, in: folder)
    #expect(simulation.status == 0)
    #expect(simulation.output.contains("  FAULT  ports/port.yaml:"))
  }

  @Test func `verbose shows notes and known findings`() throws {
    let folder = try TemporaryFolder.withShippedDescriptors()
    let brief = try Tool.run(["check", "arches/arm64.yaml"], in: folder)
    let verbose = try Tool.run(["check", "arches/arm64.yaml", "--verbose"], in: folder)
    #expect(brief.status == 0)
    #expect(verbose.status == 0)
    #expect(brief.identities == [])
    #expect(Set(verbose.identities) == ["HVO002", "HVO020", "HVO031"])
    #expect(verbose.output.contains("known: true of the patch thread's v4"))
  }

  @Test func `two runs print the same bytes, wherever the tree lies`() throws {
    let lines = [["check", "--no-baseline", "--verbose"], ["check", "--format", "json"]]
    for words in lines {
      let first = try TemporaryFolder.withShippedDescriptors()
      let second = try TemporaryFolder.withShippedDescriptors()
      let result = try Tool.run(words, in: first)
      #expect(try Tool.run(words, in: second).output == result.output)
      #expect(try Tool.run(words + [second.path + "/arches"], in: second).output == result.output)
      #expect(!result.output.contains(first.path))
      #expect(!result.output.contains(Repository.root.path))
    }
  }

  @Test func `a file that is named twice is read once`() throws {
    let words = ["check", "arches", "./arches//x86_64.yaml", "arches/./x86_64.yaml"]
    let result = try Tool.run(words, in: .withShippedDescriptors())
    #expect(result.status == 0)
    #expect(result.output.contains("\nchecked 5 descriptors, "))
  }

  @Test func `two descriptors of one name are refused`() throws {
    let folder = try TemporaryFolder.withShippedDescriptors()
    try folder.write("other/x86_64.yaml", folder.read("arches/x86_64.yaml"))
    let result = try Tool.run(["check", "arches", "other"], in: folder)
    #expect(result.status == 2)
    #expect(result.output.contains("not checked: other/x86_64.yaml:"))
    #expect(result.errors.contains("two descriptors are named 'x86_64'"))
    #expect(result.errors.contains("note: first here"))
  }
}
