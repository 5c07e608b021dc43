import Architectures
import Diagnostics
package import Policy
import Simulation

/// The matrix for machines (`hvo/matrix/v1`): keys sorted, byte-identical for the same input.
package enum MatrixJSON {
  /// The value of the `schema` key.
  package static let name = "hvo/matrix/v1"

  /// Writes the matrix with a final newline.
  /// - Parameter mistakes: what it does not show.
  package static func write(
    _ matrix: Matrix, without mistakes: NotChecked = NotChecked(), into output: inout some TextOutputStream
  ) {
    let stamp = matrix.stamp
    let document: JSON = [
      "schema": .text(name),
      "tool": ["name": "hvocheck", "version": .text(stamp.toolVersion)],
      "rules": ["count": .number(stamp.rules), "digest": .text(stamp.digest)],
      "by": .text(matrix.grouping.rawValue),
      "rows": .array(matrix.rows.map(row)), "mistakes": mistakes.json,
    ]
    JSONText.writeDocument(document, into: &output)
  }

  private static func row(_ row: Matrix.Row) -> JSON {
    let architecture = row.architecture
    let members: JSON = [
      "architecture": .text(row.name), "arch": .text(architecture.directory.value), "page": .size(row.pageSize),
      "kernel": .text(row.kernel), "hugepage": row.hugepage.map { .size($0) },
      "ifSelected": row.isWhatIf ? architecture.kernel.optInSymbol.map { .text($0) } : nil,
      "assumptions": row.assumptions.isEmpty ? nil : .text(row.assumptions),
      "why": row.reason.isEmpty ? nil : .text(row.reason), "cells": .array(row.cells.map(cell)),
    ]
    return words(row.words).merging(members)
  }

  private static func words(_ words: Matrix.Words) -> JSON {
    [
      "verdict": .text(words.verdict.rawValue), "flush": .text(words.flush.rawValue),
      "remap": .text(words.remap.rawValue),
    ]
  }

  private static func cell(_ cell: Matrix.Cell) -> JSON {
    let assumptions = cell.configuration.configuration.assumptions
    let members: JSON = [
      "hugepage": .size(cell.hugepage), "assumptions": assumptions.isEmpty ? nil : .text(assumptions),
      "saving": cell.saving.map(saving), "findings": .array(cell.findings.map(finding)),
    ]
    return words(cell.words).merging(members)
  }

  private static func saving(_ saving: Saving) -> JSON {
    [
      "vmemmapPages": .number(Int(clamping: saving.vmemmapPages)),
      "keptPages": .number(Int(clamping: saving.keptPages)), "freedPages": .number(Int(clamping: saving.freedPages)),
      "gibPerTib": .text(saving.gibPerTib),
    ]
  }

  private static func finding(_ noted: Matrix.Noted) -> JSON {
    let finding = noted.finding
    return [
      "rule": .text(finding.rule), "severity": .text(finding.severity.rawValue), "axis": .text(finding.axis.rawValue),
      "outcome": .text(finding.outcome.rawValue), "known": .truth(noted.isKnown),
      "count": finding.witness.map { .number($0.count) },
      "structPages": finding.witness.map { .number($0.structPages) },
      "firstStructPage": finding.witness.map { .number($0.firstIndex) },
    ]
  }
}
