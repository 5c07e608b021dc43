import Testing

@testable import KernelC

/// Random straight-line flag programs, run here and by an independent model that knows no C.
@Suite struct RandomProgramTests {
  /// The words of four struct pages and what a program does to them.
  struct Model {
    var flags: [UInt64] = [0, 0, 0, 0]
    var value: UInt64 = 0
    var stores = 0

    mutating func write(_ word: UInt64, to page: Int) {
      flags[page] = word
      stores += 1
    }
  }

  /// One statement as text, and its effect on the model.
  private func statement(_ random: inout SplitMix, _ model: inout Model, depth: Int = 0) -> String {
    let page = random.next(below: 4)
    let bit = random.next(below: 64)
    let mask: UInt64 = 1 << UInt64(bit)
    let wasSet = model.flags[page] & mask != 0
    let target = page == 0 && random.next(below: 2) == 0 ? "page" : "(page + \(page))"
    let address = random.next(below: 2) == 0 ? "&\(target)->flags" : "&page[\(page)].flags"
    let choices = depth < 3 ? 12 : 9
    switch random.next(below: choices) {
    case 0:
      model.write(model.flags[page] | mask, to: page)
      return "set_bit(\(bit), \(address));"
    case 1:
      model.write(model.flags[page] & ~mask, to: page)
      return "__clear_bit(\(bit), \(address));"
    case 2:
      model.write(model.flags[page] ^ mask, to: page)
      return "change_bit(\(bit), \(address));"
    case 3:
      model.write(model.flags[page] | mask, to: page)
      model.value = model.value &* 3 &+ (wasSet ? 1 : 0)
      return "value = value * 3 + test_and_set_bit(\(bit), \(address));"
    case 4:
      model.write(model.flags[page] & ~mask, to: page)
      model.value ^= wasSet ? 1 : 0
      return "value ^= test_and_clear_bit(\(bit), \(address));"
    case 5:
      model.write(model.flags[page] | mask, to: page)
      return "\(target)->flags |= 1UL << \(bit);"
    case 6:
      model.write(model.flags[page] & ~mask, to: page)
      return "\(target)->flags &= ~(1UL << \(bit));"
    case 7:
      let constant = random.next()
      model.write(model.value &+ constant, to: page)
      return "WRITE_ONCE(\(target)->flags, value + \(constant)UL);"
    case 8:
      model.value = (model.value << 1 | model.value >> 63) ^ model.flags[page]
      return "value = (value << 1 | value >> 63) ^ READ_ONCE(\(target)->flags);"
    case 9:
      // Both branches are generated; the model follows the one that the bit chooses.
      var (first, second) = (model, model)
      let yes = statement(&random, &first, depth: depth + 1)
      let no = statement(&random, &second, depth: depth + 1)
      model = wasSet ? first : second
      return "if (test_bit(\(bit), \(address))) { \(yes) } else \(no)"
    case 10:
      let turns = random.next(below: 4)
      model.value &+= UInt64(turns)
      for _ in 0..<turns { model.write(model.flags[page] &+ model.value, to: page) }
      return "{ value += \(turns); for (i = 0; i < \(turns); i++) \(target)->flags += value; }"
    default:
      model.write(model.flags[page] | mask, to: page)
      return "mark(\(target), \(bit));"
    }
  }

  @Test(arguments: 0..<20)
  func finalWordsAndStoreCountsAgree(seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed) &+ 1000)
    var fixture = Fixture()
    fixture.declarations = "static void mark(struct page *p, int nr)\n{\n\tset_bit(nr, &p->flags);\n}"
    for _ in 0..<20 {
      var model = Model()
      var memory = FlatVmemmap(structPages: 512)
      for page in 0..<4 {
        model.flags[page] = random.next()
        memory.setFlags(model.flags[page], of: page)
      }
      let lines = (0..<random.next(below: 15)).map { _ in statement(&random, &model) }
      let body = "unsigned long value = 0;\nint i;\n" + lines.joined(separator: "\n")
      try fixture.compile(body).run(page: FlatVmemmap.base, on: &memory) { path, memory in
        #expect(path.isReturned, "seed \(seed)\n\(body)")
        #expect(path.conditions.isEmpty)
        #expect((0..<4).map { memory.flags(of: $0) } == model.flags, "seed \(seed)\n\(body)")
        #expect(path.stores.count == model.stores, "seed \(seed)\n\(body)")
      }
    }
  }
}
