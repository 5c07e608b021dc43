import Diagnostics
import KernelC
import TestSupport

/// Page-flag code out of a small grammar.
struct RandomRoutine {
  var generator: SeededGenerator

  init(generator: SeededGenerator) { self.generator = generator }

  static let flags = ["PG_dcache_clean", "PG_other", "PG_arch_2"]
  static let flagBits = ["PG_dcache_clean": 11, "PG_other": 5, "PG_arch_2": 25, "PG_head": 16]

  /// The statements of a function with the parameter `struct page *page`.
  mutating func body() -> String {
    var lines = ["struct folio *folio = page_folio(page);"]
    // A body that names the folio only sometimes is the common case.
    for _ in 0..<Int.random(in: 1...4, using: &generator) { lines.append(statement(depth: 0)) }
    return lines.joined(separator: "\n")
  }

  private mutating func statement(depth: Int) -> String {
    switch Int.random(in: 0..<(depth < 3 ? 14 : 8), using: &generator) {
    case 0: "set_bit(\(flag()), \(word()));"
    case 1: "clear_bit(\(flag()), \(word()));"
    case 2: "change_bit(\(flag()), \(word()));"
    case 3: "test_and_set_bit(\(flag()), \(word()));"
    case 4: "page->flags |= 1UL << \(flag());"
    case 5: "page = compound_head(page);"
    case 6: rare("return;")
    case 7: rare(["page = page + 1;", "page = page - 1;", "page->compound_head = 0;"].randomElement(using: &generator))
    case 8, 9: "if (\(condition(depth: depth))) {\n\(statement(depth: depth + 1))\n}"
    case 10, 11:
      "if (\(condition(depth: depth))) {\n\(statement(depth: depth + 1))\n} else {\n\(statement(depth: depth + 1))\n}"
    default: "if (!test_bit(\(flag()), \(word()))) {\nset_bit(\(flag()), \(word()));\n}"
    }
  }

  private mutating func rare(_ statement: String?) -> String {
    Int.random(in: 0..<12, using: &generator) == 0 ? statement ?? ";" : "clear_bit(\(flag()), \(word()));"
  }

  private mutating func condition(depth: Int) -> String {
    switch Int.random(in: 0..<(depth < 2 ? 12 : 8), using: &generator) {
    case 0, 1: "test_bit(\(flag()), \(word()))"
    case 2: "PageHuge(page)"
    case 3: "hvo_is_on()"
    case 4: "key_is_on()"
    case 5: "test_and_clear_bit(\(flag()), \(word()))"
    case 6: ["page_mapping_file(page)", "page_mapcount(page)"].randomElement(using: &generator) ?? "1"
    case 7:
      // Mostly conditions that do not depend on which struct page is asked, so that struct pages are grouped.
      [
        "PageTail(page)", "PageHead(page)", "page_to_pfn(page) & 64", "compound_nr(page) > 1", "PageHuge(page)",
        "PageHuge(page)", "page == compound_head(page)", "folio_test_hugetlb(folio)", "folio_test_hugetlb(folio)",
        "key_is_on()", "hvo_is_on()",
      ].randomElement(using: &generator) ?? "1"
    case 8, 9: "!(\(condition(depth: depth + 1)))"
    case 10: "\(condition(depth: depth + 1)) && \(condition(depth: depth + 1))"
    default: "\(condition(depth: depth + 1)) || \(condition(depth: depth + 1))"
    }
  }

  private mutating func flag() -> String { Self.flags.randomElement(using: &generator) ?? "PG_other" }

  private mutating func word() -> String { Bool.random(using: &generator) ? "&page->flags" : "&folio->flags" }

  /// Makes a program of a body.
  static func compile(_ body: String, structPageSize: UInt64, pageShift: Int) throws -> Program {
    let interface = KernelInterface(
      structPageSize: structPageSize, pageShift: pageShift, pageFlags: flagBits,
      predicates: ["hvo_is_on", "key_is_on"])
    let text = EmbeddedText(wholeFile: SourceFile(path: "body.c", text: body))
    return try Program.compile(
      Routine(name: "flush_dcache_page", parameters: [.init("page", .page)], body: text), interface: interface)
  }
}
