import Architectures
import Policy

/// The page's data for its script and for other programs (`hvo/matrix-page/v1`).
enum MatrixPageData {
  /// The data of a page as JSON, in one line.
  static func text(of page: MatrixPage) -> String {
    let document: JSON = [
      "schema": "hvo/matrix-page/v1", "version": .text(page.matrix.stamp.toolVersion),
      "digest": .text(page.matrix.stamp.digest), "cells": .array(page.cells.map(cell)),
    ]
    var text = ""
    JSONText.writeLine(document, into: &text)
    return text
  }

  private static func cell(_ cell: PageCell) -> JSON {
    let (row, words) = (cell.row, cell.row.words)
    let saving = row.saving
    return [
      "id": .text(cell.anchor), "architecture": .text(row.name), "kernel": .text(row.kernel),
      "pageSize": .size(row.pageSize), "hugepage": .size(cell.hugepage), "verdict": .text(words.verdict.rawValue),
      "flush": .text(words.flush.rawValue), "remap": .text(words.remap.rawValue),
      "selected": .truth(words.verdict != .off), "reason": .text(row.reason), "assumptions": .text(row.assumptions),
      "rules": .texts(cell.rules), "vmemmapPages": saving.map { .number(Int(clamping: $0.vmemmapPages)) },
      "freedPages": saving.map { .number(Int(clamping: $0.freedPages)) },
      "gibPerTib": saving.map { .text($0.gibPerTib) },
    ]
  }
}
