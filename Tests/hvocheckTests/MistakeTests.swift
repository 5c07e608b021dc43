import Testing

/// Mistakes in a descriptor: all of them at once, each with its place and the way out.
struct MistakeTests {
  @Test func `an empty file says how to start, and the start says what is missing`() throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", "")
    let empty = try Tool.run(["check", "port.yaml"], in: folder)
    #expect(empty.status == 2)
    #expect(empty.errors.contains("start with 'schema: hvo/arch/v1'"))
    try folder.write("port.yaml", "schema: hvo/arch/v1\narch: toy\n")
    let started = try Tool.run(["check", "port.yaml"], in: folder)
    #expect(started.status == 2)
    for key in ["source", "config", "page_size", "page_table", "vmemmap", "hugepages", "flush_dcache_page"] {
      #expect(started.errors.contains(": error: missing key '\(key)' in 'port' [SCHEMA002]\n"), "\(key)")
      #expect(started.errors.contains("      = \(key): "), "\(key)")
    }
  }

  @Test func `what is still open is no value, in quotes it is a text`() throws {
    let folder = try TemporaryFolder()
    for (text, status) in [
      ("title: '???'", Int32(0)), ("title: ???", 2), ("symbols:\n- ???", 2), ("config:\n  SMP: ???", 2),
    ] {
      let port = Ports.toy().replacing("title: A port that exists nowhere", with: "")
      let isConfig = text.hasPrefix("config")
      try folder.write(
        "port.yaml", (isConfig ? port.replacing(/\nconfig:.*\n/, with: "\n") : port) + "\n" + text + "\n")
      let result = try Tool.run(["check", "port.yaml"], in: folder)
      #expect(result.status == status, "\(text): \(result.errors)")
      #expect(result.errors.contains("is not filled in [SCHEMA005]") == (status == 2))
    }
  }

  @Test func `several mistakes of form are reported together`() throws {
    let folder = try TemporaryFolder()
    let text = Ports.toy()
      .replacing("page_size: 4K", with: "pagesize: 4K")
      .replacing("MMU: y", with: "MMU: yes")
      .replacing("live_pte_replace: allowed", with: "live_pte_replace: alowed")
      .replacing("page_kernel_ro: y", with: "page_kernel_ro: maybe")
      .replacing("hugepages: [2M]", with: "hugepages: [2M, 3M]")
      .replacing("base: zero", with: "base: none, bas: zero")
    try folder.write("port.yaml", text)
    let result = try Tool.run(["check", "port.yaml"], in: folder)
    #expect(result.status == 2)
    #expect(result.output == "")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (mistake, message) in [
      ("pagesize", "unknown key 'pagesize'"), ("yes", "expected y, m or n, found 'yes'"),
      ("alowed", "'alowed' is not one of"), ("maybe", "expected y or n, found 'maybe'"), ("3M", "'3M'"),
      ("none", "'none' is not one of"), ("bas", "unknown key 'bas'"),
    ] {
      let heading = try #require(
        result.errors.split(separator: "\n").first { $0.contains(message) }, "\(message) in \(result.errors)")
      let numbers = heading.split(separator: ":")
      let line = try #require(Int(numbers[1])), column = try #require(Int(numbers[2]))
      #expect(lines[line - 1].dropFirst(column - 1).hasPrefix(mistake), "\(heading)")
      let caret = String(repeating: " ", count: column - 1) + "^" + String(repeating: "~", count: mistake.count - 1)
      #expect(result.errors.contains("| \(lines[line - 1])\n      | \(caret)\n"), "\(heading)")
    }
    #expect(result.errors.contains("help: did you mean 'page_size'?"))
    #expect(result.errors.contains("help: did you mean 'allowed'?"))
  }

  @Test(arguments: [
    ("SPARSEMEM_VMEMMAP: y", "SPARSMEM_VMEMMAP: y", "ARCH006", "did you mean 'SPARSEMEM_VMEMMAP'?"),
    ("symbol: SPARSEMEM_VMEMMAP_ENABLE", "symbol: SPARSEMEM_VMEMAP_ENABLE", "ARCH006", "SPARSEMEM_VMEMMAP_ENABLE"),
    ("version: v6.12.117", "version: v4.20", "ARCH005", "no kernel profile covers"),
    ("PG_arch_1", "PG_arch_9", "ARCH008", "PG_arch_9"),
    ("struct_page: {size: 64}", "struct_page: {size: 60}", "ARCH007", "multiple of 8"),
    ("vmemmap_leaf: [PTE, PMD]", "vmemmap_leaf: [PTE, PME]", "ARCH012", "'PME' is no level"),
    ("vmemmap_leaf: [PTE, PMD]", "vmemmap_leaf: [PMD]", "ARCH012", "the last level 'PTE' is missing"),
    ("vmemmap_leaf: [PTE, PMD]", "vmemmap_leaf: [PTE, PUD]", "ARCH012", "leaves at 'PUD' are not simulated"),
    ("vmemmap_leaf: [PTE, PMD]", "vmemmap_leaf: [PTE, PGD]", "ARCH012", "leaves at 'PGD' are not simulated"),
    ("hugepages: [2M]", "hugepages: [1T]", "ARCH013", "the limit is 1048576: 4G on this base page"),
    ("hugepages: [2M]", "hugepages: [8G]", "ARCH013", "2097152 struct pages of a HugeTLB page"),
    ("hugepages: [2M]", "hugepages: [2M, 2M]", "ARCH013", "2M is listed twice"),
    ("hugepages: [2M]", "hugepages: []", "ARCH013", "nothing to check"),
    ("hugepages: [2M]", "hugepages: [4K]", "ARCH013", "is not a HugeTLB page size"),
    ("PTE: 12}", "PTE: 13}", "ARCH011", "the page size is 4K"),
    ("section_size: 128M", "section_size: 2K", "ARCH010", "a section is smaller than a page"),
    ("arch: toy\n", "arch: toy\narch: toy\n", "YAML", "'arch'"),
  ])
  func `a mistake of meaning has its place`(right: String, wrong: String, id: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy().replacing(right, with: wrong))
    let result = try Tool.run(["check", "port.yaml"], in: folder)
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.identities.contains { $0.hasPrefix(id) }, "\(result.errors)")
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.errors.contains("port.yaml:"))
    #expect(result.errors.contains("^"))
  }

  @Test(.timeLimit(.minutes(1)))
  func `thousands of mistakes are counted, not all printed`() throws {
    let folder = try TemporaryFolder()
    let unknown = (1...20_000).map { "unknown_\($0): 1\n" }.joined()
    try folder.write("port.yaml", Ports.toy() + "\n" + unknown)
    let result = try Tool.run(["check", "port.yaml"], in: folder)
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.identities.count == 100)
    #expect(result.errors.hasSuffix("... and 19900 more\n"))
  }

  @Test func `a hundred mistakes are all printed`() throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy() + "\n" + (1...100).map { "unknown_\($0): 1\n" }.joined())
    let result = try Tool.run(["check", "port.yaml"], in: folder)
    #expect(result.identities.count == 100)
    #expect(!result.errors.contains("... and"))
  }

  @Test func `mistakes in several files are reported together`() throws {
    let folder = try TemporaryFolder()
    try folder.write("ports/a.yaml", Ports.toy().replacing("page_size: 4K", with: "pagesize: 4K"))
    try folder.write("ports/b.yaml", Ports.toy().replacing("PTE: 12", with: "PTE: 13"))
    let result = try Tool.run(["check", "ports"], in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("ports/a.yaml:"))
    #expect(result.errors.contains("ports/b.yaml:"))
  }
}
