import Testing

@testable import KernelC

@Suite struct StatementTests {
  @Test(
    arguments: [
      ("int i; for (i = 0; i < 5; i++) page->flags += i;", 10),
      ("for (int i = 0; i < 5; i++) { if (i == 1) continue; if (i == 4) break; page->flags += i; }", 5),
      ("int n = 4; while (n--) page->flags += 2;", 8), ("int n = 0; do { page->flags++; } while (++n < 3);", 3),
      ("do { page->flags = 1; break; page->flags = 2; } while (0);", 1),
      ("do page->flags++; while (0);", 1), ("for (;;) { if (page->flags++ == 3) return; }", 4),
      ("int i = 0; for (; i < 3; ) i++; page->flags = i;", 3),
      ("int i, j; for (i = 0; i < 3; i++) for (j = 0; j < 3; j++) { if (j == 2) break; page->flags++; }", 6),
      ("int i = 0; while (1) { do { i++; continue; } while (i < 5); break; } page->flags = i;", 5),
      ("if (page->flags) page->flags = 1; else if (!page->flags) page->flags = 2; else page->flags = 3;", 2),
      ("if (0) ; else { ; } page->flags = 4;;", 4),
      (
        "switch (page->flags + 2) { case 1: page->flags = 1; break; case 2: page->flags = 2; case 3: page->flags += 3; break; default: page->flags = 9; }",
        5
      ),
      ("switch (7) { case 1: page->flags = 1; break; default: page->flags = 9; case 3: page->flags++; }", 10),
      ("switch (1) { case 2: page->flags = 5; }", 0), ("switch ((u8)257) { case 1: page->flags = 6; break; }", 6),
      (
        "int i; for (i = 0; i < 4; i++) switch (i) { case 2: continue; case 3: break; default: page->flags += 10; }", 20
      ),
      ("page->flags = add(1, add(2, 3)) * 10 + add(add(1, 1), add(1, 1));", 64),
      ("bump(page); bump(page); page->flags += twice(page->flags);", 6), ("page->flags = last(5);", 5),
      ("early(page, true); early(page, false);", 1), ("page->flags = max3(1, 9, 4) + MAX(2, 3);", 12),
      ("SET(page, 1 << 3, |);", 8), ("page->flags = (u8)wrap(300);", 44), ("page->flags = wrap(300);", 44),
    ] as [(String, UInt64)])
  func controlFlow(body: String, flags: UInt64) throws {
    var fixture = Fixture()
    fixture.declarations = """
      #define MAX(a, b) ((a) > (b) ? (a) : (b))
      #define SET(p, v, op) do {	\\
        (p)->flags = (p)->flags op (v); \\
      } while (0)
      static inline unsigned long add(unsigned long a, unsigned long b) { return a + b; }
      static __always_inline void bump(struct page *p)
      {
        p->flags++;
      }
      int twice(int x);
      static noinline int __maybe_unused twice(int x) { int y = add(x, x); return y; }
      extern long last(long n) __attribute__((const));
      long __attribute__((noinline)) last(long n) { long i; for (i = 0; ; i++) if (i == n) return i; }
      void early(struct page *page, bool stop) { if (stop) return; page->flags = 1; }
      EXPORT_SYMBOL(early);
      static int max3(int a, int b, int c) { return MAX(MAX(a, b), c); }
      u8 wrap(int x) { return x; }
      struct mm_struct;
      """
    let result = try fixture.runOnce(body)
    #expect(result.path.isReturned)
    #expect(result.flags == flags)
  }

  @Test func aHelperThatNothingCallsIsNotResolved() throws {
    var fixture = Fixture()
    fixture.declarations = "static void exotic(struct rq *rq) { asm volatile(\"nop\"); goto out; out: mystery(); }"
    #expect(try fixture.runOnce("page->flags = 1;").flags == 1)
  }

  @Test func ownDefinitionsGoBeforeDeclaredEffects() throws {
    var fixture = Fixture()
    fixture.declarations = "static struct page *behind(struct page *p) { return p + 1; }"
    fixture.interface.effects = ["behind": .noStore]
    let (path, _) = try fixture.runOnce("behind(page)->flags = 1;")
    #expect(path.stores.map(\.address) == [FlatVmemmap.address(of: 1)])
  }
}
