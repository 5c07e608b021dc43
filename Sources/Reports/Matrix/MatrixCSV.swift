import Architectures
import Diagnostics
package import Policy

/// The matrix for spreadsheets (RFC 4180): the same columns for every grouping, reasons last.
package enum MatrixCSV {
  /// The columns.
  package static let head = [
    "architecture", "arch", "page", "kernel", "hugepage", "verdict", "flush", "remap", "if_selected", "vmemmap_pages",
    "kept_pages", "freed_pages", "gib_per_tib", "assumptions", "why",
  ]

  /// Writes the matrix.
  package static func write(_ matrix: Matrix, into output: inout some TextOutputStream) {
    record(head, into: &output)
    for row in matrix.rows {
      let saving = row.saving
      record(
        [
          row.name, row.architecture.directory.value, sizeText(row.pageSize), row.kernel,
          row.hugepage.map(sizeText) ?? "", row.words.verdict.rawValue, row.words.flush.rawValue,
          row.words.remap.rawValue, row.isWhatIf ? "y" : "n", saving.map { String($0.vmemmapPages) } ?? "",
          saving.map { String($0.keptPages) } ?? "", saving.map { String($0.freedPages) } ?? "",
          saving?.gibPerTib ?? "", row.assumptions, row.reason,
        ], into: &output)
    }
  }

  private static func record(_ fields: [String], into output: inout some TextOutputStream) {
    output.write(fields.map(field).joined(separator: ",") + "\r\n")
  }

  private static func field(_ text: String) -> String {
    // What starts so is a formula to a spreadsheet, wherever it came from.
    let isFormula = text.unicodeScalars.first.map { "=+-@\t\r\n".unicodeScalars.contains($0) } ?? false
    let safe = (isFormula ? "'" : "") + text.printable
    guard safe.unicodeScalars.contains(where: { $0 == "," || $0 == "\"" }) else { return safe }
    return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
