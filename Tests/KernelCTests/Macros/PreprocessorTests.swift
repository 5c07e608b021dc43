import Diagnostics
import Testing

@testable import KernelC

@Suite struct PreprocessorTests {
  @Test(
    arguments: [
      ("#if 1\npage->flags = 1;\n#else\nsyntax error ((\n#endif", 1),
      ("#ifdef CONFIG_YES\npage->flags = 1;\n#endif", 1), ("#ifdef CONFIG_NO\npage->flags = 1;\n#endif", 0),
      ("#ifndef CONFIG_NO\npage->flags = 1;\n#else\n'unterminated\n#endif", 1),
      ("#ifdef CONFIG_MOD\npage->flags = 1;\n#elif defined(CONFIG_MOD_MODULE)\npage->flags = 2;\n#endif", 2),
      ("#if IS_ENABLED(CONFIG_MOD) && !IS_BUILTIN(CONFIG_MOD) && IS_MODULE(CONFIG_MOD)\npage->flags = 3;\n#endif", 3),
      ("#if IS_REACHABLE(CONFIG_MOD)\npage->flags = 3;\n#elif CONFIG_YES\npage->flags = 4;\n#endif", 4),
      ("#if defined CONFIG_NO || (defined(CONFIG_YES) && 2 > 1)\npage->flags = 1;\n#endif", 1),
      ("#if defined(CONFIG_NO) && CONFIG_WHO_KNOWS\n@@@\n#endif\npage->flags = 2;", 2),
      ("#if 0 && UNKNOWN(3)\n#elif CONFIG_YES || UNKNOWN\npage->flags = 2;\n#elif ALSO_UNKNOWN\n#endif", 2),
      ("#if 0\n#if UNKNOWN\n#else\n#endif\n#elif 1\npage->flags = 5;\n#elif 1\npage->flags = 6;\n#endif", 5),
      ("#define A B\n#define B 3\npage->flags = A;\n#undef B\n#define B 4\npage->flags += A;", 7),
      ("#define F(x) x + G(x)\n#define G(x) F(x)\n#undef G\n#define G(x) x * 2\npage->flags = F(3);", 9),
      ("#define SELF SELF_\n#define SELF_ 2\npage->flags = SELF;", 2),
      ("#define f(x) (x)\n#define g f\npage->flags = g(2) + f (3) + (f)(4);", nil),
      ("#define EMPTY\n#define NONE() 6\npage->flags = EMPTY NONE() EMPTY;", 6),
      ("#define PAIR (1, 2)\n#define SECOND(p) p\npage->flags = SECOND(PAIR);", 2),
      ("#if (1 ? 2 : 0) == 2 && -1 < 0 && ~0 == -1 && 'A' == 65 && 1 << 3 >> 1 == 4\npage->flags = 8;\n#endif", 8),
      ("#if -1 > 0u\npage->flags = 1;\n#endif", 1), ("#if 0xFFFFFFFF + 1 == 0x100000000\npage->flags = 1;\n#endif", 1),
      ("#undef GONE\n#ifdef GONE\nx\n#elif !GONE\npage->flags = 3;\n#endif", 3),
      ("#if ARCH_VALUE && PAGE_SIZE == 4096 && NESTED == 5\npage->flags = 1;\n#endif", 1),
      ("#\n#define LONG 1 + \\\n  2\npage->flags = LO\\\nNG;", 3),
      ("page->flags = 1; // comment \\\n page->flags = 2;\n/* page->flags = 3; */", 1),
      ("if (IS_ENABLED(CONFIG_YES)) page->flags = 1; else mystery(page);", 1),
      (
        "if (IS_ENABLED(CONFIG_NO) && mystery(page)) page->flags = 1;\nif (!IS_ENABLED(CONFIG_NO) || mystery()) page->flags = 2;",
        2
      ),
      (
        "page->flags = IS_ENABLED(CONFIG_MOD) + IS_BUILTIN(CONFIG_MOD) + 4 * IS_MODULE(CONFIG_MOD) + IS_REACHABLE(CONFIG_MOD);",
        5
      ),
      ("page->flags = CONFIG_YES + IS_ENABLED(ARCH_VALUE) + IS_MODULE(ARCH_VALUE);", 2),
      ("page->flags = IS_ENABLED(CONFIG_NO) ? mystery() : 7;", 7),
      ("if (0) { mystery(); unknown = 3; } page->flags = 1;", 1),
      ("while (0) mystery(); page->flags = 1;", 1),
    ] as [(String, UInt64?)])
  func takenBranchesAndMacros(body: String, flags: UInt64?) throws {
    var fixture = Fixture()
    fixture.interface.config = ["YES": .yes, "NO": .no, "MOD": .module]
    fixture.interface.macros = ["ARCH_VALUE": "1", "NESTED": "(INNER + 1)", "INNER": "4"]
    guard let flags else {
      #expect(fixture.refusal(body)?.construct == "cannot model 'f()'")
      return
    }
    #expect(try fixture.runOnce(body).flags == flags)
  }

