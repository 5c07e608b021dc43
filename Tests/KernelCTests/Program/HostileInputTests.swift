import Diagnostics
import Testing

@testable import KernelC

/// No text may crash, hang or pass unnoticed.
@Suite struct HostileInputTests {
  private static let many = 20_000
  private static let most = 200_000

  private static func doubling(_ levels: Int) -> String {
    "#define A0 page\n" + (1...levels).map { "#define A\($0) A\($0 - 1) A\($0 - 1)\n" }.joined()
  }

  private static func nestedCalls(_ levels: Int) -> String {
    String(repeating: "F(", count: levels) + "1" + String(repeating: ")", count: levels)
  }

  @Test(
    arguments: [
      (String(repeating: "(", count: most), "nesting deeper than 100 levels"),
      (String(repeating: "{", count: most), "nesting deeper than 100 levels"),
      (String(repeating: "[", count: many), "expected an expression instead of '['"),
      ("page->flags = " + String(repeating: "!", count: many) + "1;", "nesting deeper than 100 levels"),
      ("page->flags = " + String(repeating: "1+", count: many) + "1;", "expression with more than 150 levels"),
      ("page->flags = " + String(repeating: "1,", count: many) + "1;", "expression with more than 150 levels"),
      ("page->flags = " + String(repeating: "1?", count: many) + "1;", "nesting deeper than 100 levels"),
      ("page" + String(repeating: "->x", count: many) + ";", "expression with more than 150 levels"),
      (String(repeating: "page->flags=", count: many) + "1;", "nesting deeper than 100 levels"),
      (String(repeating: "if (1) ; else ", count: many) + ";", "nesting deeper than 100 levels"),
      (String(repeating: "(int)", count: many) + "1;", "nesting deeper than 100 levels"),
      ("int " + String(repeating: "*", count: many) + "p;", "more than 8 levels of pointers"),
      (String(repeating: "/* ", count: many), "comment without an end"),
      (String(repeating: "#if 1\n", count: many), "'#if' without '#endif'"),
      ("#if " + String(repeating: "(", count: many), "'#if' nested deeper than 64"),
      ("#if " + String(repeating: "!", count: many) + "1\n#endif", nil),
      (doubling(60) + "A60;", nil), (doubling(60) + "#if A60\n#endif", nil),
      ("#define F(x) x F(x)\nF(F(F(1)));", nil), ("#define F(x) F(x)x\n" + nestedCalls(many) + ";", nil),
      ("#define F(x) x + x\n" + nestedCalls(30) + ";", nil),
      ("#define F(x) x\n" + nestedCalls(60) + ";", "macro calls nested deeper than 40"),
      ("#define A B\n#define B A\nA;", "unknown identifier 'A'"), ("\\\n\\\n\\", "unexpected character '\\'"),
      ("\u{FEFF}", "unexpected character '\u{FEFF}'"),
    ] as [(String, String?)])
  func aBoundStopsIt(body: String, construct: String?) {
    let refusal = Fixture().refusal(body)
    #expect(refusal != nil)
    if let construct { #expect(refusal?.construct == construct) }
  }

  @Test func aChainOfManyHelpersIsNoRecursion() throws {
    var fixture = Fixture()
    fixture.declarations =
      "void f0(struct page *p) { p->flags++; }\n"
      + (1...2000).map { "void f\($0)(struct page *p) { f\($0 - 1)(p); }\n" }.joined()
    #expect(try fixture.runOnce("f2000(page);").flags == 1)
  }

  /// Tokens at random: any answer is fine but a crash, and an answer must name a place inside the text.
  @Test(arguments: 0..<40)
  func randomTokensNeverCrash(seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    let words = [
      "page", "->", "flags", "(", ")", "{", "}", ";", "=", "+", "if", "else", "while", "for", "do", "int", "unsigned",
      "*",
      "&", "set_bit", "PG_dcache_clean", ",", "1", "0x", "'", "\"", "#", "\n", "\n#if ", "\n#endif\n", "\n#define ",
      "F", "F(",
      "x", "struct", "return", "?", ":", "switch", "case", "default", "break", "/*", "*/", "\\\n", "##", "sizeof", "~",
      "<<",
      "IS_ENABLED(CONFIG_X)", "page_mapcount(page)", "goto", "asm", "++", "é", "1.5", "compound_head",
      "static_branch_likely", "NULL", "void",
    ]
    for _ in 0..<150 {
      func text() -> String { (0..<random.next(below: 60)).map { _ in random.pick(words) }.joined(separator: " ") }
      var fixture = Fixture()
      fixture.declarations = text()
      let body = text()
      if let refusal = fixture.refusal(body, limits: Limits(steps: 500, paths: 20)) {
        #expect(refusal.place.path == Fixture.path, "seed \(seed): \(body)")
        #expect(refusal.place.start <= refusal.place.end, "seed \(seed): \(body)")
      }
    }
  }
}

/// A small seeded generator (Steele, Lea, Flood: Fast splittable pseudorandom number generators).
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) {
    // Neighbouring seeds must not give the same sequence shifted by one.
    state = seed &* 0xD134_2543_DE82_EF95 ^ 0x5851_F42D_4C95_7F2D
    state = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func next(below bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[next(below: elements.count)] }
}
