import Architectures
import Diagnostics
package import Policy

/// The matrix as one HTML file for people: a table, and for every cell the evidence behind its words.
///
/// It needs no network and no script; the script adds filters. A security policy lets nothing else run. The same input
/// gives the same bytes.
package struct MatrixPage: Sendable {
  let matrix: Matrix
  let report: Report
  let cells: [PageCell]

  /// Makes a page.
  /// - Parameters:
  ///   - matrix: with a row for each HugeTLB page size.
  ///   - evidence: that of the example of each row; nil where nothing was simulated.
  ///   - report: the findings with their acceptance, the files for source lines, and what `sim` must be told.
  package init(matrix: Matrix, evidence: [CellEvidence?], report: Report) {
    self.matrix = matrix
    self.report = report
    var anchors = AnchorNames()
    cells = matrix.rows.enumerated().compactMap { index, row in
      guard let size = row.hugepage, let cell = row.example else { return nil }
      return PageCell(
        row: row, cell: cell, hugepage: size, evidence: evidence.indices.contains(index) ? evidence[index] : nil,
        anchor: anchors.name(for: [row.name, row.kernel, sizeText(size), row.assumptions]))
    }
  }

  /// Writes the page.
  /// - Throws: an encoding error of its data, which no matrix provokes.
  package func write(into output: inout some TextOutputStream) throws {
    let data = PageAsset(json: MatrixPageData.text(of: self))
    output.write("<!DOCTYPE html>")
    Tag.html(.lang("en")) {
      head
      body(data: data)
    }.write(into: &output)
    output.write("\n")
  }

  private static let title = "HugeTLB vmemmap optimization: compatibility matrix"

  private var head: Markup {
    let policy =
      "default-src 'none'; base-uri 'none'; form-action 'none'; style-src \(PageAsset.styleSheet.policySource); "
      + "script-src \(PageAsset.script.policySource)"
    return Tag.head {
      Tag.meta(.charset("utf-8"))
      Tag.meta(.httpEquivalent("Content-Security-Policy"), .content(policy))
      Tag.meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
      Tag.meta(.name("color-scheme"), .content("light dark"))
      Tag.meta(.name("generator"), .content("hvocheck \(matrix.stamp.toolVersion)"))
      Tag.title { Self.title }
      Tag.style { .asset(.styleSheet) }
    }
  }

  private func body(data: PageAsset) -> Markup {
    Tag.body {
      Tag.a(.class("skip"), .link(to: "matrix")) { "Skip to the matrix" }
      Tag.header {
        Tag.h1 { Self.title }
        Tag.p(.class("stamp")) {
          "\(matrix.stamp.description); \(Counted(report.descriptors, "descriptor")), "
            + "\(Counted(report.architectures, "architecture")), \(Counted(cells.count, "cell"))"
        }
      }
      Tag.main {
        MatrixPageSummary(page: self).markup
        MatrixFilters(page: self).markup
        MatrixPageTable(page: self).markup
        SavingsPlot(cells: cells).markup
        EvidenceSection(page: self).markup
      }
      Tag.footer {
        Tag.p {
          "Made with "
          Tag.code { "hvocheck matrix --format html" }
          ". This file loads nothing and sends nothing. Its data is in the element "
          Tag.code { "script#matrix-data" }
          " as JSON."
        }
      }
      Tag.script(.id("matrix-data"), .type("application/json")) { .asset(data) }
      Tag.script { .asset(.script) }
    }
  }
}

/// One entry of the table: a HugeTLB page size of an architecture at a kernel.
struct PageCell: Sendable {
  let row: Matrix.Row
  /// The configuration that is shown.
  let cell: Matrix.Cell
  let hugepage: UInt64
  let evidence: CellEvidence?
  /// The identity of its evidence in the page.
  let anchor: String

  /// Where it is, for people: `arm64-4k, v5.18-rc1 + 2 patches, 2M`.
  var name: String {
    let assumed = row.assumptions.isEmpty ? "" : ", with \(row.assumptions)"
    return "\(row.name), \(row.kernel), \(sizeText(hugepage))\(assumed)"
  }

  /// What the architecture would have to select for what is shown; nil where it does.
  var whatIfSymbol: String? { row.isWhatIf ? row.architecture.kernel.optInSymbol : nil }

  /// The rules that have something to say about it, in order.
  var rules: [String] {
    cell.findings.map(\.finding.rule).reduce(into: []) { rules, rule in
      if !rules.contains(rule) { rules.append(rule) }
    }
  }
}

/// Identities of elements, made of names: stable, so that a link in a mail finds them in tomorrow's page too.
struct AnchorNames {
  private var used: Set<String> = []

  /// An identity of lower-case letters, digits, dots and hyphens that no other name has got.
  mutating func name(for parts: [String]) -> String {
    let words = parts.filter { !$0.isEmpty }.joined(separator: "-").lowercased()
    var name = "e-"
    for scalar in words.unicodeScalars {
      if scalar.isASCII, scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "." {
        name.unicodeScalars.append(scalar)
      } else if name.last != "-" {
        name += "-"
      }
    }
    var number = 1
    var candidate = name
    while !used.insert(candidate).inserted {
      number += 1
      candidate = "\(name)-\(number)"
    }
    return candidate
  }
}

/// A number with its noun: `1 cell`, `2 cells`.
struct Counted: CustomStringConvertible {
  let description: String

  init(_ count: Int, _ noun: String) {
    description = "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}

extension Verdict {
  /// A sign beside the word: nobody has to see colours.
  var symbol: String {
    switch self {
    case .ok: "✓"
    case .fail: "✗"
    case .off: "○"
    case .notApplicable: "–"
    case .undecided: "?"
    }
  }

  /// The class that colours it.
  var styleClass: String {
    switch self {
    case .ok: "ok"
    case .fail: "fail"
    case .off: "off"
    case .notApplicable: "na"
    case .undecided: "unknown"
    }
  }

  /// What the word means.
  var meaning: String {
    switch self {
    case .ok: "selected, and every rule passes"
    case .fail: "selected, and a rule is violated"
    case .off: "not selected; the reason says what would be if it were"
    case .notApplicable: "cannot apply: there is no vmemmap page to free"
    case .undecided: "cannot be decided; never counted as ok"
    }
  }

  /// Symbol and word.
  var badge: Markup {
    Tag.span(.class("verdict \(styleClass)")) {
      // The word for what nobody knows is its own symbol.
      if symbol != rawValue {
        Tag.span(.class("symbol"), .aria("hidden", "true")) { symbol }
        " "
      }
      Tag.b { rawValue }
    }
  }
}
