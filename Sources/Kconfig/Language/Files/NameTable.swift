/// Byte strings that are stored once: names, constants, prompts and paths.
struct NameTable: Sendable {
  private var bytes: [UInt8] = []
  private var starts: [Int32] = [0]
  private var hashes: [UInt32] = []
  /// Grows with what is stored: besides kernels there are files of fifty symbols.
  private var slots = [Int32](repeating: -1, count: 1 << 8)

  var count: Int { hashes.count }

  /// The hash of `conf`, which the order of its symbol table depends on; kernel: `hash_str` in scripts/kconfig.
  func hash(of name: NameID) -> UInt32 { hashes[name.position] }

  subscript(name: NameID) -> ArraySlice<UInt8> {
    bytes[Int(starts[name.position])..<Int(starts[name.position + 1])]
  }

  /// The string for people: without the mark of names that stand for probes.
  func shown(_ name: NameID) -> ArraySlice<UInt8> {
    let bytes = self[name]
    return bytes.first == ProbeAnswer.mark ? bytes.dropFirst() : bytes
  }

  /// The same as text.
  func text(_ name: NameID) -> String {
    String(decoding: shown(name), as: UTF8.self)
  }

  /// The number of a string, which is stored if it is new.
  mutating func intern(_ text: Span<UInt8>) -> NameID {
    let hash = Self.hash(text)
    var slot = Int(hash) & (slots.count - 1)
    while true {
      let found = slots[slot]
      if found < 0 { break }
      if hashes[Int(found)] == hash, holds(text, at: Int(found)) { return NameID(number: found) }
      slot = (slot + 1) & (slots.count - 1)
    }
    let name = Int32(hashes.count)
    slots[slot] = name
    text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    starts.append(Int32(bytes.count))
    hashes.append(hash)
    if hashes.count * 2 > slots.count { grow() }
    return NameID(number: name)
  }

  mutating func intern(_ text: [UInt8]) -> NameID { intern(text.span) }
  mutating func intern(_ text: [UInt8], _ range: Range<Int>) -> NameID { intern(text.span.extracting(range)) }
  mutating func intern(_ text: String) -> NameID { intern(Array(text.utf8)) }

  /// The number of a string that is already there.
  func find(_ text: Span<UInt8>) -> NameID? {
    let hash = Self.hash(text)
    var slot = Int(hash) & (slots.count - 1)
    while true {
      let found = slots[slot]
      if found < 0 { return nil }
      if hashes[Int(found)] == hash, holds(text, at: Int(found)) { return NameID(number: found) }
      slot = (slot + 1) & (slots.count - 1)
    }
  }

  private func holds(_ text: Span<UInt8>, at position: Int) -> Bool {
    let start = Int(starts[position])
    return bytes.span.extracting(start..<Int(starts[position + 1])).isEqual(to: text)
  }

  private static func hash(_ text: Span<UInt8>) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for index in text.indices {
      // `conf` reads signed characters.
      hash = (hash ^ UInt32(bitPattern: Int32(Int8(bitPattern: text[index])))) &* 0x0100_0193
    }
    return hash
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (name, hash) in hashes.enumerated() {
      var slot = Int(hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(name)
    }
  }
}
