import Diagnostics
import LocatedYAML
import Vmemmap

/// The memory layout of a descriptor.
extension DescriptorReading {
  mutating func readLayout() -> MemoryLayoutFacts? {
    let pageSize: Fact<UInt64>? = fact("page_size") { scalar throws(Diagnostic) in try scalar.asSize() }
    let sectionSize: Fact<UInt64>? = fact("section_size") { scalar throws(Diagnostic) in try scalar.asSize() }
    let memoryStart: Fact<UInt64>? = fact("memory_start") { scalar throws(Diagnostic) in try scalar.asWord() }
    let levels = readLevels(pageSize: pageSize)
    let leaves = readLeaves(levels: levels)
    let format = readFormat()
    guard let pageSize, let sectionSize, let vmemmap = root["vmemmap"],
      let start = integer(vmemmap["start"]), let sizeScalar = vmemmap["size"]?.scalar,
      let size = attempt({ () throws(Diagnostic) in try sizeScalar.asSize() })
    else { return nil }
    let alignment = vmemmap["base_alignment"]?.scalar.flatMap { scalar in
      attempt { () throws(Diagnostic) in try scalar.asSize() }
    }
    let base: Geometry.BaseRule =
      vmemmap["base"]?.scalar?.text == "zero"
      ? .zero : .memoryStart(alignment: alignment ?? max(sectionSize.value, pageSize.value))
    checkVmemmap(vmemmap, start: start, size: size, pageSize: pageSize)
    if sectionSize.value < pageSize.value {
      problems.append(
        Diagnostic(
          id: "ARCH010", "a section is smaller than a page", at: sectionSize.range,
          notes: [.init("the page size is \(sizeText(pageSize.value))", at: pageSize.range)]))
    }
    return MemoryLayoutFacts(
      pageShift: pageSize.value.trailingZeroBitCount, levels: levels,
      sectionSizeBits: sectionSize.value.trailingZeroBitCount, vmemmapStart: start, vmemmapSize: size,
      vmemmapSizeRange: sizeScalar.range, vmemmapBase: base, vmemmapLeaves: leaves, format: format,
      memoryStart: memoryStart?.value ?? 0)
  }

  private mutating func checkVmemmap(_ vmemmap: Node, start: UInt64, size: UInt64, pageSize: Fact<UInt64>) {
    if let scalar = vmemmap["start"]?.scalar, start % pageSize.value != 0 {
      problems.append(
        Diagnostic(
          id: "ARCH009", "the vmemmap does not start at a page", at: scalar.range,
          notes: [.init("the page size is \(sizeText(pageSize.value))", at: pageSize.range)]))
    }
    // A region may end where the address space does: its last byte must fit, not the one behind it.
    if let scalar = vmemmap["size"]?.scalar, size > 0, start.addingReportingOverflow(size - 1).overflow {
      problems.append(
        Diagnostic(
          id: "ARCH009", "the vmemmap reaches beyond the address space", at: scalar.range,
          reasons: ["from 0x\(String(start, radix: 16)) on there are \(sizeText(0 &- start)) up to 2^64"]))
    }
    if let alignment = vmemmap["base_alignment"], vmemmap["base"]?.scalar?.text == "zero" {
      problems.append(
        Diagnostic(
          id: "ARCH009", "'base_alignment' rounds the start of memory, and 'base: zero' does not look at it",
          at: alignment.range))
    }
  }

  private mutating func readLevels(pageSize: Fact<UInt64>?) -> [Geometry.Level] {
    var levels: [Geometry.Level] = []
    let problemsBefore = problems.count
    for entry in root["page_table"]?.entries ?? [] where entry.key.text != "at" {
      guard let scalar = entry.value.scalar else { continue }
      guard let word = integer(entry.value) else { continue }
      guard let shift = Int(exactly: word), (1...63).contains(shift) else {
        problems.append(
          Diagnostic(id: "ARCH011", "'\(scalar.text)' is not the log2 of what one entry maps", at: scalar.range))
        continue
      }
      if let above = levels.last, above.shift <= shift {
        problems.append(
          Diagnostic(
            id: "ARCH011", "level \(entry.key.text) maps no less than \(above.name) above it", at: scalar.range,
            help: ["list the levels from the top: PGD first, PTE last"]))
      }
      levels.append(Geometry.Level(entry.key.text, shift: shift))
    }
    // What was refused above is missing here; saying so would be noise.
    guard problems.count == problemsBefore else { return [] }
    if let pageSize, let last = levels.last, last.shift != pageSize.value.trailingZeroBitCount {
      problems.append(
        Diagnostic(
          id: "ARCH011", "the last level maps 1 << \(last.shift) bytes, the page size is \(sizeText(pageSize.value))",
          at: root.keyRange("page_table") ?? place,
          notes: [.init("the page size", at: pageSize.range)]))
    }
    if levels.count < 2 {
      problems.append(
        Diagnostic(id: "ARCH011", "a page table has two levels or more", at: root.keyRange("page_table") ?? place))
    }
    return levels
  }

