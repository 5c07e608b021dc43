/// The bits of kernel page-table entries: all that the machine needs to make and to read them.
package struct PTEFormat: Hashable, Sendable {
  /// Bits of an entry and the value that they must have.
  package struct Test: Hashable, Sendable {
    /// The bits that are looked at.
    package var mask: UInt64
    /// Their value.
    package var value: UInt64

    /// Makes a test.
    package init(mask: UInt64, value: UInt64) {
      self.mask = mask
      self.value = value
    }

    func matches(_ entry: UInt64) -> Bool { entry & mask == value }
  }

  /// An entry is present if any of these bits is set.
  package var valid: UInt64
  /// Makes a valid entry above the last level a leaf (block).
  package var leaf: Test
  /// Makes a valid entry writable.
  package var writable: Test
  /// The bits that hold the output address.
  package var addressMask: UInt64
  /// Physical addresses are shifted right by this many bits before they are masked in.
  package var addressShift: Int
  /// `PAGE_KERNEL` at the last level, without the address.
  package var readWrite: UInt64
  /// `PAGE_KERNEL_RO` at the last level, without the address.
  package var readOnly: UInt64
  /// The PMD-level leaf of vmemmap blocks, without the address.
  package var block: UInt64
  /// An entry that points to a lower table, without the address.
  package var table: UInt64

  /// Makes a format.
  package init(
    valid: UInt64, leaf: Test, writable: Test, addressMask: UInt64, addressShift: Int = 0, readWrite: UInt64,
    readOnly: UInt64, block: UInt64, table: UInt64
  ) {
    self.valid = valid
    self.leaf = leaf
    self.writable = writable
    self.addressMask = addressMask
    self.addressShift = addressShift
    self.readWrite = readWrite
    self.readOnly = readOnly
    self.block = block
    self.table = table
  }

  /// A format of no real architecture: bit 0 present, bit 1 writable, bit 2 leaf.
  package static let neutral = PTEFormat(
    valid: 1, leaf: Test(mask: 4, value: 4), writable: Test(mask: 2, value: 2), addressMask: 0x00ff_ffff_ffff_f000,
    readWrite: 3, readOnly: 1, block: 7, table: 3)

  /// Is the entry present?
  package func isValid(_ entry: UInt64) -> Bool { entry & valid != 0 }

  /// Is a valid entry above the last level a leaf?
  package func isBlock(_ entry: UInt64) -> Bool { isValid(entry) && leaf.matches(entry) }

  /// Does an entry above the last level point to a table?
  package func isTable(_ entry: UInt64) -> Bool { isValid(entry) && !leaf.matches(entry) }

  /// Does a valid leaf allow stores?
  package func isWritable(_ entry: UInt64) -> Bool { isValid(entry) && writable.matches(entry) }

  /// The entry bits of a physical address.
  package func encode(_ physicalAddress: UInt64) -> UInt64 {
    (physicalAddress >> UInt64(truncatingIfNeeded: addressShift)) & addressMask
  }

  /// The output address of an entry.
  package func physicalAddress(of entry: UInt64) -> UInt64 {
    (entry & addressMask) << UInt64(truncatingIfNeeded: addressShift)
  }

  /// The first contradiction between the masks and the entries made with them; nil if there is none.
  func contradiction() -> PTEFormatError? {
    guard valid != 0 else { return .noValidBit }
    guard (0..<64).contains(addressShift) else { return .addressShiftOutOfRange(addressShift) }
    for (name, bits) in [("rw", readWrite), ("ro", readOnly), ("block_rw", block), ("table", table)] {
      if bits & addressMask != 0 { return .attributesOverlapAddress(name) }
      if !isValid(bits) { return .entryNotValid(name) }
    }
    guard isWritable(readWrite) else { return .entryNotWritable("rw") }
    guard isBlock(block) else { return .blockIsNotALeaf }
    guard isWritable(block) else { return .entryNotWritable("block_rw") }
    guard isTable(table) else { return .tableIsALeaf }
    return nil
  }
}

/// Why a page-table entry format contradicts itself. Entry names are those of the descriptor (`rw`, `ro`, ...).
package enum PTEFormatError: Error, Hashable, Sendable {
  /// No bit makes an entry present.
  case noValidBit
  /// The address shift is not a number of bits of an address.
  case addressShiftOutOfRange(Int)
  /// An entry's attribute bits lie where the address goes.
  case attributesOverlapAddress(String)
  /// An entry that the kernel installs is not present by the mask.
  case entryNotValid(String)
  /// A read-write entry does not allow stores by the mask.
  case entryNotWritable(String)
  /// `PAGE_KERNEL_RO` allows stores although the architecture is said to define it.
  case readOnlyIsWritable
  /// The vmemmap block is not a leaf by the mask.
  case blockIsNotALeaf
  /// A table entry is a leaf by the mask.
  case tableIsALeaf
  /// A physical address of the machine does not fit into the address bits.
  case addressNotEncodable(UInt64)
}
