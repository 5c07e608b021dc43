import Architectures
import Diagnostics
import Policy

/// Below the table: for every cell what was done and seen, to be reached by a plain link.
struct EvidenceSection {
  let page: MatrixPage
  private let renderer: DiagnosticRenderer

  init(page: MatrixPage) {
    self.page = page
    renderer = DiagnosticRenderer(files: page.report.files)
  }

  var markup: Markup {
    Tag.section(.aria("labelledby", "evidence-title")) {
      Tag.h2(.id("evidence-title")) { "Evidence" }
      for cell in page.cells { evidence(of: cell) }
    }
  }

  /// Open, so that it can be read and printed without a script; the script closes it.
  private func evidence(of cell: PageCell) -> Markup {
    Tag.details(.class("evidence"), .id(cell.anchor), .open) {
      Tag.summary {
        cell.row.words.verdict.badge
        " "
        Tag.span(.class("name")) { cell.name }
        if !cell.row.reason.isEmpty { Tag.span(.class("reason")) { " " + cell.row.reason } }
      }
      Tag.div(.class("body")) {
        if let symbol = cell.whatIfSymbol {
          Tag.p(.class("premise")) {
            "Not selected: what follows is what would be if the architecture selected "
            Tag.code { symbol }
            "."
          }
        }
        FactList(cell: cell).markup
        findings(of: cell)
        RemapEvidence(cell: cell).markup
        RunEvidence(cell: cell).markup
        reproduction(of: cell)
        Tag.p {
          Tag.a(.link(to: "cell-" + cell.anchor), .aria("label", "Back to the matrix from \(cell.name)")) {
            "Back to the matrix"
          }
        }
      }
    }
  }

  // MARK: findings

  private func findings(of cell: PageCell) -> [Markup] {
    let all = cell.cell.findings
    guard !all.isEmpty else { return [] }
    let worstFirst = all.filter { $0.finding.severity == .error } + all.filter { $0.finding.severity != .error }
    return [Tag.h3 { "Findings" }] + worstFirst.map { finding($0, of: cell) }
  }

  private func finding(_ noted: Matrix.Noted, of cell: PageCell) -> Markup {
    let finding = noted.finding
    var source = ""
    renderer.renderSource(at: finding.place, into: &source)
    let oops = finding.witness.map { cell.row.architecture.oopsSentence(at: $0.address) }
    return Tag.div(.class("finding \(finding.severity.rawValue)")) {
      Tag.p(.class("message")) {
        Tag.b { "\(finding.severity.rawValue):" }
        " \(finding.message) "
        Tag.code { "[\(finding.rule)]" }
      }
      Tag.p(.class("place")) {
        Tag.code { "\(finding.place.path):\(finding.place.start.line):\(finding.place.start.column)" }
        if let place = finding.kernelPlace {
          ", in the kernel tree "
          Tag.code { place.description }
        }
      }
      if !source.isEmpty {
        Tag.pre(.class("scroll"), .role("group"), .aria("label", "Source line"), .focusable) {
          source.withoutLastLineEnd
        }
      }
      Tag.ul {
        for line in finding.evidence {
          Tag.li { if line == oops { Tag.code(.class("oops")) { line } } else { line } }
        }
        if !finding.assumptions.isEmpty { Tag.li { "assumed: \(finding.assumptions)" } }
        if noted.isKnown { Tag.li { "known" + (acceptance(of: finding).map { ": \($0)" } ?? "") } }
      }
      if !finding.help.isEmpty {
        Tag.p(.class("way-out")) { "The way out:" }
        Tag.pre(.class("help")) { finding.help.joined(separator: "\n") }
      }
      Tag.p {
        "More: "
        Tag.code { "hvocheck explain \(finding.rule)" }
      }
    }
  }

  private func acceptance(of finding: Finding) -> String? {
    page.report.items.first {
      $0.acceptance != nil && $0.finding.rule == finding.rule && $0.finding.architecture == finding.architecture
        && $0.finding.hugepage == finding.hugepage && $0.finding.place == finding.place
    }?.acceptance?.reason
  }

  // MARK: reproduction

  private func reproduction(of cell: PageCell) -> [Markup] {
    guard cell.evidence != nil else { return [] }
    let options = page.report.simulationOptions[cell.row.architecture.id] ?? ""
    let whatIf = cell.whatIfSymbol.map { " --select \($0)" } ?? ""
    let command = "hvocheck sim \(cell.row.name) --hugepage \(sizeText(cell.hugepage))\(options)\(whatIf)"
    let dump = cell.evidence?.dump.isEmpty == false ? ["\(command) --dump"] : []
    return [
      Tag.h3 { "Reproduce" },
      Tag.pre(.class("scroll"), .role("group"), .aria("label", "Commands"), .focusable) {
        ([command, "\(command) --trace"] + dump).joined(separator: "\n")
      },
    ]
  }
}

extension String {
  var withoutLastLineEnd: String { hasSuffix("\n") ? String(dropLast()) : self }
}
