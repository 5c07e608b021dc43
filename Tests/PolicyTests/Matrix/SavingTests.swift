import Policy
import Testing

/// What HVO gives back, in the numbers that reviewers know.
struct SavingTests {
  struct Case: Sendable {
    var hugepage: String
    var log2: Int
    var pageShift: Int
    var pages: UInt64
    var kept: UInt64 = 1
    var text: String
    var gib: String
  }

  static let cases: [Case] = [
    Case(hugepage: "2M", log2: 21, pageShift: 12, pages: 8, text: "7 of 8 pages", gib: "14.0000"),
    Case(hugepage: "2M, two kept", log2: 21, pageShift: 12, pages: 8, kept: 2, text: "6 of 8 pages", gib: "12.0000"),
    Case(hugepage: "1G", log2: 30, pageShift: 12, pages: 4096, text: "4095 of 4096 pages", gib: "15.9961"),
    Case(
      hugepage: "1G, two kept", log2: 30, pageShift: 12, pages: 4096, kept: 2, text: "4094 of 4096 pages",
      gib: "15.9922"),
    Case(hugepage: "32M", log2: 25, pageShift: 12, pages: 128, text: "127 of 128 pages", gib: "15.8750"),
    Case(hugepage: "32M of 16K", log2: 25, pageShift: 14, pages: 8, text: "7 of 8 pages", gib: "3.5000"),
    Case(hugepage: "512M of 64K", log2: 29, pageShift: 16, pages: 8, text: "7 of 8 pages", gib: "0.8750"),
    Case(hugepage: "16G of 64K", log2: 34, pageShift: 16, pages: 256, text: "255 of 256 pages", gib: "0.9961"),
    Case(hugepage: "4T", log2: 42, pageShift: 12, pages: 1 << 24, text: "16777215 of 16777216 pages", gib: "16.0000"),
    Case(hugepage: "8E of 16M", log2: 63, pageShift: 24, pages: 8, text: "7 of 8 pages", gib: "0.0000"),
  ]

  @Test(arguments: cases)
  func `pages and GiB per TiB`(one: Case) {
    let saving = Saving(
      hugepage: 1 << UInt64(one.log2), pageSize: 1 << UInt64(one.pageShift), vmemmapPages: one.pages,
      freedPages: one.pages - one.kept)
    #expect(saving.keptPages == one.kept)
    #expect(saving.pages == one.text)
    #expect(saving.gibPerTib == one.gib)
  }

  @Test func `numbers that do not fit give nothing, and no crash`() {
    for value in [0, 1, UInt64.max / 2, .max] {
      let saving = Saving(hugepage: value, pageSize: .max, vmemmapPages: 0, freedPages: .max)
      #expect(saving.gibPerTib == "0.0000")
      #expect(saving.keptPages == 0)
    }
  }
}
