import Testing

@testable import KernelC

/// Expressions are stored to the flags word, so the value that C gives them is seen in memory.
@Suite struct ExpressionTests {
  @Test(
    arguments: [
      ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("10 - 4 - 3", 3), ("7 / 2", 3), ("7 % 4", 3), ("1 << 4 | 1", 17),
      ("6 & 3 ^ 1", 3), ("~0UL", UInt64.max), ("-1", UInt64.max), ("-1 == 0xFFFFFFFFFFFFFFFF", 1),
      ("-1 == 0xFFFFFFFF", 1),
      ("-1 < 0", 1), ("-1 < 0U", 0), ("-1L < 0U", 1), ("-7 / 2", UInt64(bitPattern: -3)),
      ("-7 % 4", UInt64(bitPattern: -3)),
      ("-8 >> 1", UInt64(bitPattern: -4)), ("-8UL >> 1", UInt64(bitPattern: -8) >> 1), ("1U << 31", 0x8000_0000),
      ("1 << 31", 0xFFFF_FFFF_8000_0000), ("1UL << 63", 1 << 63), ("0x80000000", 0x8000_0000), ("2147483648", 1 << 31),
      ("4294967295U + 1", 0), ("4294967295UL + 1", 1 << 32), ("010", 8), ("0x1fULL", 31), ("0b101u", 5), ("'A'", 65),
      ("'\\n'", 10), ("!5", 0), ("!!5", 1), ("!0 + 1", 2), ("~0U", 0xFFFF_FFFF), ("1 ? 2 : 3", 2),
      ("0 ? 2 : 1 ? 4 : 5", 4),
      ("(u8)300", 44), ("(s8)200", UInt64(bitPattern: -56)), ("(bool)256", 1), ("(unsigned short)65537", 1),
      ("(int)0x100000001", 1), ("(unsigned int)-1", 0xFFFF_FFFF), ("(unsigned long)-1", UInt64.max),
      ("(u32)-1 + 1", 0), ("(u16)-1 + 1", 65536), ("sizeof(int)", 4), ("sizeof(struct page)", 64),
      ("sizeof(long *)", 8),
      ("sizeof(page)", 8), ("sizeof(*page)", 64), ("sizeof page->flags", 8), ("(3, 4)", 4), ("2 > 1", 1), ("2 >= 3", 0),
      ("1 <= 1", 1), ("3 != 3", 0), ("1 && 2", 1), ("1 && 0 || 0", 0), ("0 || 3", 1), ("5 / 2 == 2 && 1", 1),
      ("PG_dcache_clean", 14), ("PAGE_SIZE", 4096), ("PAGE_SHIFT", 12), ("PAGE_MASK & 0x1fff", 0x1000),
      ("true + true", 2),
      ("VM_EXEC", 4), ("BITS_PER_LONG", 64), ("1 ? 1 : 0U - 1", 1), ("0 ? 0U : -1", 0xFFFF_FFFF), ("- - 1", 1),
      ("+-+1", UInt64.max),
      ("1 ? -1 : 0L", UInt64.max), ("(long)(int)0x80000000", 0xFFFF_FFFF_8000_0000), ("page == NULL", 0), ("!page", 0),
      ("page != 0 && page", 1), ("1 - 2 < 0U", 0), ("(s64)-1 < (u32)1", 1), ("-2147483648 / -1", 2_147_483_648),
      ("(-9223372036854775807L - 1) / -1", 1 << 63), ("(-9223372036854775807L - 1) % -1", 0),
    ] as [(String, UInt64)])
  func valueOfConstantExpression(text: String, value: UInt64) throws {
    let (path, flags) = try Fixture().runOnce("page->flags = \(text);")
    #expect(path.isReturned)
    #expect(flags == value)
    // The same without constants that the compiler could fold.
    let opaqueZero = "unsigned long zero = page->flags; if (zero == 0) zero = zero * 2;\n"
    #expect(try Fixture().runOnce(opaqueZero + "page->flags = (\(text)) + (unsigned long)zero;").flags == value)
  }

