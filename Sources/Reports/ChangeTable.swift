import Architectures
import Diagnostics
import Policy

/// The verdicts that differ between two states, a line each, with what brought it about below.
struct ChangeTable {
  private let comparison: Comparison

  init(_ comparison: Comparison) {
    self.comparison = comparison
  }

  func write(into output: inout some TextOutputStream) {
    guard !comparison.cells.isEmpty else { return }
    let head = ["# change", "architecture", "kernel", "hugepage", "old", "new", "why"]
    let table = TextTable(rows: [head] + comparison.cells.map(row), leastWidths: [10, 18, 21, 8, 4, 4, 0])
    for (number, line) in table.lines.enumerated() {
      output.write(line + "\n")
      for cause in number == 0 ? [] : comparison.cells[number - 1].causes {
        output.write("              because \(cause.inWords.printable)\n")
      }
    }
    output.write("\n")
  }

  private func row(_ change: Comparison.CellChange) -> [String] {
    let cell = change.new ?? change.old
    let assumed = cell.map { $0.assumptions.isEmpty ? "" : "with " + $0.assumptions } ?? ""
    return [
      "  " + change.direction.rawValue, cell?.architecture ?? "", cell?.kernel ?? "",
      cell.map { sizeText($0.hugepage) } ?? "", change.old?.overall.rawValue ?? "-",
      change.new?.overall.rawValue ?? "-",
      [cell?.why ?? "", assumed].filter { !$0.isEmpty }.joined(separator: "; "),
    ]
  }
}
