import Diagnostics
import Testing

@testable import KernelC

/// Whatever lies outside the subset is named with its exact place; nothing is skipped or guessed.
@Suite struct NotUnderstoodTests {
  @Test(arguments: [
    ("kmap_atomically(page);", "cannot model 'kmap_atomically()'", "10:5-10:20"),
    ("if (page)\n  mystery(page, 1);", "cannot model 'mystery()'", "11:7-11:14"),
    ("goto out;", "'goto'", "10:5-10:9"), ("out: return;", "label 'out'", "10:5-10:8"),
    ("asm volatile(\"nop\");", "inline assembly", "10:5-10:8"), ("__asm__(\"\");", "inline assembly", "10:5-10:12"),
    ("page->flags = ({ 1; });", "statement expression", "10:19-10:21"),
    ("for_each_cpu(cpu, mask) { }", "loop macro 'for_each_cpu()'", "10:5-10:17"),
    ("vma_interval_tree_foreach(v, m)\n  x = 1;", "loop macro 'vma_interval_tree_foreach()'", "10:5-10:30"),
    ("int a[4];", "array 'a'", "10:9-10:10"), ("struct foo f;", "structure variable 'f'", "10:16-10:17"),
    ("struct page copy;", "variable 'copy' of this type", "10:17-10:21"),
    ("void nothing;", "variable 'nothing' of this type", "10:10-10:17"),
    ("int x = {1};", "aggregate initialiser", "10:13-10:14"), ("static int x;", "static local variable", "10:5-10:11"),
    ("typedef int x;", "'typedef'", "10:5-10:12"), ("enum e x;", "'enum'", "10:5-10:9"),
    ("union u *x;", "'union'", "10:5-10:10"), ("float x;", "floating point", "10:5-10:10"),
    ("page->flags = 1.5;", "constant '1.5'", "10:19-10:22"), ("page->flags = 09;", "constant '09'", "10:19-10:21"),
    ("page->flags = 0x10000000000000000;", "constant '0x10000000000000000'", "10:19-10:38"),
    ("page->flags = 1lul;", "constant '1lul'", "10:19-10:23"),
    ("page->flags = 'ab';", "constant ''ab''", "10:19-10:23"),
    ("(*page->fn)(page);", "call through a function pointer", "10:5-10:16"),
    ("int (*f)(void);", "function pointer", "10:9-10:10"),
    ("page->flags = 1 ?: 2;", "'?:' without a middle operand", "10:19-10:25"),
    ("page->_refcount = 1;", "member '_refcount' of struct page", "10:5-10:20"),
    ("page_folio(page)->_flags_1 |= 1;", "member '_flags_1' of struct folio", "10:5-10:31"),
    ("*page = *compound_head(page);", "a whole struct page as a value", "10:13-10:33"),
    ("page->flags = &page;", "address of a local variable", "10:19-10:24"),
    ("int x; x.y = 1;", "member 'y' of this object", "10:12-10:15"),
    ("5 = 6;", "'5' where an object is needed", "10:5-10:6"),
    ("int i; i(3);", "call through a function pointer", "10:12-10:13"),
    ("u32 *p = (u32 *)&page->flags; *p = 1;", "access of 32 bits through a pointer", "10:35-10:37"),
    ("void *p = page; *p = 1;", "dereference of a void pointer", "10:21-10:23"),
    ("set_bit(PG_dcache_clen, &page->flags);", "unknown page flag 'PG_dcache_clen'", "10:13-10:27"),
    ("page->flags = sizeof(struct foo);", "size of a type that is not known", "10:19-10:37"),
    ("page->flags = sizeof(mystery());", "'sizeof' of this expression", "10:25-10:36"),
    ("switch (1) { case 1 ... 3: ; }", "case range", "10:18-10:28"),
    ("switch (1) { { case 1: ; } }", "case label that is not at the top level of a 'switch'", "10:20-10:24"),
    ("int x = 1; switch (1) { case x: ; }", "case label that is not constant", "10:29-10:33"),
    ("break;", "'break' outside a loop", "10:5-10:10"),
    ("switch (1) { default: continue; }", "'continue' outside a loop", "10:27-10:35"),
    ("int x; int x;", "second declaration of 'x'", "10:16-10:17"), ("foo_t x;", "unknown type 'foo_t'", "10:5-10:10"),
    ("unsinged long x;", "unknown type 'unsinged'", "10:5-10:13"),
    ("struct foo *f = &(struct foo){0};", "compound literal", "10:22-10:23"),
    ("page->flags = PageReservd(page);", "cannot model 'PageReservd()'", "10:19-10:30"),
    ("SetPageReserved(page);", "'SetPageReserved()', which may redirect to the head page", "10:5-10:26"),
    ("set_bit(1);", "'set_bit()' takes 2 arguments, not 1", "10:5-10:12"),
    ("page->flags = set_bit(1, &page->flags);", "value of a void expression", "10:19-10:43"),
    ("if (compound_head(3)) ;", "argument of 'compound_head()' that is no pointer to a struct page", "10:23-10:24"),
    ("if (page & 1) ;", "operator '&' on a pointer", "10:9-10:17"),
    ("page->flags = -page;", "operator '-' on something that is no integer", "10:19-10:24"),
    ("page->flags = 1", "expected ';', but the text ends", "10:20-10:20"),
    ("if (1 {", "expected ')' instead of '{'", "10:11-10:12"),
    ("{ page->flags = 1;", "'{' without '}'", "10:5-10:6"), ("}", "expected an expression instead of '}'", "10:5-10:6"),
    ("page->flags = @;", "unexpected character '@'", "10:19-10:20"),
    ("page->flags = \u{1}1;", "unexpected control character", "10:19-10:20"),
    ("page->flags = 1; /* é", "comment without an end", "10:22-10:24"),
    ("page->flags = \"abc;\n", "quote without an end", "10:19-10:24"),
    ("/* é */ mystery();", "cannot model 'mystery()'", "10:13-10:20"),
    ("set_bit(1, \\\n   nothing);", "unknown identifier 'nothing'", "11:8-11:15"),
    ("page->flags = CONFIG_NO;", "'CONFIG_NO', which is not defined", "10:19-10:28"),
    ("page->flags = CONFIG_WHO;", "'CONFIG_WHO', which is not known", "10:19-10:29"),
    ("page->flags = __builtin_clz(1);", "'__builtin_clz()'", "10:19-10:32"),
    ("else ;", "misplaced 'else'", "10:5-10:9"),
    ("page->flags = container_of(page, struct x, y);", "'container_of'", "10:19-10:31"),
    ("static_branch_unlikely(key);", "static key 'key'", "10:28-10:31"),
    ("page->flags = &&out;", "address of a label", "10:19-10:21"),
    ("struct foo { int x; } *f;", "definition of 'struct foo'", "10:5-10:15"),
  ])
  func constructsOutsideTheSubsetAreNamedWithTheirPlace(body: String, construct: String, place: String) {
    var fixture = Fixture()
    fixture.interface.config = ["NO": .no]
    let refusal = fixture.refusal(body)
    #expect(refusal?.construct == construct)
    #expect(refusal?.place.text == place)
    #expect(refusal?.place.path == Fixture.path)
  }

