/// What an address is translated to.
package struct Translation: Hashable, Sendable {
  /// The leaf entry.
  package var entry: UInt64
  /// The index of its level in `Geometry.levels`.
  package var level: Int
  /// The physical address that the accessed byte has.
  package var physicalAddress: UInt64
  /// Does the entry allow stores?
  package var isWritable: Bool
}

/// The kernel page tables of the vmemmap: tables of 64-bit entries in one array, found by the physical address that
/// the entry above them holds.
///
/// The top table covers the entries that the vmemmap touches; it is static memory and owns no frame.
struct PageTables: Sendable {
  /// The place of an entry in the array.
  typealias Slot = Int

  /// The last path through the tables; good as long as the block-level entry is unchanged.
  private struct WalkCache: Sendable {
    var tag: UInt64 = .max
    var blockSlot: Slot = 0
    var blockEntry: UInt64 = 0
    var table: Slot = -1
  }

  let geometry: Geometry
  let format: PTEFormat
  private(set) var entries: [UInt64]
  /// First entry of the table whose frame has this physical address.
  private(set) var tables: [UInt64: Slot] = [:]
  private var cache = WalkCache()

  init(geometry: Geometry, format: PTEFormat) {
    self.geometry = geometry
    self.format = format
    entries = Array(repeating: 0, count: Int(geometry.topEntries))
  }

  /// Adds an empty table of a level in the frame at a physical address.
  mutating func addTable(level: Int, physicalAddress: UInt64) -> Slot {
    let first = entries.count
    entries.append(contentsOf: repeatElement(0, count: 1 << geometry.entryBits(ofLevel: level)))
    tables[physicalAddress] = first
    return first
  }

  /// The place of an address's entry in a table of a level.
  func slot(of address: UInt64, inTable table: Slot, level: Int) -> Slot {
    let shift = UInt64(truncatingIfNeeded: geometry.levels[level].shift)
    guard level > 0 else { return table + Int((address - geometry.topBase) >> shift) }
    let bits = UInt64(truncatingIfNeeded: geometry.entryBits(ofLevel: level))
    return table + Int((address >> shift) & (1 << bits - 1))
  }

  /// The table that a table entry points to.
  func table(of entry: UInt64) -> Slot? {
    format.isTable(entry) ? tables[format.physicalAddress(of: entry)] : nil
  }

  /// The place of the entry at `level` on the way to an address; nil if a table above it is missing or a leaf.
  func slot(of address: UInt64, atLevel level: Int) -> Slot? {
    var table = 0
    for upper in 0..<level {
      guard let next = self.table(of: entries[slot(of: address, inTable: table, level: upper)]) else { return nil }
      table = next
    }
    return slot(of: address, inTable: table, level: level)
  }

  subscript(slot: Slot) -> UInt64 {
    get { entries[slot] }
    set { entries[slot] = newValue }
  }

  /// Translates an address inside the vmemmap by walking from the top.
  func translate(_ address: UInt64) -> Translation? {
    var table = 0
    for level in 0..<geometry.levels.count {
      let entry = entries[slot(of: address, inTable: table, level: level)]
      if level == geometry.levels.count - 1 || format.isBlock(entry) {
        return translation(of: address, entry: entry, level: level)
      }
      guard let next = self.table(of: entry) else { return nil }
      table = next
    }
    return nil
  }

  /// As `translate`, remembering the path for the next address of the same block-level entry.
  mutating func translateRemembering(_ address: UInt64) -> Translation? {
    let last = geometry.levels.count - 1
    let tag = address >> UInt64(truncatingIfNeeded: geometry.levels[last - 1].shift)
    if cache.tag != tag {
      guard let blockSlot = slot(of: address, atLevel: last - 1) else { return translate(address) }
      cache = WalkCache(tag: tag, blockSlot: blockSlot, blockEntry: 0, table: -1)
    }
    let entry = entries[cache.blockSlot]
    if entry != cache.blockEntry || cache.table < 0 {
      guard let table = table(of: entry) else {
        return format.isBlock(entry) ? translation(of: address, entry: entry, level: last - 1) : nil
      }
      cache.blockEntry = entry
      cache.table = table
    }
    return translation(of: address, entry: entries[slot(of: address, inTable: cache.table, level: last)], level: last)
  }

  private func translation(of address: UInt64, entry: UInt64, level: Int) -> Translation? {
    guard format.isValid(entry) else { return nil }
    let offset = address & (geometry.levels[level].size - 1)
    return Translation(
      entry: entry, level: level, physicalAddress: format.physicalAddress(of: entry) | offset,
      isWritable: format.isWritable(entry))
  }
}
