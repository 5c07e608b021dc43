import Policy

/// What a reader sees first: how many cells have which word, and what an `ok` does not say.
struct MatrixPageSummary {
  let page: MatrixPage

  var markup: Markup {
    Tag.section(.class("summary"), .aria("labelledby", "summary-title")) {
      Tag.h2(.id("summary-title")) { "Summary" }
      Tag.p {
        "HVO maps the vmemmap pages of a HugeTLB page to one page frame and frees the others. hvocheck remaps the vmemmap "
        "of a simulated machine as that kernel version does it, and runs the architecture's flush_dcache_page() on each "
        "struct page. "
        Tag.b { "flush" }
        " says whether that code keeps off read-only and aliased struct pages, "
        Tag.b { "remap" }
        " whether the page tables may be changed so. A verdict of ok needs both, and that the feature is there at all."
      }
      Tag.dl(.class("counts")) {
        for verdict in [Verdict.ok, .fail, .undecided, .off, .notApplicable] { count(of: verdict) }
      }
      notChecked
      Tag.h3 { "Not modelled, so an ok says nothing about it" }
      Tag.ul(.class("limits")) {
        for limit in SimulationLimits.all { Tag.li { withCode(limit) } }
      }
    }
  }

  /// What is not in the matrix because it could not be read.
  private var notChecked: [Markup] {
    let lines = NotChecked(page.report.mistakes).lines
    if lines.isEmpty { return [] }
    return [
      Tag.h3 { "Not checked" }, Tag.ul(.class("limits")) { for line in lines { Tag.li { line } } },
    ]
  }

  /// What stands between backticks is code.
  private func withCode(_ text: String) -> [Markup] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { number, part in
      number.isMultiple(of: 2) ? .text(String(part)) : Tag.code { String(part) }
    }
  }

  private func count(of verdict: Verdict) -> Markup {
    Tag.div {
      Tag.dt { verdict.badge }
      Tag.dd {
        Tag.b { String(page.cells.count { $0.row.words.verdict == verdict }) }
        " "
        Tag.span(.class("meaning")) { verdict.meaning }
      }
    }
  }
}