  @Test(arguments: [
    ("int counter;", "variable 'counter' at file scope", "100:9-100:16"),
    ("static const int x = 1;", "variable 'x' at file scope", "100:22-100:23"),
    ("typedef struct { int v; } foo_t;", "'typedef'", "100:5-100:12"), ("enum { A, B };", "'enum'", "100:5-100:9"),
    ("struct foo { int x; };", "'struct' at file scope", "100:5-100:11"),
    ("return;", "'return' at file scope", "100:5-100:11"),
    ("void f(void) { } void f(void) { }", "second definition of 'f()'", "100:27-100:28"),
    ("void f(void) { (", "'{' without its counterpart", "100:18-100:19"),
    ("@", "unexpected character '@'", "100:5-100:6"),
    ("void f(void)", "expected '{' or ';' behind 'f()', but the text ends", "100:10-100:11"),
    ("asm(\"nop\") = 3;", "unexpected '=' at file scope", "100:16-100:17"),
    ("void f(int (*g)(void)) { } #", "unexpected '#' at file scope", "100:32-100:33"),
    ("void helper(int (*g)(void)) { }", "function pointer", "100:21-100:22"),
    ("void helper(int n, ...) { }", "variable number of parameters", "100:24-100:27"),
    ("void helper(int) { }", "expected the name of a parameter, but the text ends", "100:20-100:21"),
    ("foo_t helper(int n) { }", "unknown type 'foo_t'", "100:5-100:10"),
    ("void helper(int n) { goto out; }", "'goto'", "100:26-100:30"),
    ("void helper(int n) { mystery(n); }", "cannot model 'mystery()'", "100:26-100:33"),
    ("void helper(void) { }", "'helper()' takes 0 arguments, not 1", "10:5-10:14"),
    ("int helper(int n) { return; }", "'return' without a value", "100:25-100:31"),
    ("void helper(int n) { helper(n); }", "recursion of 'helper()'", "100:26-100:35"),
    (
      "void b(int n); void helper(int n) { b(n); }\nvoid b(int n) { if (0) helper(1); if (n) helper(n); }",
      "recursion of 'b()'", "100:41-100:45"
    ),
  ])
  func declarationsOutsideTheSubsetAreNamed(declarations: String, construct: String, place: String) {
    var fixture = Fixture()
    fixture.declarations = declarations
    let refusal = fixture.refusal("helper(1);")
    #expect(refusal?.construct == construct)
    #expect(refusal?.place.text == place)
  }

