import Architectures
import Policy

/// The choices that narrow the table down. They need the script, which shows them.
struct MatrixFilters {
  let page: MatrixPage

  var markup: [Markup] {
    [
      Tag.form(.id("filters"), .aria("label", "Filters"), .hidden) {
        choice("architecture", "Architecture", of: page.cells.map(\.row.name))
        choice("kernel", "Kernel", of: page.cells.map(\.row.kernel))
        choice("hugepage", "HugeTLB page", of: page.cells.map(\.hugepage).sorted().map(sizeText))
        choice("verdict", "Verdict", of: verdicts)
        choice("rule", "Rule", of: page.cells.flatMap(\.rules).sorted())
        Tag.div(.class("buttons")) {
          Tag.button(.type("reset")) { "Show all" }
          Tag.button(.type("button"), .id("open-all")) { "Open all evidence" }
          Tag.button(.type("button"), .id("close-all")) { "Close all evidence" }
        }
      },
      Tag.p(.id("status"), .role("status")) {},
    ]
  }

  private var verdicts: [String] {
    Verdict.allCases.filter { verdict in page.cells.contains { $0.row.words.verdict == verdict } }.map(\.rawValue)
  }

  private func choice(_ name: String, _ title: String, of values: [String]) -> Markup {
    var seen: Set<String> = []
    return Tag.div {
      Tag.label(.label(for: "filter-\(name)")) { title }
      Tag.select(.id("filter-\(name)"), .name(name)) {
        Tag.option(.value("")) { "all" }
        for value in values where seen.insert(value).inserted { Tag.option(.value(value)) { value } }
      }
    }
  }
}