  @Test(
    arguments: [
      ("unsigned long x = page->flags; page->flags = x++ * 100 + x;", 7 * 100 + 8),
      ("unsigned long x = page->flags; page->flags = ++x * 100 + x;", 8 * 100 + 8),
      ("unsigned long x = page->flags; x--; --x; page->flags = x;", 5),
      (
        "int x = 1; x += 4; x *= 3; x -= 1; x /= 2; x %= 5; x <<= 3; x |= 1; x ^= 3; x &= 0xfe; x >>= 1; page->flags = x;",
        9
      ),
      ("u8 x = 255; x++; page->flags = x + 256;", 256), ("bool b = 5; page->flags = b + 1;", 2),
      ("s8 x = 127; x++; page->flags = x < 0;", 1), ("int x, y; x = y = 5; page->flags = x + y;", 10),
      ("unsigned long *word = &page->flags; *word |= 8; page->flags += word[0];", 30),
      ("page->flags |= 8;", 15), ("page->flags++;", 8), ("page->flags = page->flags++ + 1;", 8),
      ("WRITE_ONCE(page->flags, READ_ONCE(page->flags) | 1UL << 9);", 0x207),
      ("if (likely(page->flags & 1)) page->flags = unlikely(page->flags & 2) ? 3 : 4;", 3),
      ("page->flags = READ_ONCE(page->flags) == 7 ? page->flags + 1 : 0;", 8),
      ("{ int x = 1; { int x = 2; page->flags = x; } page->flags += x; }", 3),
      ("page->flags = test_bit(1, &page->flags) + 2 * test_bit(3, &page->flags);", 1),
      ("page->flags = test_and_set_bit(3, &page->flags) * 16 + test_and_clear_bit(0, &page->flags);", 1),
      ("change_bit(0, &page->flags); __change_bit(4, &page->flags);", 0x16),
      ("page->flags = test_and_change_bit(1, &page->flags);", 1),
      ("if (page->compound_head) return; page->flags = 9;", 9),
      ("((struct folio *)page)->page.flags = 3;", 3), ("(*page).flags = 4;", 4), ("page[0].flags = 5;", 5),
      ("(page + 1 - 1)->flags = 6;", 6), ("pfn_to_page(page_to_pfn(page))->flags = 6;", 6),
      ("struct page *p = page; p++; p -= 1; p->flags = p - page + 1;", 1),
      ("page->flags = nth_page(page, 3) - page;", 3),
      ("page->flags = (unsigned long)(page + 1) - (unsigned long)page;", 64),
      ("page->flags = compound_nr(page);", 512), ("page->flags = compound_order(page);", 9),
      ("page->flags = page_size(page) >> PAGE_SHIFT;", 512), ("page->flags = folio_order(page_folio(page));", 9),
      ("page->flags = PageHuge(page) && compound_head(page) == page;", 1), ("page->flags = PageTail(page + 1);", 1),
      ("const int mask = 1 << PG_dcache_dirty; page->flags = mask;", 0x8000),
      ("if (WARN_ON_ONCE(page->flags & 1)) page->flags = 2;", 2), ("BUG_ON(!page); page->flags = 2;", 2),
      ("unsigned long f; f = 3; page->flags = f;", 3), ("page->flags = 1, page->flags = 2;", 2),
    ] as [(String, UInt64)])
  func statementsLeaveTheFlags(body: String, flags: UInt64) throws {
    var memory = FlatVmemmap(structPages: 512)
    memory.setFlags(7, of: 0)
    let result = try Fixture().runOnce(body, on: memory)
    #expect(result.path.isReturned)
    #expect(result.flags == flags)
  }

  @Test(arguments: [
    ("page->flags = 1 / (int)page->flags;", "undefined result of '1 / (int)page->flags'"),
    ("page->flags = 1UL << (page->flags + 64);", "undefined result of '1UL << (page->flags + 64)'"),
    ("page->flags = 1 << (page->flags + 32);", "undefined result of '1 << (page->flags + 32)'"),
    ("page->flags = 1 << 32;", "undefined result of '<<' (division by zero or shift by too much)"),
    ("page->flags = 1 % 0;", "undefined result of '%' (division by zero or shift by too much)"),
  ])
  func undefinedArithmeticIsNotGuessed(body: String, construct: String) {
    #expect(Fixture().refusal(body)?.construct == construct)
  }
}
