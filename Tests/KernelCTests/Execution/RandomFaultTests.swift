import Diagnostics
import TestSupport
import Testing

@testable import KernelC

/// Random programs of which some stores are refused.
@Suite struct RandomFaultTests {
  /// How a store is put right.
  enum Mending: CaseIterable {
    /// It is left out; what asked for the old bit tests it.
    case leftOut
    /// It is done to the head.
    case toHead
  }

  /// One line of a program, which nests by its braces.
  private struct Line {
    var text: String
    /// The lines that stand for it once its store is mended.
    var mended: [Mending: String] = [:]
  }

  private struct Generator {
    var random: SplitMix
    var lines: [Line] = []

    private mutating func target() -> String {
      ["page", "page", "(page + 1)", "(page + 2)", "head"][random.next(below: 5)]
    }

    private mutating func store() {
      let (bit, target) = (random.next(below: 6), target())
      let choice = random.next(below: 4)
      if choice == 3 {
        let value = "\(target)->flags |= \(1 << bit);"
        lines.append(Line(text: value, mended: [.leftOut: ";", .toHead: "head->flags |= \(1 << bit);"]))
      } else {
        let name = ["set_bit", "clear_bit", "change_bit"][choice]
        lines.append(
          Line(
            text: "\(name)(\(bit), &\(target)->flags);",
            mended: [.leftOut: ";", .toHead: "\(name)(\(bit), &head->flags);"]))
      }
    }

    private mutating func condition() -> Line {
      let (bit, target) = (random.next(below: 6), target())
      let not = random.next(below: 2) == 0 ? "!" : ""
      switch random.next(below: 5) {
      case 0: return Line(text: "if (\(not)maybe()) {")
      case 1: return Line(text: "if (\(not)(\(target)->flags & \(1 << bit))) {")
      case 2: return Line(text: "if (\(not)test_bit(\(bit), &\(target)->flags)) {")
      default:
        let name = ["test_and_set_bit", "test_and_clear_bit"][random.next(below: 2)]
        return Line(
          text: "if (\(not)\(name)(\(bit), &\(target)->flags)) {",
          mended: [
            .leftOut: "if (\(not)test_bit(\(bit), &\(target)->flags)) {",
            .toHead: "if (\(not)\(name)(\(bit), &head->flags)) {",
          ])
      }
    }

    mutating func statements(_ count: Int, depth: Int = 0) {
      for _ in 0..<count {
        guard depth < 2, random.next(below: 3) == 0 else {
          store()
          continue
        }
        lines.append(condition())
        statements(1 + random.next(below: 2), depth: depth + 1)
        lines.append(Line(text: "} else {"))
        if random.next(below: 2) == 0 { statements(1, depth: depth + 1) }
        lines.append(Line(text: "}"))
      }
    }
  }

  private static func program(_ random: inout SplitMix) -> [Line] {
    var generator = Generator(random: SplitMix(seed: random.next()))
    generator.statements(2 + random.next(below: 4))
    return [Line(text: "struct page *head = compound_head(page);")] + generator.lines
  }

  private var fixture: Fixture {
    var fixture = Fixture()
    fixture.interface.effects = ["maybe": .noStore]
    return fixture
  }

  /// Struct page 62: it and the next are in the page that is kept, the one behind is read-only and shows the head.
  private static let structPages = [62, 63, 64, 65]
  private static let limits = Limits(pathsBehindFault: 4096)

  @Test(arguments: 0..<20)
  func thePathBeforeTheFirstFaultIsThatOfAKernelThatOopses(seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed) &+ 2000)
    var faulting = 0
    for _ in 0..<10 {
      let body = Self.program(&random).map(\.text).joined(separator: "\n")
      var memory = FlatVmemmap.optimised(structPages: 512, headFlags: random.next() & 63)
      for structPage in Self.structPages {
        memory.endsAtFaults = false
        var seen: [ExecutionPath] = []
        for path in try fixture.run(body, on: memory, at: structPage, limits: Self.limits).map(\.path.upToFirstFault)
        where seen.last.map({ Self.summary($0) != Self.summary(path) }) ?? true {
          seen.append(path)
        }
        memory.endsAtFaults = true
        let expected = try fixture.run(body, on: memory, at: structPage, limits: Self.limits).map(\.path)
        #expect(seen.map(Self.summary) == expected.map(Self.summary), "seed \(seed), \(structPage)\n\(body)")
        faulting += expected.count { !$0.faults.isEmpty }
      }
    }
    #expect(faulting > 25)
  }

  /// What a path did before its first fault.
  private static func summary(_ path: ExecutionPath) -> String {
    let stores = path.stores.map { "\($0.operation) \($0.place.text) \($0.address) \($0.before ?? 0) \($0.after)" }
    let faults = path.faults.map { "\($0.operation) \($0.place.text) \($0.access.address)" }
    return "\(path.ending) \(path.conditionTexts) \(stores) \(faults)"
  }

  /// The lines with stores that fault on some path; nil if something is not understood.
  private func faultingLines(_ lines: [Line], _ memory: FlatVmemmap, _ structPage: Int) throws -> [Int]? {
    let body = lines.map(\.text).joined(separator: "\n")
    var faulting: Set<Int> = []
    for (path, _) in try fixture.run(body, on: memory, at: structPage, limits: Self.limits) {
      guard path.isReturned else { return nil }
      for fault in path.faults { faulting.insert(fault.place.start.line - Fixture.firstLine) }
    }
    return faulting.sorted()
  }

  @Test(arguments: 0..<20)
  func mendingAStoreNeverRevealsAnother(seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed) &+ 3000)
    var mendings = 0
    for _ in 0..<20 {
      var lines = Self.program(&random)
      let memory = FlatVmemmap.optimised(structPages: 512, headFlags: random.next() & 63)
      let structPage = Self.structPages[random.next(below: 4)]
      guard let all = try faultingLines(lines, memory, structPage) else { continue }
      var left = all
      while !left.isEmpty {
        let mended = left[random.next(below: left.count)]
        let mending = Mending.allCases[random.next(below: 2)]
        lines[mended].text = try #require(lines[mended].mended[mending])
        let next = try #require(try faultingLines(lines, memory, structPage))
        let text = lines.map(\.text).joined(separator: "\n")
        #expect(!next.contains(mended) && Set(next).isSubset(of: all), "seed \(seed), \(structPage), \(all)\n\(text)")
        if next.contains(mended) { return }
        left = next
        mendings += 1
      }
    }
    #expect(mendings > 25)
  }
}
