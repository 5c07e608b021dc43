import Architectures
import Diagnostics
import Policy
import Testing

/// What a finding says, and where.
struct EvidenceTests {
  @Test func `a fault is shown in the kernel's own words, with the struct pages and the start state`() throws {
    let port = try Port(version: "v6.1.15", flush: Body.givenPage).checked()
    let finding = try #require(port.findings("HVO001").first)
    #expect(
      finding.evidence == [
        "Unable to handle kernel write to read-only memory at virtual address fffffc0000001000",
        "2M HugeTLB, struct page #64 of 512: clear_bit() through a read-only vmemmap PTE "
          + "(hugetlb_free_vmemmap=on, mapped executable)",
        "7 of 512 struct pages fault: 64, 128, ..., 448",
        "kernel v6.1.15: selected; HUGETLB_PAGE_OPTIMIZE_VMEMMAP=y",
      ])
    #expect(finding.kernel == "v6.1.15")
    #expect(!finding.help.isEmpty)
  }

  @Test func `an architecture's own sentence is used where it gives one`() throws {
    let port = try Port(
      flush: Body.givenPage, extra: "oops: 'Kernel access of bad area, paging request at 0x{address}, SIGSEGV'"
    ).checked()
    #expect(
      port.findings("HVO001").first?.evidence.first
        == "Kernel access of bad area, paging request at 0xfffffc0000001000, SIGSEGV")
  }

  @Test func `a sentence without the address is printed as it is`() throws {
    let port = try Port(flush: Body.givenPage, extra: "oops: 'Oops'").checked()
    #expect(port.findings("HVO001").first?.evidence.first == "Oops")
  }

  @Test func `the place is the line that stores`() throws {
    let port = Port(flush: "if (!PageHuge(page)) {\n    return;\n}\n" + Body.givenPage)
    let place = try #require(try port.checked().findings("HVO001").first?.place)
    #expect(underlined(place, in: port) == "clear_bit(PG_dcache_clean, &page->flags)")
  }

  @Test func `conditions that nothing known decides are part of the evidence`() throws {
    let body = """
      struct address_space *mapping = page_mapping_file(page);
      if (mapping && !mapping_mapped(mapping)) {
          clear_bit(PG_dcache_clean, &page->flags);
      }
      """
    let finding = try #require(try Port(flush: body).checked().findings("HVO001").first)
    #expect(finding.evidence.contains("only if page_mapping_file(page) && !(mapping_mapped(mapping))"))
    #expect(finding.witness?.count == 448)
  }

  @Test func `assumptions about symbols are part of the evidence`() throws {
    let port = try Port(
      structPage: "sizes: [{size: 64, if: MEMCG}, {size: 56, if: '!MEMCG'}]", flush: Body.givenPage
    ).checked()
    let finding = try #require(port.findings("HVO030").first)
    #expect(finding.assumptions == "MEMCG=n")
    #expect(finding.evidence.first == "sizeof(struct page) is 56, no power of two: nothing is optimised")
    #expect(finding.evidence.contains { $0.hasSuffix("assumed MEMCG=n") })
    #expect(port.findings("HVO001").first?.assumptions == "MEMCG=y")
  }

  @Test func `a silent store shows whose struct page it really changes`() throws {
    let port = Port(pageKernelReadOnly: false, flush: Body.givenPage)
    let finding = try #require(try port.checked().findings("HVO003").first)
    #expect(
      finding.evidence.first
        == "2M HugeTLB, struct page #64 of 512: clear_bit() at 0xfffffc0000001000 really changes struct page #0 "
        + "(hugetlb_free_vmemmap=on, mapped executable)")
    #expect(underlined(finding.place, in: port) == "clear_bit(PG_dcache_clean, &page->flags)")
  }

  @Test func `a silent store in front of a fault is told from the fault`() throws {
    // The last tail beside the head is writable and shown by others; its neighbour is read-only.
    let port = Port(
      flush: """
        if ((page_to_pfn(page) & 511) == 63) {
            set_bit(PG_dcache_clean, &page->flags);
            page = page + 1;
            clear_bit(PG_dcache_clean, &page->flags);
        }
        """)
    let findings = try port.checked().findings
    let alias = try #require(findings.first { $0.rule == "HVO003" })
    #expect(alias.witness?.address == 0xffff_fc00_0000_0fc0)
    #expect(alias.witness?.operation == "set_bit")
    #expect(underlined(alias.place, in: port) == "set_bit(PG_dcache_clean, &page->flags)")
    let fault = try #require(findings.first { $0.rule == "HVO001" })
    #expect(fault.witness?.address == 0xffff_fc00_0000_1000)
    #expect(fault.witness?.operation == "clear_bit")
    #expect(underlined(fault.place, in: port) == "clear_bit(PG_dcache_clean, &page->flags)")
  }

  @Test func `a frame that pages of a size share is shared even where a page shows it once`() throws {
    // 512K on 4K pages has two vmemmap pages: the one that is remapped shows the shared tail frame of v7.1.
    let port = try Port(
      version: "v7.1", selects: ["{symbol: ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP}"], pageKernelReadOnly: false,
      hugepages: ["512K"], flush: Body.unconditional
    ).checked()
    let witness = try #require(port.findings("HVO003").first?.witness)
    #expect(witness.firstIndex == 64)
    #expect(witness.count == 64)
  }

  @Test func `what is not understood is shown with its place`() throws {
    let port = Port(flush: "some_helper(page);")
    let finding = try #require(try port.checked().findings("HVO004").first)
    #expect(finding.outcome == .undecided)
    #expect(finding.evidence == ["cannot model 'some_helper()'"])
    let line = SourceFile(path: Port.path, text: port.text).line(finding.place.start.line)
    #expect(line?.dropFirst(finding.place.start.column - 1).hasPrefix("some_helper(") == true)
  }

  @Test func `replaced entries and split blocks are counted`() throws {
    let finding = try #require(try Port(livePTEReplace: "forbidden").checked().findings("HVO020").first)
    #expect(
      finding.evidence.first
        == "one 2M HugeTLB page: live PTEs that get another output address: 7, live blocks that are split: 1")
  }

  @Test func `an assignment is shown as it is, only calls get parentheses`() throws {
    let port = Port(flush: "page->flags ^= 0;")
    let finding = try #require(try port.checked().findings("HVO001").first)
    #expect(finding.evidence.contains { $0.contains("store by 'page->flags ^= 0' through a read-only vmemmap PTE") })
    #expect(!finding.evidence.contains { $0.contains("'()") })
  }

  @Test func `what is undecided is not titled as if it were violated`() throws {
    let undecided = try #require(try Port(livePTEReplace: "unknown").checked().findings("HVO020").first)
    let violated = try #require(try Port(livePTEReplace: "forbidden").checked().findings("HVO020").first)
    #expect(undecided.outcome == .undecided)
    #expect(undecided.message == "cannot decide: " + violated.message)
    let notUnderstood = try #require(try Port(flush: "some_helper(page);").checked().findings("HVO004").first)
    #expect(notUnderstood.message == "cannot decide what flush_dcache_page() does")
  }

  @Test func `neighbouring versions of an opt-in symbol are one range`() throws {
    let port = Port(
      version: "v6.12.117", selects: ["{symbol: ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP, at: 'arch/arm64/Kconfig:97'}"])
    let finding = try #require(try port.checked().findings("HVO010").first)
    #expect(finding.evidence.last == "it is the opt-in symbol of v5.19-rc2..v6.4-rc1")
  }

  @Test(arguments: [
    ("start: 0xfffffc0000000000, size: 4K", "size: ", "no room for the struct pages of 0x"),
    ("start: 0xfffffc0000000000, size: 6K", "size: ", "does not start and end at base pages"),
  ])
  func `facts that do not fit are said in words, at the fact`(vmemmap: String, key: String, words: String) throws {
    var port = Port()
    port.layout.vmemmap = vmemmap + ", base: memory_start"
    let error = try #require(throws: Diagnostics.self) { try port.checked() }
    let problem = try #require(error.all.first)
    #expect(problem.id == "ARCH017")
    #expect(problem.reasons.joined().contains(words), "\(problem.reasons)")
    #expect(!problem.reasons.joined().contains("Vmemmap."), "\(problem.reasons)")
    let start = try #require(problem.place?.start)
    let line = try #require(SourceFile(path: Port.path, text: port.text).line(start.line))
    #expect(line.prefix(start.column - 1).hasSuffix(key))
  }

  @Test func `a select of another kernel's symbol says whose it is`() throws {
    let port = Port(selects: ["{symbol: ARCH_WANT_OPTIMIZE_VMEMMAP, at: 'arch/arm64/Kconfig:97'}"])
    let finding = try #require(try port.checked().findings("HVO010").first)
    #expect(
      finding.evidence == [
        "kernel v6.1.15 has no config ARCH_WANT_OPTIMIZE_VMEMMAP: the select does nothing and HVO stays off",
        "it is the opt-in symbol of v6.4-rc1..v6.5-rc1",
      ])
    #expect(underlined(finding.place, in: port) == "ARCH_WANT_OPTIMIZE_VMEMMAP")
    #expect(finding.kernelPlace?.description == "arch/arm64/Kconfig:97")
  }

  private func underlined(_ place: SourceRange, in port: Port) -> String? {
    guard place.path == Port.path, place.start.line == place.end.line,
      let line = SourceFile(path: Port.path, text: port.text).line(place.start.line)
    else { return nil }
    return String(line.dropFirst(place.start.column - 1).prefix(place.end.column - place.start.column))
  }
}
