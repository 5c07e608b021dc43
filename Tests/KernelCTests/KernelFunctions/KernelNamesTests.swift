import Diagnostics
import Testing

@testable import KernelC

/// What the kernel defines is not redefined by the text of a user: the verdict would be about another kernel.
@Suite struct KernelNamesTests {
  private var fixture: Fixture {
    var fixture = Fixture()
    fixture.interface.predicates = ["hugetlb_key"]
    return fixture
  }

  @Test(arguments: [
    ("static void clear_bit(int a, unsigned long *b) { }", "clear_bit", "100:17-100:26"),
    ("#define test_bit(a, b) 0", "test_bit", "100:13-100:21"),
    ("#define test_bit\n", "test_bit", "100:13-100:21"),
    ("#if 1\n# define PageHuge(p) 1\n#endif", "PageHuge", "101:14-101:22"),
    ("static bool hugetlb_key(void) { return true; }", "hugetlb_key", "100:17-100:28"),
    ("#define hugetlb_key() 1", "hugetlb_key", "100:13-100:24"),
  ])
  func aDefinitionOfAKernelFunctionIsRefused(declarations: String, name: String, place: String) {
    var fixture = fixture
    fixture.declarations = declarations
    let refusal = fixture.refusal("if (test_bit(14, &page->flags)) clear_bit(14, &page->flags);")
    #expect(refusal?.construct == "definition of '\(name)', which is the kernel's own")
    #expect(refusal?.place.text == place)
    #expect(refusal?.help == ["rename it, or leave the definition out"])
  }

  @Test func aMacroOfTheBodyOrOfTheArchitectureIsRefused() {
    #expect(
      fixture.refusal("#define set_bit(a, b)\nset_bit(1, &page->flags);")?.construct
        == "definition of 'set_bit', which is the kernel's own")
    for name in ["clear_bit", "hugetlb_key"] {
      var fixture = fixture
      fixture.interface.macros = [name: "barrier"]
      #expect(fixture.refusal("page->flags = 1;")?.construct == "definition of '\(name)', which is the kernel's own")
      #expect(fixture.refusal("page->flags = 1;")?.place.startText == "10:5")
    }
  }

  @Test(arguments: [
    "void clear_bit(int number, unsigned long *word);", "#if 0\n#define test_bit(a, b) 0\n#endif",
    "#define SetPageDcacheDirty(page) set_bit(PG_dcache_dirty, &(page)->flags)",
    "static void my_clear_bit(int a, unsigned long *b) { clear_bit(a, b); }", "#undef test_bit",
    "#define cpu_has_dc_aliases 0", "#define cpu_has_feature(feature) 1",
  ])
  func whatReplacesNothingIsAllowed(declarations: String) {
    var fixture = fixture
    fixture.declarations = declarations
    #expect(fixture.refusal("if (test_bit(14, &page->flags)) clear_bit(14, &page->flags);") == nil)
  }

  @Test func aGivenFactDecides() throws {
    var fixture = fixture
    fixture.declarations = "#define cpu_has_feature(feature) 1"
    let result = try fixture.runOnce("if (cpu_has_feature(CPU_FTR_X)) return; set_bit(4, &page->flags);")
    #expect(result.flags == 0)
  }
}
