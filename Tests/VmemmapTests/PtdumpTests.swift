import Testing
import Vmemmap

/// Dumps written from the description of the format, for checkouts without recordings.
struct PtdumpTests {
  @Test func `arm64 with one optimized 2M page`() throws {
    var machine = try Machine(Kernel.arm64With4K.setup())
    let ptdump = Ptdump.arm64(machine.geometry)
    let tail = [
      "0xfffffc0001000000-0xfffffc0040000000        1008M PMD",
      "0xfffffc0040000000-0xfffffc8000000000         511G PUD",
      "0xfffffc8000000000-0xfffffe0000000000        1536G PGD",
      "---[ vmemmap end ]---",
    ]
    expectEqualLines(
      ptdump.lines(of: machine),
      [
        "---[ vmemmap start ]---",
        "0xfffffc0000000000-0xfffffc0001000000          16M PMD       RW NX SHD AF        BLK UXN    MEM/NORMAL",
      ] + tail, "boot")
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: 0x4020_0000)
    expectEqualLines(
      ptdump.lines(of: machine),
      [
        "---[ vmemmap start ]---",
        "0xfffffc0000000000-0xfffffc0000009000          36K PTE       RW NX SHD AF            UXN    MEM/NORMAL",
        "0xfffffc0000009000-0xfffffc0000010000          28K PTE       ro NX SHD AF            UXN    MEM/NORMAL",
        "0xfffffc0000010000-0xfffffc0000200000        1984K PTE       RW NX SHD AF            UXN    MEM/NORMAL",
        "0xfffffc0000200000-0xfffffc0001000000          14M PMD       RW NX SHD AF        BLK UXN    MEM/NORMAL",
      ] + tail, "one page")
    #expect(try machine.freeHugepage(at: 0x4020_0000) == .freed)
    expectEqualLines(
      ptdump.lines(of: machine),
      [
        "---[ vmemmap start ]---",
        "0xfffffc0000000000-0xfffffc0000200000           2M PTE       RW NX SHD AF            UXN    MEM/NORMAL",
        "0xfffffc0000200000-0xfffffc0001000000          14M PMD       RW NX SHD AF        BLK UXN    MEM/NORMAL",
      ] + tail, "freed")
  }

  @Test func `arm64 with 16K pages prints the first page before the banner`() throws {
    var machine = try Machine(Kernel.arm64With16K.setup())
    _ = try machine.allocateHugepage(size: 32 * mebibyte, at: 0x4000_0000)
    expectEqualLines(
      Ptdump.arm64(machine.geometry).lines(of: machine),
      [
        "---[ vmemmap start ]---",
        "0xffffff0000004000-0xffffff0000020000         112K PTE       ro NX SHD AF            UXN    MEM/NORMAL",
        "0xffffff0000020000-0xffffff0000400000        3968K PTE       RW NX SHD AF            UXN    MEM/NORMAL",
        "0xffffff0000400000-0xffffff0002000000          28M PTE",
        "0xffffff0002000000-0xffffff1000000000       65504M PMD",
        "0xffffff1000000000-0xffffff8000000000         448G PUD",
        "---[ vmemmap end ]---",
      ], "16K")
  }

  @Test func `arm64 attributes that the recordings do not show`() throws {
    var setup = try Kernel.arm64With4K.setup()
    setup.pteFormat.readWrite |= 1 << 11 | 1 << 52 | 1 << 50 | 1 << 6
    setup.pteFormat.readWrite &= ~(3 << 8 | 1 << 54 | 1 << 10)
    setup.pteFormat.readWrite |= 1 << 2
    setup.pteFormat.block &= ~(1 << 53)
    var machine = try Machine(setup)
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: 0x4000_0000)
    let lines = Ptdump.arm64(machine.geometry).lines(of: machine)
    let range = "0xfffffc0000000000-0xfffffc0000001000           4K"
    #expect(lines.contains(range + " PTE   USR RW NX        NG CON         GP MEM/NORMAL-TAGGED"))
    let blocks = "0xfffffc0000200000-0xfffffc0001000000          14M"
    #expect(lines.contains(blocks + " PMD       RW x  SHD AF        BLK UXN    MEM/NORMAL"))
  }

  @Test func `x86 with one optimized 2M page`() throws {
    var machine = try Machine(Kernel.x86.setup(gibibytes: 4))
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: 0x1_0000_0000)
    expectEqualLines(
      Ptdump.x86(machine.geometry).lines(of: machine),
      [
        "---[ Vmemmap ]---",
        "0xffffea0000000000-0xffffea0002000000          32M     RW         PSE     GLB NX pmd",
        "0xffffea0002000000-0xffffea0004000000          32M                               pmd",
        "0xffffea0004000000-0xffffea0004001000           4K     RW                 GLB NX pte",
        "0xffffea0004001000-0xffffea0004008000          28K     ro                 GLB NX pte",
        "0xffffea0004008000-0xffffea0004200000        2016K     RW                 GLB NX pte",
        "0xffffea0004200000-0xffffea0006000000          30M     RW         PSE     GLB NX pmd",
        "0xffffea0006000000-0xffffea0040000000         928M                               pmd",
        "0xffffea0040000000-0xffffea8000000000         511G                               pud",
        "0xffffea8000000000-0xfffffe0000000000       19968G                               pgd",
        "---[ CPU entry Area ]---",
      ], "x86")
  }

  @Test func `a table entry without write permission makes x86 leaves read-only`() throws {
    var setup = try Kernel.x86.setup()
    setup.pteFormat.table = 0x8000_0000_0000_0065
    setup.pteFormat.block &= ~(1 << 63)
    let machine = try Machine(setup)
    #expect(
      Ptdump.x86(machine.geometry).lines(of: machine)[1]
        == "0xffffea0000000000-0xffffea0001000000          16M     ro         PSE     GLB NX pmd")
  }
}
