import Testing

/// Command lines that ask for nothing that can be done: status 2, a message, no report.
struct UsageTests {
  struct Mistake: CustomTestStringConvertible, Sendable {
    var line: String
    var messages: [String]
    var testDescription: String { "hvocheck " + line }

    init(_ line: String, _ messages: String...) {
      self.line = line
      self.messages = messages
    }
  }

  static let optIns = "there are: ARCH_WANT_HUGETLB_PAGE_FREE_VMEMMAP, "

  static let mistakes = [
    Mistake(
      "", "a command is missing",
      "check, diff, baseline, matrix, report, sim, init, explain, show, rules, schema"),
    Mistake("--", "a command is missing"),
    Mistake("rules", "a command is missing", "list, test, new, pages"),
    Mistake("chek", "no command 'chek'", "did you mean 'check'?"),
    Mistake("help chek", "no command 'chek'", "did you mean 'check'?"),
    Mistake("rules lst", "no command 'lst'", "did you mean 'list'?"),
    Mistake("--bogus", "unknown option '--bogus'"),
    Mistake("check --bogus", "unknown option '--bogus'", "--help lists all"),
    Mistake("check --formt json", "unknown option '--formt'", "did you mean '--format'?"),
    Mistake("check --colour=always", "unknown option '--colour'", "did you mean '--color'?"),
    Mistake("rules list --fromat json", "unknown option '--fromat'", "did you mean '--format'?"),
    Mistake("rules new ACME001 x --foreach cell", "unknown option '--foreach'", "did you mean '--for-each'?"),
    Mistake("sim arm64-4k --hugepages 2M", "unknown option '--hugepages'", "did you mean '--hugepage'?"),
    Mistake("rules list --format jsn", "the value 'jsn' is invalid for --format", "did you mean 'json'?", "text, json"),
    Mistake("check --format xml", "no format 'xml'", "formats are: text, terse, json, jsonl, sarif"),
    Mistake("check --format serif", "did you mean 'sarif'?"),
    Mistake("check -o", "Missing value"),
    Mistake("check -o sarfi=x.sarif", "no format 'sarfi'", "did you mean 'sarif'?", "written as ./NAME"),
    Mistake("check -o sarif=", "'sarif=' names no file", "-o sarif alone writes to standard output"),
    Mistake("check -o jsno", "'jsno' is neither a format nor a file", "did you mean 'json'?", "-o FORMAT=jsno"),
    Mistake("check -o report", "'report' is neither a format nor a file whose name says one"),
    Mistake("check -o json -o tap", "two reports for standard output: json and tap", "-o tap=FILE"),
    Mistake("check --format json -o tap -o text=-", "two reports for standard output"),
    Mistake("check -o json -o json", "two reports for standard output"),
    Mistake("check -o text -o json=/dev/stdout", "two reports for standard output"),
    Mistake("check -o json=a -o tap=./a", "two reports for ./a: json and tap"),
    Mistake("check --format sarif -o x.json", "--format says sarif, and the name of x.json says json"),
    Mistake("check -o text=arches/x86_64.yaml", "arches/x86_64.yaml is read by this run"),
    Mistake("check --fail-on note", "'note' is invalid"),
    Mistake("check --format", "Missing value"),
    Mistake("check --color sometimes", "'sometimes' is invalid"),
    Mistake("check --select", "Missing value"),
    Mistake("check --select FOO", "'FOO' is not an opt-in symbol of any kernel", optIns),
    Mistake(
      "check --select ARCH_WANT_OPTIMIZE_HUGETLB_VMEMAP", "did you mean 'ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP'?"),
    Mistake("check --baseline arches/baseline.json --no-baseline", "exclude each other"),
    Mistake("check --baseline nope.json", "cannot read nope.json: No such file"),
    Mistake("check nowhere", "cannot read nowhere: No such file"),
    Mistake("check arches/x86_64.yaml/port", "cannot read arches/x86_64.yaml/port: Not a directory"),
    Mistake("explain", "Missing expected argument"),
    Mistake("explain HVO001 HVO002", "Unexpected argument 'HVO002'"),
    Mistake("explain HVO999", "no rule 'HVO999'", "hvocheck rules list"),
    Mistake("explain flush-writes-ro-tial", "did you mean 'flush-writes-ro-tail'?"),
    Mistake("show", "Missing expected argument"),
    Mistake("show arm65-4k", "no architecture 'arm65-4k'", "did you mean 'arm64-4k'?"),
    Mistake("show arm64", "choose a variant: arm64-4k, arm64-16k, arm64-64k"),
    Mistake("show arm64-4k --arches nowhere", "cannot read nowhere"),
    Mistake("schema", "Missing expected argument"),
    Mistake("schema archs", "'archs' is invalid", "did you mean 'arch'?"),
    Mistake("rules list all", "Unexpected argument 'all'"),
    Mistake("rules test nowhere", "cannot read nowhere"),
    Mistake("sim", "Missing expected argument"),
    Mistake("sim arm64-4k", "either --hugepage or --script"),
    Mistake("sim arm64-4k --hugepage 2M --script x", "either --hugepage or --script"),
    Mistake("sim arm65-4k --hugepage 2M", "did you mean 'arm64-4k'?"),
    Mistake("sim arm64 --hugepage 2M", "choose a variant"),
    Mistake("sim arm64-4k --hugepage 3M", "no HugeTLB page size '3M'", "sizes are: 64K, 2M, 32M, 1G"),
    Mistake("sim arm64-4k --hugepage huge", "no HugeTLB page size 'huge'"),
    Mistake("sim arm64-4k --hugepage 99999999999999999999G", "no HugeTLB page size"),
    Mistake("sim arm64-4k --hugepage 2M --select FOO", "not an opt-in symbol"),
    Mistake("sim arm64-4k --hugepage 2M --arches nowhere", "cannot read nowhere"),
    Mistake("sim arm64-4k --hugepage 2M --at 0x42a00000", "--dump and --trace"),
    Mistake("sim arm64-4k --hugepage 2M --count 2", "--dump and --trace"),
    Mistake("sim arm64-4k --hugepage 2M --boot off", "--dump and --trace"),
    Mistake("sim arm64-4k --hugepage 2M --memory 0x40000000+1G", "--dump and --trace"),
    Mistake("sim arm64-4k --hugepage 2M --dump --boot maybe", "'maybe' is invalid"),
    Mistake("sim arm64-4k --hugepage 2M --dump --count 0", "--count is a number from 1"),
    Mistake("sim arm64-4k --hugepage 2M --dump --count -1", "count"),
    Mistake("sim arm64-4k --hugepage 2M --dump --count 2 --at 0x42a00000", "--count is their number"),
    Mistake("sim arm64-4k --hugepage 1G --dump --count 1048576", "cannot boot", "more memory than"),
    Mistake("sim arm64-4k --hugepage 2M --dump --at 0x42a00000,", "--at wants physical addresses"),
    Mistake("sim arm64-4k --hugepage 2M --dump --at zzz", "not 'zzz'"),
    Mistake("sim arm64-4k --hugepage 2M --dump --at 0x42a00100", "0x42a00100 is not a multiple of the size"),
    Mistake("sim arm64-4k --hugepage 2M --dump --at 0x42a00000,0x42a00000", "0x42a00000 is in use"),
    Mistake("sim arm64-4k --hugepage 2M --dump --at 0xffffffffffe00000", "cannot boot"),
    Mistake("sim arm64-4k --hugepage 2M --dump --at 0x42a00000 --memory 0x80000000+1G", "is not all memory"),
    Mistake("sim arm64-4k --hugepage 2M --dump --memory 7", "--memory wants START+SIZE", "not '7'"),
    Mistake("sim arm64-4k --hugepage 2M --dump --memory 0x40000000+1", "page boundaries"),
    Mistake("sim arm64-4k --hugepage 2M --dump --memory 0x40000000+1G --memory 0x60000000+1G", "overlaps"),
    Mistake("sim arm64-4k --hugepage 2M --dump --memory 0xfffffffffffff000+1G", "--memory wants"),
    Mistake("sim arm64-4k --hugepage 2M --struct-page 64", "--struct-page needs --trace"),
    Mistake("sim arm64-4k --hugepage 2M --trace --struct-page 512", "struct page 512 is not one of 0..511"),
    Mistake("sim arm64-4k --script nope", "cannot read nope"),
    Mistake("sim riscv64-sv39 --hugepage 2M --dump", "dump format is not modelled"),
    Mistake("sim s390x --hugepage 1M", "HVO is off", "--select ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP"),
  ]

  @Test(arguments: mistakes)
  func `a mistake is named on standard error`(mistake: Mistake) throws {
    let words = mistake.line.split(separator: " ").map(String.init)
    let result = try Tool.run(words, in: .withShippedDescriptors())
    #expect(result.status == 2)
    #expect(result.output == "")
    for message in mistake.messages { #expect(result.errors.contains(message), "\(result.errors)") }
    #expect(!result.errors.contains("Fatal error"))
  }

  @Test func `a path that is empty is quoted`() throws {
    let result = try Tool.run(["check", ""], in: .withShippedDescriptors())
    #expect(result.status == 2)
    #expect(result.errors.contains("cannot read ''"))
  }
}
