/// The vmemmap part of `/sys/kernel/debug/kernel_page_tables`, byte for byte.
///
/// A dump walks the tables in address order and merges neighbours that print the same; where a run ends and a banner
/// comes is decided as in `note_page()` of `arch/arm64/mm/ptdump.c` and `arch/x86/mm/dump_pagetables.c`.
package struct Ptdump: Hashable, Sendable {
  /// Whose line format is printed.
  package enum Style: Hashable, Sendable {
    /// arm64; entries must have arm64's bits.
    case arm64
    /// x86; entries must have x86's bits.
    case x86
  }

  /// A banner and the address from which on it is due.
  package struct Marker: Hashable, Sendable {
    /// The first address behind the banner.
    package var address: UInt64
    /// The text between the dashes.
    package var name: String

    /// Makes a marker.
    package init(_ name: String, at address: UInt64) {
      self.address = address
      self.name = name
    }
  }

  /// Whose line format is printed.
  package var style: Style
  /// Banners before the vmemmap's that may move it (arm64), by ascending address.
  package var markersBefore: [Marker]
  /// The vmemmap's banner: the first line printed.
  package var start: Marker
  /// The banner that ends the vmemmap: the last line printed.
  package var end: Marker

  /// Makes a dump with banners of the caller's choice.
  package init(style: Style, markersBefore: [Marker] = [], start: Marker, end: Marker) {
    self.style = style
    self.markersBefore = markersBefore
    self.start = start
    self.end = end
  }

  /// arm64 up to v6.8: the PCI I/O space ends 8 MiB below the vmemmap, and its two banners are due first.
  package static func arm64(_ geometry: Geometry) -> Ptdump {
    let start = geometry.vmemmapStart
    let pciEnd = start - min(start, 8 << 20)
    let (end, isLast) = start.addingReportingOverflow(geometry.vmemmapSize)
    return Ptdump(
      style: .arm64,
      markersBefore: [
        Marker("PCI I/O start", at: pciEnd - min(pciEnd, 16 << 20)), Marker("PCI I/O end", at: pciEnd),
      ],
      start: Marker("vmemmap start", at: start), end: Marker("vmemmap end", at: isLast ? .max : end))
  }

  /// x86-64: the vmemmap has no end banner; the next one is that of the CPU entry area.
  package static func x86(_ geometry: Geometry) -> Ptdump {
    Ptdump(
      style: .x86, start: Marker("Vmemmap", at: geometry.vmemmapStart),
      end: Marker("CPU entry Area", at: 0xffff_fe00_0000_0000))
  }

  /// The lines of a machine's dump, both banners included.
  package func lines(of machine: Machine) -> [String] {
    var walk = PtdumpWalk(dump: self, tables: machine.tables)
    walk.run()
    return walk.lines
  }
}

/// One entry or hole as the table walker reports it.
struct PtdumpNote {
  var address: UInt64
  var level: Int
  /// The bits that decide whether two neighbours print the same.
  var protection: UInt64
  /// x86: write, user and no-execute combined over all levels.
  var effective: UInt64 = 0
}

private struct PtdumpWalk {
  let dump: Ptdump
  let tables: PageTables
  var lines: [String] = []
  private var current: PtdumpNote?
  private var markers: [Ptdump.Marker]
  /// The number of banners that were due so far.
  private var passed = 0
  private var isDone = false
  private var isPrinting = false

  init(dump: Ptdump, tables: PageTables) {
    self.dump = dump
    self.tables = tables
    markers = dump.markersBefore + [dump.start, dump.end]
    if dump.markersBefore.isEmpty {
      // Nothing before the vmemmap can move its banner: the dump begins with it.
      lines = ["---[ \(dump.start.name) ]---"]
      isPrinting = true
      passed = 1
    }
  }

