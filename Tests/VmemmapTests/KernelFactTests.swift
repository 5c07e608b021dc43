import KernelC
import Testing
import Vmemmap

/// The arithmetic of the machine against the numbers that real kernels printed.
struct KernelFactTests {
  @Test func `real kernels free as many vmemmap pages per hugepage`() throws {
    let runs = try KernelFacts.all()
    #expect(runs.count == 16)
    var compared = 0
    for run in runs {
      let geometry = try Self.kernel(run).geometry
      #expect(geometry.pageSize == run.pageSize, "\(run.case)")
      #expect(geometry.structPageSize == run.structPageSize, "\(run.case)")
      for (size, freed) in run.freed {
        let pages = geometry.freedPages(perHugepage: try Self.bytes(size), keeping: 1)
        #expect(pages * geometry.pageSize == freed << 10, "\(run.case) \(size)")
        compared += 1
      }
    }
    #expect(compared > 50)
  }

  @Test(arguments: [
    ("B-arm64-4k-6.1-flush-nofix", 2 * mebibyte, true), ("B-arm64-4k-6.1-flush-nofix-hvo-off", 2 * mebibyte, false),
    ("D1-x86_64-6.1", 2 * mebibyte, true), ("C1-arm64-16k-6.1-nofix", 2 * mebibyte, true),
    ("C1-arm64-16k-6.1-nofix", 32 * mebibyte, true),
  ])
  func `a store faults through as many struct pages as in the real kernel`(
    name: String, size: UInt64, switchedOn: Bool
  ) throws {
    let run = try KernelFacts.of(name)
    var machine = try Machine(Self.kernel(run).setup(gibibytes: 4, switchedOn: switchedOn))
    _ = try machine.allocateHugepage(size: size, at: 0x4000_0000)
    let pages = machine.structPages(of: try machine.hugepage(at: 0x4000_0000))
    let faults = try pages.count { page in
      let word = try machine.load(at: page)
      do throws(AccessFault) {
        try machine.store(word, at: page)
        return false
      } catch {
        return true
      }
    }
    #expect(run.storeProbe.contains("ok=\(pages.count - faults) faults=\(faults)"))
  }

  private static func kernel(_ run: KernelFacts) throws -> Kernel {
    switch (run.machine, run.pageSize) {
    case ("aarch64", 4096): .arm64With4K
    case ("aarch64", 16384): .arm64With16K
    case ("aarch64", 65536): .arm64With64K
    default: try #require(run.machine == "x86_64" ? .x86 : nil)
    }
  }

  /// A size as the kernel prints it: `32.0 MiB`.
  private static func bytes(_ text: String) throws -> UInt64 {
    let words = text.split(separator: " ")
    let units: [Substring: UInt64] = ["KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30]
    return UInt64(try #require(Double(words[0]))) * (try #require(units[words[1]]))
  }
}
