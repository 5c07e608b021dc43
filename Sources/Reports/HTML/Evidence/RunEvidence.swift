import Architectures
import Diagnostics
import KernelC
import Policy
import Simulation

/// What was run in a cell, and how often it went well: an `ok` is worth as much as this table.
struct RunEvidence {
  let cell: PageCell

  var markup: [Markup] {
    guard let evidence = cell.evidence else { return [] }
    guard !evidence.runs.isEmpty else {
      let none = cell.row.architecture.flush == nil ? "There is no flush_dcache_page() to run. " : ""
      return [
        Tag.h3 { "Runs" }, Tag.p { none + "The remap was carried out; no code of the architecture was run on it." },
      ]
    }
    let runs = evidence.runs.reduce(0) { $0 + $1.all.count }
    return [
      Tag.h3 { "Runs" },
      Tag.p {
        "\(Counted(runs, "run")), one for each struct page and start state, none of which sees what another did: "
          + "\(sum(\.faulted, "fault")), \(sum(\.aliased, "alias write")), "
          + "\(sum(\.lost, "lost flush", plural: "lost flushes")), \(sum(\.undecided, "run")) not understood. "
          + "Struct pages that the code cannot tell apart are run once."
      },
      Tag.div(.class("scroll"), .role("group"), .aria("label", "Runs"), .focusable) {
        Tag.table(.class("runs")) {
          Tag.caption { "Struct pages by what became of the run" }
          Tag.thead {
            Tag.tr {
              for title in [
                "Function", "Start state", "Run", "Return", "Fault", "Alias", "Flush lost", "Not understood",
              ] {
                Tag.th(.scope("col")) { title }
              }
            }
          }
          Tag.tbody {
            for run in evidence.runs { row(of: run) }
          }
        }
      },
    ] + trust
  }

  private func sum(_ part: KeyPath<RunTally, RunTally.Part>, _ noun: String, plural: String? = nil) -> String {
    let count = cell.evidence?.runs.reduce(0) { $0 + $1[keyPath: part].count } ?? 0
    return count == 1 ? "1 \(noun)" : "\(count) \(plural ?? noun + "s")"
  }

  private func row(of run: RunTally) -> Markup {
    Tag.tr {
      Tag.th(.scope("row")) { "\(run.function)()" }
      Tag.td { "\(run.scenario), \(run.startState)" }
      for part in [run.all, run.returned, run.faulted, run.aliased, run.lost, run.undecided] {
        Tag.td(.class(part.count == 0 ? "number zero" : "number")) {
          String(part.count)
          if part.count > 0, part.count < run.all.count { Tag.span(.class("detail")) { part.indices } }
        }
      }
    }
  }

  private var trust: [Markup] {
    let own = cell.cell.configuration.trusted
    guard !own.isEmpty else { return [] }
    return [
      Tag.p { "Trusted, not run:" },
      Tag.ul {
        for effect in own {
          Tag.li {
            Tag.code { "\(effect.function)()" }
            " declared as \(effect.effect.rawValue), first called at "
            Tag.code { "\(effect.firstCall.path):\(effect.firstCall.start.line):\(effect.firstCall.start.column)" }
          }
        }
      },
    ]
  }
}
