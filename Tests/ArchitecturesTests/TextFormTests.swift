import Architectures
import Testing

@Suite struct TextFormTests {
  @Test(
    arguments: [
      ("arch/arm64/Kconfig", "arch/arm64/Kconfig", nil, nil), ("arch/arm64/Kconfig:97", "arch/arm64/Kconfig", 97, nil),
      ("arch/arm64/mm/flush.c:69-80", "arch/arm64/mm/flush.c", 69, 80), ("Makefile:1-1", "Makefile", 1, 1),
    ] as [(String, String, Int?, Int?)])
  func `a place in the kernel tree`(text: String, path: String, line: Int?, last: Int?) throws {
    let place = try #require(KernelPlace(text))
    #expect(place.path == path && place.line == line && place.lastLine == last && place.description == text)
  }

  @Test(arguments: [
    "", ":1", "/etc/passwd", "a b", "a:", "a:0", "a:-1", "a:1-", "a:2-1", "a:1-2-3", "a:1:2", "a:x", "a:+1", "a:1-+2",
    "../a", "a/../b:1", "a:99999999999999999999", "a\u{9}:1", "a:١",
  ])
  func `what is no place in the kernel tree is refused`(text: String) {
    #expect(KernelPlace(text) == nil)
  }

  @Test(
    arguments: [
      (0, "0"), (1, "1"), (1023, "1023"), (1024, "1K"), (1025, "1025"), (4096, "4K"), (1536, "1536"), (2 << 20, "2M"),
      (3 << 20, "3M"), (32 << 20, "32M"), (1 << 30, "1G"), (16 << 30, "16G"), (1 << 41, "2T"), (1 << 50, "1P"),
      (1 << 63, "8E"), (UInt64.max, "18446744073709551615"),
    ] as [(UInt64, String)])
  func `sizes as kernel people write them`(bytes: UInt64, text: String) {
    #expect(sizeText(bytes) == text)
  }
}
