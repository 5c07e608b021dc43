import Testing

/// `sim`: summaries, traces, dumps and scripts.
struct SimTests {
  @Test func `a dump is that of kernel_page_tables (arm64)`() throws {
    let words = ["sim", "arm64-4k", "--hugepage", "2M", "--memory", "0x40000000+1G", "--at", "0x42a00000,0x40000000"]
    let result = try Tool.run(words + ["--dump"], in: .withShippedDescriptors())
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(
      result.output == """
        ---[ vmemmap start ]---
        0xfffffc0000000000-0xfffffc0000001000           4K PTE       RW NX SHD AF            UXN    MEM/NORMAL
        0xfffffc0000001000-0xfffffc0000008000          28K PTE       ro NX SHD AF            UXN    MEM/NORMAL
        0xfffffc0000008000-0xfffffc00000a9000         644K PTE       RW NX SHD AF            UXN    MEM/NORMAL
        0xfffffc00000a9000-0xfffffc00000b0000          28K PTE       ro NX SHD AF            UXN    MEM/NORMAL
        0xfffffc00000b0000-0xfffffc0000200000        1344K PTE       RW NX SHD AF            UXN    MEM/NORMAL
        0xfffffc0000200000-0xfffffc0001000000          14M PMD       RW NX SHD AF        BLK UXN    MEM/NORMAL
        0xfffffc0001000000-0xfffffc0040000000        1008M PMD
        0xfffffc0040000000-0xfffffc8000000000         511G PUD
        0xfffffc8000000000-0xfffffe0000000000        1536G PGD
        ---[ vmemmap end ]---

        """)
  }

  @Test func `a dump is that of kernel_page_tables (x86)`() throws {
    let words = ["sim", "x86_64", "--hugepage", "1G", "--memory", "0x0+4G", "--at", "0x40000000", "--dump"]
    let result = try Tool.run(words, in: .withShippedDescriptors())
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(
      result.output == """
        ---[ Vmemmap ]---
        0xffffea0000000000-0xffffea0001000000          16M     RW         PSE     GLB NX pmd
        0xffffea0001000000-0xffffea0001001000           4K     RW                 GLB NX pte
        0xffffea0001001000-0xffffea0002000000       16380K     ro                 GLB NX pte
        0xffffea0002000000-0xffffea0004000000          32M     RW         PSE     GLB NX pmd
        0xffffea0004000000-0xffffea0040000000         960M                               pmd
        0xffffea0040000000-0xffffea8000000000         511G                               pud
        0xffffea8000000000-0xfffffe0000000000       19968G                               pgd
        ---[ CPU entry Area ]---

        """)
  }

  @Test func `switched off, nothing is remapped`() throws {
    let words = ["sim", "arm64-4k", "--hugepage", "2M", "--memory", "0x40000000+1G", "--count", "16", "--dump"]
    let on = try Tool.run(words, in: .withShippedDescriptors())
    #expect(on.output.count { $0 == "\n" } > 30)
    #expect(on.output.split(separator: "\n").count { $0.contains("28K PTE       ro") } == 16)
    let off = try Tool.run(words + ["--boot", "off"], in: .withShippedDescriptors())
    #expect(off.status == 0)
    #expect(!off.output.contains(" ro "))
    #expect(off.output.contains("          16M PMD       RW NX SHD AF        BLK UXN    MEM/NORMAL"))
  }

