import KernelC
import TestSupport
import Testing
import Vmemmap

/// Flushes of single struct pages against what the recorded kernels did.
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
    let flushes = flushes(in: try RealKernel(folder).driverLines())
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
    ("B-arm64-4k-6.1-flush-v4", .headIfEnabled),
  ])
  func `each struct page by itself faults as in the scan`(folder: String, body: FlushBody) throws {
    var setup = try Kernel.arm64With4K.setup()
    setup.predicates["hugetlb_optimize_vmemmap_enabled"] = .staticKey
    var machine = try Machine(setup)
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: 0x4000_0000)
    let hugepage = try machine.hugepage(at: 0x4000_0000)
    let line = try #require(KernelFacts.of(folder).flushscan.first { $0.contains("RESULT size=0x200000 exec=1") })
    let recorded = line.split(separator: " ").drop { $0 != "indices:" }.dropFirst().compactMap { Int($0) }
    #expect(try machine.faultingIndices(of: hugepage, flush: body) == recorded)
  }

  private func flushes(in lines: [Substring]) -> [Flush] {
    var flushes: [Flush] = []
    for line in lines where line.hasPrefix("hvolab: flush idx=") {
      if let page = line.hexadecimal("page"), let head = line.hexadecimal("head") {
        flushes.append(
          Flush(
            page: page, head: head, headFlag: line.hexadecimal("bit_on_head") == 1,
            pageFlag: line.hexadecimal("bit_on_page") == 1))
      } else if line.contains("returned"), !flushes.isEmpty {
        flushes[flushes.count - 1].headFlagAfter = line.hexadecimal("bit_on_head") == 1
      }
    }
    return flushes
  }
}
