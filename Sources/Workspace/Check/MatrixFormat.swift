package import Diagnostics
package import Policy
import Reports

/// The formats of `matrix`.
package enum MatrixFormat: String, CaseIterable {
  case text
  case md
  case csv
  case json
  case archSupport = "arch-support"
  case html

  /// Does it show architectures by HugeTLB page sizes, so that nobody has to choose?
  package var hasBothAxes: Bool { self == .html }

  /// The matrix of a run in this format.
  /// - Throws: an encoding error, which no matrix provokes.
  package func text(of run: CheckRun, by grouping: Matrix.Grouping) throws -> String {
    var text = ""
    let mistakes = NotChecked(run.mistakes)
    let matrix = run.matrix(by: hasBothAxes ? .hugepage : grouping)
    switch self {
    case .text: MatrixText.write(matrix, without: mistakes, into: &text)
    case .md: MatrixMarkdown.write(matrix, without: mistakes, into: &text)
    case .csv: MatrixCSV.write(matrix, into: &text)
    case .json: MatrixJSON.write(matrix, without: mistakes, into: &text)
    case .archSupport: MatrixArchSupport.write(matrix, without: mistakes, into: &text)
    case .html: try run.page(of: matrix).write(into: &text)
    }
    return text
  }

  /// The format of a file that was written before: by how it begins, else by its name; nil where neither tells.
  package init?(of file: SourceFile) {
    if let format = Self.beginnings.first(where: { file.text.hasPrefix($0.text) })?.format {
      self = format
    } else {
      self.init(ofFileNamed: file.path)
    }
  }

  /// The format that a file's name promises; nil where it promises none.
  package init?(ofFileNamed path: String) {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    guard let format = Self.names.first(where: { name.hasSuffix($0.suffix) })?.format else { return nil }
    self = format
  }

  /// `arch-support.txt` stands before `.txt`.
  private static let names: [(suffix: String, format: MatrixFormat)] = [
    (".md", .md), (".csv", .csv), (".json", .json), ("arch-support.txt", .archSupport), (".txt", .text),
    (".html", .html),
  ]
  private static let beginnings: [(text: String, format: MatrixFormat)] = [
    ("# HugeTLB vmemmap optimization,", .text), ("# HugeTLB vmemmap optimization", .md), ("{", .json),
    ("<!DOCTYPE html>", .html),
    ("#\n# Feature name:", .archSupport), ("architecture,", .csv),
  ]
}