  @Test func `a script without memory has 4G, and its labels come first`() throws {
    let folder = try TemporaryFolder.withShippedDescriptors()
    try folder.write(
      "steps.txt",
      "# two dumps\r\ndump before\r\nalloc 2M 0x40000000 # the first\r\ndump\r\nfree all\r\ndump after all\r\n")
    let result = try Tool.run(["sim", "arm64-4k", "--script", "steps.txt"], in: folder)
    #expect(result.status == 0)
    #expect(result.errors == "")
    let parts = result.output.split(separator: "---[ vmemmap start ]---\n", omittingEmptySubsequences: false)
    #expect(parts.count == 4)
    #expect(parts[0] == "# before\n")
    #expect(parts[1].hasPrefix("0xfffffc0000000000-0xfffffc0004000000          64M PMD"))
    #expect(parts[2].contains("28K PTE       ro"))
    #expect(parts[2].hasSuffix("# after all\n"))
    #expect(parts[3].hasPrefix("0xfffffc0000000000-0xfffffc0000200000           2M PTE       RW"))
  }

  @Test func `memory that is gone is reported, and the dump shows it`() throws {
    let folder = try TemporaryFolder.withShippedDescriptors()
    try folder.write(
      "steps.txt",
      "memory 0x40000000+1G\nalloc 2M 0x40000000\nleave-free-frames 3\nfree all\nleave-free-frames 512\nalloc 2M 0x50000000\n"
    )
    let result = try Tool.run(["sim", "arm64-4k", "--script", "steps.txt"], in: folder)
    #expect(result.status == 0)
    #expect(
      result.output == """
        # no frames to restore 0x40000000: it stays as surplus
        # no frame for the remap of 0x50000000: it stays as it is

        """)
  }

  @Test(arguments: [
    ("", "the script has no steps"),
    ("boot hugetlb_free_vmemmap=on\n", "the script has no steps"),
    ("aloc 2M 0x0\n", "did you mean 'alloc'?"),
    ("alloc 2M\n", "expected: alloc SIZE ADDRESS..."),
    ("alloc 2M 0x4000000g\n", "not '0x4000000g'"),
    ("alloc 2M 0x+40000000\n", "not '0x+40000000'"),
    ("alloc two 0x40000000\n", "expected: alloc SIZE ADDRESS..."),
    ("alloc 3M 0x40000000\n", "3145728 bytes are no HugeTLB page size"),
    ("alloc 2M 0x40000100\n", "0x40000100 is not a multiple of the size"),
    ("alloc 2M 0x0\n", "the HugeTLB page at 0x0 is not all memory"),
    ("alloc 2M 0x40000000 0x40000000\n", "0x40000000 is in use"),
    ("free 0x40000000\n", "there is no HugeTLB page at 0x40000000"),
    ("free\n", "expected: free ADDRESS... or free all"),
    ("sysctl vm.hugetlb_optimize_vmemmap=2\n", "expected: sysctl vm.hugetlb_optimize_vmemmap=0|1"),
    ("sysctl vm.hugetlb_optimize_vmemmap=0\n", "this kernel has no vm.hugetlb_optimize_vmemmap"),
    ("boot maybe\n", "expected: boot hugetlb_free_vmemmap=on|off"),
    ("memory 0x40000000\n", "expected: memory START+SIZE"),
    ("memory 0x0+1G\nmemory 0x0+1G\ndump\n", "overlaps"),
    ("leave-free-frames -1\n", "expected: leave-free-frames COUNT"),
    ("memory 0x40000000+1G\nleave-free-frames 0\nalloc 2M 0x50000000\n", "there are not that many free frames"),
  ])
  func `a wrong step has its place`(script: String, message: String) throws {
    let folder = try TemporaryFolder.withShippedDescriptors()
    try folder.write("steps.txt", script)
    let result = try Tool.run(["sim", "arm64-4k", "--script", "steps.txt"], in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains(message), "\(result.errors)")
  }

  @Test func `all wrong steps are reported together`() throws {
    let folder = try TemporaryFolder.withShippedDescriptors()
    try folder.write("steps.txt", "dump\n  alok 2M 0x0\nmemory 3\n")
    let result = try Tool.run(["sim", "arm64-4k", "--script", "steps.txt"], in: folder)
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(
      result.errors.contains(
        "steps.txt:2:3: error: unknown step 'alok' [SIM003]\n    2 |   alok 2M 0x0\n      |   ^~~~"))
    #expect(result.errors.contains("steps.txt:3:1: error: expected: memory START+SIZE"))
  }

  @Test func `the summary counts what each start state led to`() throws {
    let folder = try TemporaryFolder()
    try folder.write("arches/port.yaml", Ports.toy(selects: [Ports.optIn]))
    let result = try Tool.run(["sim", "port", "--hugepage", "2M"], in: folder)
    #expect(result.status == 0)
    #expect(result.output.contains("  7 vmemmap pages freed (28 KiB): 14.0000 GiB per TiB\n"))
    #expect(result.output.contains("    7 of 512 fault: 64, 128, ..., 448\n"))
    let oops = "      Unable to handle kernel write to read-only memory at virtual address ffffea0000001000\n"
    #expect(result.output.contains(oops))
  }

  @Test func `a trace shows the store that faults, and the steps before it`() throws {
    let folder = try TemporaryFolder()
    try folder.write("arches/port.yaml", Ports.toy(selects: [Ports.optIn]))
    let words = ["sim", "port", "--hugepage", "2M", "--trace"]
    let first = try Tool.run(words, in: folder)
    #expect(first.status == 0)
    #expect(first.output.hasPrefix("#1 PREP      head 0xffffea0000000000, 512 struct pages\n"))
    #expect(first.output.contains("  (live block split)\n"))
    #expect(first.output.contains("flush_dcache_page(struct page #64 of 512): "))
    #expect(first.output.contains("  FAULT  arches/port.yaml:"))
    let head = try Tool.run(words + ["--struct-page", "0"], in: folder)
    #expect(head.status == 0)
    #expect(!head.output.contains("FAULT"))
    #expect(head.output.contains("  STORE  arches/port.yaml:"))
  }

  @Test func `an assumption is named, apart from the report`() throws {
    let folder = try TemporaryFolder()
    let sizes = "struct_page: {sizes: [{size: 64, if: MEMCG}, {size: 56}]}"
    try folder.write(
      "arches/port.yaml",
      Ports.toy(selects: [Ports.optIn]).replacing("struct_page: {size: 64}", with: sizes))
    let result = try Tool.run(["sim", "port", "--hugepage", "2M"], in: folder)
    #expect(result.status == 0)
    #expect(result.errors == "note: assumed MEMCG=y, on which the descriptor is silent\n")
  }

  @Test func `what-if switches the feature on`() throws {
    let folder = try TemporaryFolder()
    try folder.write("arches/port.yaml", Ports.toy())
    let off = try Tool.run(["sim", "port", "--hugepage", "2M"], in: folder)
    #expect(off.status == 2)
    #expect(off.errors.contains("--select \(Ports.optIn)"))
    let on = try Tool.run(["sim", "port", "--hugepage", "2M", "--select", Ports.optIn], in: folder)
    #expect(on.status == 0)
    #expect(on.output.contains("7 of 512 fault"))
  }

  @Test func `show prints every fact with its place`() throws {
    let result = try Tool.run(["show", "arm64-16k", "--resolved", "--origin"], in: .withShippedDescriptors())
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(result.output.contains("\tpage_size.value=16K\n"))
    #expect(!result.output.contains("variants"))
    for line in result.output.split(separator: "\n") {
      #expect(line.prefixMatch(of: /arches\/arm64\.yaml:\d+\t[a-zA-Z_]+/) != nil, "\(line)")
    }
    let plain = try Tool.run(["show", "arm64-16k", "--resolved"], in: .withShippedDescriptors())
    #expect(plain.output.split(separator: "\n").count == result.output.split(separator: "\n").count)
    #expect(!plain.output.contains("arches/arm64.yaml:"))
    let summary = try Tool.run(["show", "arm64-16k"], in: .withShippedDescriptors())
    #expect(summary.output.contains("  hugepages 2M, 32M, 1G\n"))
  }
}
