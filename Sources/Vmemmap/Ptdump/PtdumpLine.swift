/// The text of one run of equal entries.
enum PtdumpLine {
  /// A row of arm64's table: what is printed where the masked bits have the value, and where not.
  private struct Row {
    var mask: UInt64
    var value: UInt64
    var set: String
    var clear: String?
  }

  /// Software bits, the dirty bit and the address do not break runs on arm64, so they are not here.
  private static let arm64Rows: [Row] = [
    Row(mask: 1, value: 1, set: " ", clear: "F"),
    Row(mask: 1 << 6, value: 1 << 6, set: "USR", clear: "   "),
    Row(mask: 1 << 7, value: 1 << 7, set: "ro", clear: "RW"),
    Row(mask: 1 << 53, value: 1 << 53, set: "NX", clear: "x "),
    Row(mask: 3 << 8, value: 3 << 8, set: "SHD", clear: "   "),
    Row(mask: 1 << 10, value: 1 << 10, set: "AF", clear: "  "),
    Row(mask: 1 << 11, value: 1 << 11, set: "NG", clear: "  "),
    Row(mask: 1 << 52, value: 1 << 52, set: "CON", clear: "   "),
    Row(mask: 1 << 1, value: 1 << 1, set: "   ", clear: "BLK"),
    Row(mask: 1 << 54, value: 1 << 54, set: "UXN", clear: "   "),
    Row(mask: 1 << 50, value: 1 << 50, set: "GP", clear: "  "),
    Row(mask: 7 << 2, value: 3 << 2, set: "DEVICE/nGnRnE", clear: nil),
    Row(mask: 7 << 2, value: 4 << 2, set: "DEVICE/nGnRE", clear: nil),
    Row(mask: 7 << 2, value: 2 << 2, set: "MEM/NORMAL-NC", clear: nil),
    Row(mask: 7 << 2, value: 0, set: "MEM/NORMAL", clear: nil),
    Row(mask: 7 << 2, value: 1 << 2, set: "MEM/NORMAL-TAGGED", clear: nil),
  ]

  private static let arm64Mask = arm64Rows.reduce(0) { $0 | $1.mask }

  /// The bits of x86 entries.
  enum X86 {
    static let write: UInt64 = 1 << 1
    static let user: UInt64 = 1 << 2
    static let noExecute: UInt64 = 1 << 63

    /// What an entry leaves of the access that the levels above grant.
    static func combine(_ upper: UInt64, _ entry: UInt64) -> UInt64 {
      (upper & entry & (write | user)) | ((upper | entry) & noExecute)
    }
  }

  /// The bits of a valid entry that must be equal within a run.
  static func protection(of entry: UInt64, _ dump: Ptdump) -> UInt64 {
    switch dump.style {
    case .arm64: entry & arm64Mask
    case .x86: entry & ~0x000f_ffff_ffff_f000
    }
  }

  /// The line of a run that ends at `end`.
  static func text(_ run: PtdumpNote, end: UInt64, style: Ptdump.Style, levels: [Geometry.Level]) -> String {
    var line = "0x\(hex(run.address))-0x\(hex(end))   "
    let name = levels[run.level].name
    switch style {
    case .arm64:
      line += size((end &- run.address) >> 10, units: ["K", "M", "G", "T", "P", "E"]) + " " + name
      if run.protection != 0 { line += arm64Attributes(run.protection) }
    case .x86:
      line += size(end &- run.address, units: ["B", "K", "M", "G", "T", "P", "E"]) + " "
      line += x86Attributes(run, isLastLevel: run.level == levels.count - 1) + name.lowercased()
    }
    return line
  }

  private static func arm64Attributes(_ protection: UInt64) -> String {
    var text = ""
    for row in arm64Rows {
      if protection & row.mask == row.value {
        text += " " + row.set
      } else if let clear = row.clear {
        text += " " + clear
      }
    }
    return text
  }

  private static func x86Attributes(_ run: PtdumpNote, isLastLevel: Bool) -> String {
    let bits = run.protection
    guard bits & 1 != 0 else { return String(repeating: " ", count: 30) }
    let isLarge = !isLastLevel && bits & 1 << 7 != 0
    let patBit: UInt64 = isLastLevel ? 1 << 7 : 1 << 12
    return [
      run.effective & X86.user != 0 ? "USR" : "   ",
      run.effective & X86.write != 0 ? "RW" : "ro",
      bits & 1 << 3 != 0 ? "PWT" : "   ",
      bits & 1 << 4 != 0 ? "PCD" : "   ",
      isLarge ? "PSE" : "   ",
      bits & patBit != 0 ? "PAT" : "   ",
      bits & 1 << 8 != 0 ? "GLB" : "   ",
      run.effective & X86.noExecute != 0 ? "NX" : "x ",
    ].reduce("") { $0 + $1 + " " }
  }

  /// A number in the largest unit that divides it, right-aligned in nine columns, and the unit.
  private static func size(_ number: UInt64, units: [String]) -> String {
    var number = number
    var unit = 0
    while number & 1023 == 0, unit + 1 < units.count {
      number >>= 10
      unit += 1
    }
    let digits = String(number)
    return String(repeating: " ", count: max(0, 9 - digits.count)) + digits + units[unit]
  }

  private static func hex(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