  @Test(arguments: [
    ("tesst_bit(1, &page->flags);", ["did you mean 'test_bit'?", "declare its effect: calls: {tesst_bit: no-store}"]),
    (
      "flush_cahce_page();",
      ["did you mean 'flush_cache_page'?", "declare its effect: calls: {flush_cahce_page: no-store}"]
    ),
    ("zzzzzzzzzz();", ["declare its effect: calls: {zzzzzzzzzz: no-store}"]),
    (
      "set_bit(PG_dcache_clena, &page->flags);",
      ["did you mean 'PG_dcache_clean'?", "name the bit of PG_dcache_clena in the page flags"]
    ),
    ("set_bit(1, &pgae->flags);", ["did you mean 'page'?"]), ("page->flgas = 1;", ["did you mean 'flags'?"]),
    ("unsigned long x = PAGE_SIEZ;", ["did you mean 'PAGE_SIZE'?"]), ("szie_t x;", ["did you mean 'size_t'?"]),
    ("helepr(page);", ["did you mean 'helper'?", "declare its effect: calls: {helepr: no-store}"]),
    ("PageReserved_(page);", ["did you mean 'PageReserved'?", "declare its effect: calls: {PageReserved_: no-store}"]),
    ("#if WAY_SIEZ\n#endif", ["did you mean 'WAY_SIZE'?", "set it in define:, or '#undef WAY_SIEZ' in declarations:"]),
  ])
  func namesThatAreCloseAreSuggested(body: String, help: [String]) {
    var fixture = Fixture()
    fixture.declarations = "static void helper(struct page *p) { }"
    fixture.interface.effects = ["flush_cache_page": .noStore]
    fixture.interface.macros = ["WAY_SIZE": "4096"]
    #expect(fixture.refusal(body)?.help == help)
  }

  @Test(arguments: [
    (
      "struct page *p; set_bit(1, &p->flags);", "store through an unknown pointer that may point to a struct page",
      "10:21-10:42"
    ),
    (
      "struct page *p = lookup(); p->flags = 0;", "store through an unknown pointer that may point to a struct page",
      "10:32-10:44"
    ),
    (
      "unsigned long *w = lookup(); *w = 0;", "store through an unknown pointer that may point to a struct page",
      "10:34-10:40"
    ),
    ("page->flags = lookup();", "store of an unknown value to a struct page", "10:5-10:27"),
    ("set_bit(lookup(), &page->flags);", "bit number that is not known", "10:5-10:36"),
    (
      "set_bit(0, &(page + lookup())->flags);", "store through an unknown pointer that may point to a struct page",
      "10:5-10:42"
    ),
    ("((struct foo *)page)->x = 1;", "access of a struct page as another type", "10:5-10:32"),
    ("struct foo *f = (struct foo *)page; f->x++;", "access of a struct page as another type", "10:41-10:45"),
    ("struct page *p = lookup(); ((struct foo *)p)->x = 1;", "access of a struct page as another type", "10:32-10:56"),
    (
      "struct foo *f = (struct foo *)(unsigned long)(page + lookup()); set_bit(0, &f->x);",
      "access of a struct page as another type", "10:80-10:85"
    ),
    (
      "vma->page->flags = 1;", "store through an unknown pointer that may point to a struct page", "10:5-10:25"
    ),
    (
      "vma->list[3].x |= 1;", "store through an unknown pointer that may point to a struct page", "10:5-10:24"
    ),
    (
      "lookup()->flags = 1;", "store through an unknown pointer that may point to a struct page", "10:5-10:24"
    ),
    (
      "set_bit(1, &vma->page->flags);", "store through an unknown pointer that may point to a struct page",
      "10:5-10:34"
    ),
    (
      "set_bit(1, lookup());", "'set_bit()' through an unknown pointer that may point to a struct page", "10:16-10:24"
    ),
    (
      "ZERO_PAGE(0)->flags = 1;", "store through an unknown pointer that may point to a struct page", "10:5-10:28"
    ),
    (
      "pte_page(__pte(5))->flags = 1;", "store through an unknown pointer that may point to a struct page", "10:5-10:34"
    ),
    ("struct foo *f = NULL; f->x = 1;", "access through a null pointer", "10:27-10:35"),
    ("struct address_space *m = page_mapping(page); if (!m) m->x = 1;", "access through a null pointer", "10:59-10:67"),
    (
      "(page + 100000)->flags = 1;", "access outside the vmemmap at 0xfffffc000061a800 in '(page + 100000)->flags = 1'",
      "10:5-10:31"
    ),
    (
      "unsigned long x = ((struct page *)4096)->flags;",
      "access outside the vmemmap at 0x1000 in '((struct page *)4096)->flags'", "10:23-10:51"
    ),
    (
      "set_bit(0, (unsigned long *)((unsigned long)page + 4));",
      "access outside the vmemmap at 0xfffffc0000000004 in 'set_bit(0, (unsigned long *)((unsigned long)page + 4))'",
      "10:5-10:59"
    ),
    ("spin_lock(&page->flags);", "argument of 'spin_lock()' that may lie in a struct page", "10:15-10:27"),
  ])
  func accessesThatCannotBeDecidedEndThePath(body: String, construct: String, place: String) {
    var fixture = Fixture()
    fixture.interface.effects = ["lookup": .noStore]
    fixture.parameters.append(.init("vma", .object))
    let refusal = fixture.refusal(body)
    #expect(refusal?.construct == construct)
    #expect(refusal?.place.text == place)
  }
}
