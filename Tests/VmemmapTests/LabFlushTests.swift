import KernelC
import Testing
import Vmemmap

/// Flushes of single struct pages against what the recorded kernels did.
@Suite(.enabled(if: Lab.isAvailable, Comment(rawValue: Lab.absence)))
struct LabFlushTests {
  /// One recorded call of flush_dcache_page().
  struct Flush {
    var page: UInt64
    var head: UInt64
    var headFlag: Bool
    var pageFlag: Bool
    /// The head's flag afterwards; nil if the kernel oopsed.
    var headFlagAfter: Bool?
  }

  @Test(arguments: [
    ("B-arm64-4k-6.1-flush-fix", FlushBody.head, true), ("B-arm64-4k-6.1-flush-fix-hvo-off", .head, false),
    ("B-arm64-4k-6.1-flush-nofix", .givenPage, true), ("B-arm64-4k-6.1-flush-nofix-hvo-off", .givenPage, false),
    ("B-arm64-4k-6.1-flush-v4", .headIfEnabled, true), ("B-arm64-4k-6.1-flush-v4-hvo-off", .headIfEnabled, false),
  ])
  func `a flush does what the real one did`(folder: String, body: FlushBody, switchedOn: Bool) throws {
    var setup = try Kernel.arm64With4K.setup(switchedOn: switchedOn)
    setup.predicates["hugetlb_optimize_vmemmap_enabled"] = .staticKey
    var machine = try Machine(setup)
    let flushes = flushes(in: try Lab.text(folder, "console.log"))
    #expect(flushes.count == 8)
    for flush in flushes {
      let address = try machine.pageFrameNumber(of: flush.head) << 12
      if machine.allHugepages.isEmpty { _ = try machine.allocateHugepage(size: 2 * mebibyte, at: address) }
      let flags = try machine.load(at: flush.head)
      try machine.store(flush.headFlag ? flags | dcacheClean : flags & ~dcacheClean, at: flush.head)
      #expect(try (machine.load(at: flush.page) & dcacheClean != 0) == flush.pageFlag)
      var oopsed = false
      do throws(AccessFault) {
        try body.run(flush.page, on: &machine)
      } catch {
        #expect(error == AccessFault(.readOnly, at: flush.page))
        oopsed = true
      }
      #expect(oopsed == (flush.headFlagAfter == nil))
      if let after = flush.headFlagAfter { #expect(try (machine.load(at: flush.head) & dcacheClean != 0) == after) }
    }
  }

  @Test(arguments: [
    ("B-arm64-4k-6.1-flush-nofix", FlushBody.givenPage), ("B-arm64-4k-6.1-flush-fix", .head),
  ])
  func `each struct page by itself faults as in the scan`(folder: String, body: FlushBody) throws {
    var machine = try Machine(Kernel.arm64With4K.setup())
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: 0x4000_0000)
    let hugepage = try machine.hugepage(at: 0x4000_0000)
    let line = try #require(
      Lab.text(folder, "console.log").split(separator: "\n").first {
        $0.contains("flushscan RESULT size=0x200000 exec=1")
      })
    let recorded = line.split(separator: " ").drop { $0 != "indices:" }.dropFirst().compactMap { Int($0) }
    #expect(try machine.faultingIndices(of: hugepage, flush: body) == recorded)
  }

  private func flushes(in console: String) -> [Flush] {
    var flushes: [Flush] = []
    for line in console.split(separator: "\n") where line.hasPrefix("hvolab: flush idx=") {
      func number(_ name: String) -> UInt64? {
        line.split(separator: " ").first { $0.hasPrefix(name + "=") }
          .flatMap { UInt64($0.dropFirst(name.count + 1), radix: 16) }
      }
      if let page = number("page"), let head = number("head") {
        flushes.append(
          Flush(page: page, head: head, headFlag: number("bit_on_head") == 1, pageFlag: number("bit_on_page") == 1))
      } else if line.contains("returned"), !flushes.isEmpty {
        flushes[flushes.count - 1].headFlagAfter = number("bit_on_head") == 1
      }
    }
    return flushes
  }
}