  @Test func macrosOfTheDeclarationsReachTheBody() throws {
    var fixture = Fixture()
    fixture.declarations = "#define ENTRY(p) set_bit(PG_dcache_dirty, &(p)->flags)\n#if 0\nstatic broken(\n#endif"
    let (path, flags) = try fixture.runOnce("ENTRY(page);")
    #expect(flags == 0x8000)
    // The tokens of a macro keep their own place.
    #expect(path.stores.first?.place.text == "100:22-100:59")
  }

  @Test func tokensOfInterfaceMacrosTakeThePlaceOfTheirUse() {
    var fixture = Fixture()
    fixture.interface.macros = ["ENTRY": "mystery(1)"]
    #expect(fixture.refusal("page->flags = ENTRY;")?.place.text == "10:19-10:24")
  }

  @Test func aDirectiveInAMacroCallOrABrokenOneIsNamed() {
    let cases = [
      ("#define F(x) x\nF(\n#if 1\n#endif\n)", "call of macro 'F' without an end", "11:5"),
      ("#define F(x) x\nF(1, 2);", "macro 'F' takes 1 arguments, not 2", "11:5"),
      ("#define V(f, ...) f\nV(1);", "variadic macro 'V'", "10:18"),
      ("#define P(a) a##b\nP(1);", "operator '##' in macro 'P'", "10:19"),
      ("#define S(a) #a\nS(1);", "operator '#' in macro 'S'", "10:18"),
      ("#define F(1) x", "parameters of macro 'F'", "10:14"), ("#define", "'#define' without a macro name", "10:6"),
      ("#else", "'#else' without '#if'", "10:6"), ("#endif", "'#endif' without '#if'", "10:6"),
      ("  #if 1\n x;", "'#if' without '#endif'", "10:8"),
      ("#if 1\n#else\n#else\n#endif", "'#else' without '#if'", "12:6"),
      ("#include <asm/page.h>", "'#include'", "10:5"), ("#error no", "directive '#error'", "10:5"),
      ("#pragma once", "directive '#pragma'", "10:5"),
      ("#if 1 +\n#endif", "condition of '#if' without an end", "10:11"),
      ("#if 1 / 0\n#endif", "'/' in '#if'", "10:11"), ("#if 1 2\n#endif", "'2' in '#if'", "10:11"),
      ("#if defined(\n#endif", "'defined' without a macro name", "10:9"), ("#if 1.5\n#endif", "'1.5' in '#if'", "10:9"),
    ]
    for (body, construct, place) in cases {
      let refusal = Fixture().refusal(body)
      #expect(refusal?.construct == construct)
      #expect(refusal?.place.startText == place, "\(body)")
    }
  }

  @Test(arguments: [
    (
      "#ifdef CONFIG_WHO\n#endif", "cannot decide '#ifdef': 'CONFIG_WHO' is not known", "10:12",
      "set CONFIG_WHO in config:"
    ),
    (
      "#if 1 && CONFIG_WHO_MODULE\n#endif", "cannot decide '#if': 'CONFIG_WHO' is not known", "10:14",
      "set CONFIG_WHO in config:"
    ),
    (
      "#if IS_ENABLED(CONFIG_WHO)\n#endif", "cannot decide '#if': 'CONFIG_WHO' is not known", "10:20",
      "set CONFIG_WHO in config:"
    ),
    (
      "#if 0\n#elif !defined(CONFIG_WHO)\n#endif", "cannot decide '#elif': 'CONFIG_WHO' is not known", "11:20",
      "set CONFIG_WHO in config:"
    ),
    (
      "#if (CONFIG_A_FACT || 1) && WAY_SIZE > PAGE_SIZE\n#endif", "cannot decide '#if': 'WAY_SIZE' is not known",
      "10:33",
      "set it in define:, or '#undef WAY_SIZE' in declarations:"
    ),
    (
      "#ifndef GUARD\n#endif", "cannot decide '#ifndef': 'GUARD' is not known", "10:13",
      "set it in define:, or '#undef GUARD' in declarations:"
    ),
  ])
  func anUndecidedConditionNamesItsSymbol(body: String, construct: String, place: String, help: String) {
    let refusal = Fixture().refusal(body)
    #expect(refusal?.construct == construct)
    #expect(refusal?.place.startText == place)
    #expect(refusal?.help.last == help)
  }

  @Test func configSymbolsAreFoundEverywhere() {
    let texts = [
      Fixture.embedded(
        "#if 0\n#ifdef CONFIG_A_B\n#endif\n#endif\nIS_ENABLED(CONFIG_C) /* CONFIG_NOT */ \"CONFIG_NOR\""),
      Fixture.embedded("#if defined(CONFIG_D_MODULE)\nCONFIG_ XCONFIG_Y"),
    ]
    #expect(Program.configSymbols(in: texts) == ["A_B", "C", "D"])
  }
}
