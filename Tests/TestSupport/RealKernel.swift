/// One run of a real kernel, as `Tests/GroundTruth/kernels` has it.
package struct RealKernel: Sendable {
  /// The name of its folder.
  package let name: String

  /// Names a run.
  package init(_ name: String) {
    self.name = name
  }

  /// The page tables of the vmemmap as the kernel printed them after a step.
  package func dump(_ step: String) throws -> PageTableDump {
    PageTableDump(try text("dump-\(step).txt"))
  }

  /// What the driver inside the kernel printed of struct pages, entries and flushes.
  package func driverLines() throws -> [Substring] {
    try text("driver.log").split(separator: "\n")
  }

  private func text(_ file: String) throws -> String {
    try Repository.text("Tests/GroundTruth/kernels/\(name)/\(file)")
  }
}

/// The vmemmap part of a recorded kernel_page_tables.
package struct PageTableDump: Sendable {
  /// The lines, both banners included.
  package let lines: [String]

  /// Reads a dump; lines that begin with `#` are about what lies before the vmemmap.
  package init(_ text: String) {
    lines = text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
  }

  /// The addresses of the runs that are read-only: the remapped tail pages of one hugepage each.
  package var readOnlyRuns: [Range<UInt64>] {
    lines.compactMap { line in
      guard line.contains(" ro ") else { return nil }
      let ends = line.prefix { $0 != " " }.split(separator: "-").compactMap { UInt64($0.dropFirst(2), radix: 16) }
      return ends.count == 2 && ends[0] < ends[1] ? ends[0]..<ends[1] : nil
    }
  }
}

/// The numbers in a line of the driver, which are written as `name=number`.
extension Substring {
  /// A hexadecimal number by its name.
  package func hexadecimal(_ name: String) -> UInt64? {
    split(separator: " ").first { $0.hasPrefix(name + "=") }
      .flatMap { UInt64($0.dropFirst(name.count + 1), radix: 16) }
  }
}
