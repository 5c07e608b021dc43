import Architectures
import Diagnostics
import Policy

/// The page's data for its script and for other programs (`hvo/matrix-page/v1`).
struct MatrixPageData: Encodable {
  private struct Cell: Encodable {
    var id: String
    var architecture: String
    var kernel: String
    var pageSize: String
    var hugepage: String
    var verdict: String
    var flush: String
    var remap: String
    var selected: Bool
    var reason: String
    var assumptions: String
    var rules: [String]
    var vmemmapPages: UInt64?
    var freedPages: UInt64?
    var gibPerTib: String?

    init(_ cell: PageCell) {
      let (row, words) = (cell.row, cell.row.words)
      id = cell.anchor
      architecture = row.name
      kernel = row.kernel
      pageSize = sizeText(row.pageSize)
      hugepage = sizeText(cell.hugepage)
      verdict = words.verdict.rawValue
      flush = words.flush.rawValue
      remap = words.remap.rawValue
      selected = words.verdict != .off
      reason = row.reason
      assumptions = row.assumptions
      rules = cell.rules
      vmemmapPages = row.saving?.vmemmapPages
      freedPages = row.saving?.freedPages
      gibPerTib = row.saving?.gibPerTib
    }
  }

  private var schema = "hvo/matrix-page/v1"
  private var version: String
  private var digest: String
  private var cells: [Cell]

  init(_ page: MatrixPage) {
    version = page.matrix.stamp.toolVersion
    digest = page.matrix.stamp.digest
    cells = page.cells.map(Cell.init)
  }

  /// The data as JSON.
  var text: String {
    get throws { try JSONText.encode(self) }
  }
}
