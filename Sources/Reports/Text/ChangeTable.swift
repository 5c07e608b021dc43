import Architectures
import Diagnostics
import Policy
import Simulation

/// The verdicts that differ between two states, by architecture: cells that changed in the same way and for the same
/// reason are one line, with what brought it about below.
struct ChangeTable {
  /// Cells of one architecture that differ in their size alone.
  private struct Line: Hashable {
    var architecture: ArchitectureID?
    var direction: Comparison.Direction
    var words: String
    var causes: [Comparison.Cause]

    init(_ change: Comparison.CellChange) {
      let cell = change.new ?? change.old
      architecture = cell?.cell.architecture
      direction = change.direction
      causes = change.causes
      words = Self.words(change.old, change.new, change.direction)
    }

    private static func words(
      _ old: CellVerdict?, _ new: CellVerdict?, _ direction: Comparison.Direction
    ) -> String {
      let words = (old?.overall.rawValue ?? "none", new?.overall.rawValue ?? "none")
      var parts = [direction == .otherFindings ? "\(words.1) as before, other findings" : "\(words.0) -> \(words.1)"]
      if let old, let new {
        if old.flush != new.flush { parts.append("flush \(old.flush.rawValue) -> \(new.flush.rawValue)") }
        if old.remap != new.remap { parts.append("remap \(old.remap.rawValue) -> \(new.remap.rawValue)") }
      }
      if let assumptions = (new ?? old)?.assumptions, !assumptions.isEmpty { parts.append("with \(assumptions)") }
      let why = new?.why ?? ""
      return parts.joined(separator: ", ") + (why.isEmpty ? "" : ": \(why)")
    }
  }

  private let renames: [Comparison.Rename]
  private var lines: [Line] = []
  private var sizes: [Line: [String]] = [:]

  init(_ comparison: Comparison) {
    renames = comparison.renames
    for cell in comparison.cells {
      let line = Line(cell)
      if sizes[line] == nil { lines.append(line) }
      if let size = (cell.new ?? cell.old)?.hugepage { sizes[line, default: []].append(sizeText(size)) }
    }
  }

  func write(into output: inout some TextOutputStream) {
    for rename in renames {
      output.write("renamed: \(rename.old.name) -> \(rename.new.name)  \(rename.new.kernel)\n".printable + "\n")
    }
    if !renames.isEmpty { output.write("\n") }
    for architecture in lines.map(\.architecture).uniqued() {
      let own = lines.filter { $0.architecture == architecture }
      output.write("\(architecture?.name ?? "")  \(architecture?.kernel ?? "")".printable + "\n")
      for line in own {
        let direction = line.direction.rawValue
        let start = "  " + direction + String(repeating: " ", count: max(1, 10 - direction.count))
        output.write((start + "\((sizes[line] ?? []).joined(separator: ", ")): \(line.words)").printable + "\n")
        for cause in line.causes { output.write("            because \(cause.inWords)".printable + "\n") }
      }
      output.write("\n")
    }
  }
}

extension Sequence where Element: Hashable {
  /// Each once, in the order of the first.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