  private mutating func readLeaves(levels: [Geometry.Level]) -> [String] {
    var leaves: [String] = []
    let problemsBefore = problems.count
    for scalar in list("vmemmap_leaf") {
      if !levels.isEmpty, !levels.contains(where: { $0.name == scalar.text }) {
        problems.append(
          Diagnostic(
            id: "ARCH012", "'\(scalar.text)' is no level of 'page_table'", at: scalar.range,
            help: didYouMean(scalar.text, among: levels.map(\.name))))
      }
      let isHigher = levels.dropLast(2).contains { $0.name == scalar.text }
      if isHigher, let above = levels.dropLast().last {
        problems.append(
          Diagnostic(
            id: "ARCH012", "leaves at '\(scalar.text)' are not simulated", at: scalar.range,
            reasons: ["vmemmap_populate() places them at \(above.name), or as base pages at the level below it"]))
      }
      if leaves.contains(scalar.text) {
        problems.append(Diagnostic(id: "ARCH012", "'\(scalar.text)' is listed twice", at: scalar.range))
      }
      leaves.append(scalar.text)
    }
    if leaves.isEmpty {
      problems.append(
        Diagnostic(
          id: "ARCH012", "no level: vmemmap_populate() maps struct pages at one at least",
          at: root.keyRange("vmemmap_leaf") ?? place))
    } else if problems.count == problemsBefore, let last = levels.last, !leaves.contains(last.name) {
      problems.append(
        Diagnostic(
          id: "ARCH012", "the last level '\(last.name)' is missing", at: root.keyRange("vmemmap_leaf") ?? place,
          reasons: ["where no block fits, vmemmap_populate() falls back to base pages"],
          help: ["add \(last.name) to the list"]))
    }
    return leaves
  }

  /// Every struct page is run on its own. The largest sizes of real machines have 524,288 (2G on 4K pages of s390).
  private static let mostStructPages: UInt64 = 1 << 20

  mutating func readHugepages(pageShift: Int?) -> [Fact<UInt64>] {
    var hugepages: [Fact<UInt64>] = []
    for scalar in list("hugepages") {
      guard let bytes = attempt({ () throws(Diagnostic) in try scalar.asSize() }) else { continue }
      if let pageShift, bytes <= 1 << UInt64(pageShift) || bytes > 1 << 46 {
        problems.append(
          Diagnostic(id: "ARCH013", "\(scalar.text) is not a HugeTLB page size on this base page", at: scalar.range))
      } else if let pageShift, bytes >> UInt64(pageShift) > Self.mostStructPages {
        let largest = Self.mostStructPages << UInt64(pageShift)
        problems.append(
          Diagnostic(
            id: "ARCH013", "\(scalar.text) has more struct pages than are simulated", at: scalar.range,
            reasons: [
              "\(bytes >> UInt64(pageShift)) struct pages of a HugeTLB page, the limit is \(Self.mostStructPages):"
                + " \(sizeText(largest)) on this base page"
            ]))
      }
      if hugepages.contains(where: { $0.value == bytes }) {
        problems.append(Diagnostic(id: "ARCH013", "\(scalar.text) is listed twice", at: scalar.range))
      }
      hugepages.append(Fact(bytes, range: scalar.range))
    }
    if hugepages.isEmpty {
      problems.append(
        Diagnostic(id: "ARCH013", "no HugeTLB page sizes: nothing to check", at: root.keyRange("hugepages") ?? place))
    }
    return hugepages
  }

  private mutating func readFormat() -> PTEFormat {
    guard let node = root["kernel_pte"] else { return .neutral }
    // The schema demands all of them: what cannot be read has been reported.
    guard let valid = integer(node["valid"]), let leafMask = integer(node["leaf"]?["mask"]),
      let leafValue = integer(node["leaf"]?["value"]), let writableMask = integer(node["writable"]?["mask"]),
      let writableValue = integer(node["writable"]?["value"]), let addressMask = integer(node["address"]?["mask"]),
      let rw = integer(node["rw"]), let ro = integer(node["ro"]), let block = integer(node["block_rw"]),
      let table = integer(node["table"])
    else { return .neutral }
    let shift = integer(node["address"]?["shift"]) ?? 0
    return PTEFormat(
      valid: valid, leaf: .init(mask: leafMask, value: leafValue),
      writable: .init(mask: writableMask, value: writableValue), addressMask: addressMask,
      addressShift: Int(min(shift, 64)), readWrite: rw, readOnly: ro, block: block, table: table)
  }

  /// The scalars of a list in its short or long form.
  private func list(_ key: String) -> [Scalar] {
    (root[key]?.items ?? root[key]?["value"]?.items ?? []).compactMap(\.scalar)
  }

  private mutating func integer(_ node: Node?) -> UInt64? {
    guard let scalar = node?.scalar else { return nil }
    return attempt { () throws(Diagnostic) in try scalar.asWord() }
  }
}