  mutating func run() {
    let geometry = tables.geometry
    noteHolesBefore()
    noteTable(at: 0, level: 0, base: geometry.topBase, effective: Self.fullAccess)
    noteHolesAfter()
    if !isDone, let run = current {
      lines.append(PtdumpLine.text(run, end: 0, style: dump.style, levels: geometry.levels))
    }
  }

  /// x86: what no level has restricted yet.
  private static let fullAccess: UInt64 = PtdumpLine.X86.write | PtdumpLine.X86.user

  /// The holes before the vmemmap, in PMD steps: other mappings have brought the tables down to that level there.
  private mutating func noteHolesBefore() {
    guard let first = dump.markersBefore.first else { return }
    let geometry = tables.geometry
    let step = geometry.levels[geometry.blockLevel].size
    var address = first.address & ~(step - 1)
    while address < geometry.vmemmapStart {
      note(PtdumpNote(address: address, level: geometry.blockLevel, protection: 0))
      let (next, overflow) = address.addingReportingOverflow(step)
      guard !overflow else { return }
      address = next
    }
  }

  private mutating func noteTable(at table: PageTables.Slot, level: Int, base: UInt64, effective: UInt64) {
    let geometry = tables.geometry
    let size = geometry.levels[level].size
    let count = level == 0 ? geometry.topEntries : 1 << UInt64(geometry.entryBits(ofLevel: level))
    for index in 0..<count where !isDone {
      let address = base &+ index &* size
      // Entries below the vmemmap share its top table but are none of its business.
      guard address >= base, address + (size - 1) >= geometry.vmemmapStart else { continue }
      let entry = tables[table + Int(index)]
      let combined = PtdumpLine.X86.combine(effective, entry)
      if level < geometry.levels.count - 1, let next = tables.table(of: entry) {
        noteTable(at: next, level: level + 1, base: address, effective: combined)
      } else {
        let isValid = tables.format.isValid(entry)
        note(
          PtdumpNote(
            address: address, level: level, protection: isValid ? PtdumpLine.protection(of: entry, dump) : 0,
            effective: isValid ? combined : 0))
      }
    }
  }

  /// The top-level holes between the tables and the last banner; those in between would only merge.
  private mutating func noteHolesAfter() {
    let geometry = tables.geometry
    let size = geometry.levels[0].size
    let (end, overflow) = geometry.topBase.addingReportingOverflow(geometry.topEntries &* size)
    guard !isDone, !overflow, end > geometry.topBase else { return }
    note(PtdumpNote(address: end, level: 0, protection: 0))
    guard dump.end.address > end else { return }
    let (crossing, tooFar) = ((dump.end.address - end - 1) / size + 1).multipliedReportingOverflow(by: size)
    let (address, past) = end.addingReportingOverflow(crossing)
    if !tooFar, !past { note(PtdumpNote(address: address, level: 0, protection: 0)) }
  }

  private mutating func note(_ note: PtdumpNote) {
    guard !isDone else { return }
    guard let run = current else {
      current = note
      crossMarker(note.address)
      return
    }
    let isDue = isMarkerDue(note.address)
    guard
      note.protection != run.protection || note.effective != run.effective || note.level != run.level || isDue
    else { return }
    if isPrinting {
      lines.append(
        PtdumpLine.text(run, end: note.address, style: dump.style, levels: tables.geometry.levels))
    }
    current = note
    if isDue { crossMarker(note.address) }
    // arm64 looks for a second banner behind every note; x86 only where a run ends.
    if dump.style == .arm64 { crossMarker(note.address) }
  }

  private func isMarkerDue(_ address: UInt64) -> Bool {
    passed < markers.count && address >= markers[passed].address
  }

  private mutating func crossMarker(_ address: UInt64) {
    guard !isDone, isMarkerDue(address) else { return }
    if markers[passed] == dump.start { isPrinting = true }
    if isPrinting { lines.append("---[ \(markers[passed].name) ]---") }
    passed += 1
    isDone = passed == markers.count
  }
}
