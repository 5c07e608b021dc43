import Foundation
import TestSupport
import Testing

/// Verdicts that people reached by reading kernels, mails and commits.
enum GroundTruth {
  /// The rows of the table.
  static func rows() throws -> [GroundTruthRow] {
    let records = records(in: try Repository.text("Tests/GroundTruth/verdicts.csv"))
    guard let header = records.first else { return [] }
    return records.dropFirst().map { record in
      GroundTruthRow(columns: Dictionary(zip(header, record), uniquingKeysWith: { first, _ in first }))
    }
  }

  /// The records of a text in RFC 4180.
  static func records(in text: String) -> [[String]] {
    var records: [[String]] = []
    var (record, field, isQuoted) = ([String](), "", false)
    var rest = text.replacing("\r\n", with: "\n")[...]
    while let character = rest.popFirst() {
      switch character {
      case "\"" where isQuoted && rest.first == "\"": field.append(rest.removeFirst())
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        record.append(field)
        field = ""
      case "\n" where !isQuoted:
        records.append(record + [field])
        (record, field) = ([], "")
      default: field.append(character)
      }
    }
    if !record.isEmpty || !field.isEmpty { records.append(record + [field]) }
    return records
  }
}

/// One row of the table.
struct GroundTruthRow: Sendable, CustomTestStringConvertible {
  var columns: [String: String]

  subscript(_ column: String) -> String { columns[column] ?? "" }

  var id: String { self["id"] }
  var testDescription: String {
    [id, self["kernel"], self["arch"], self["base_page"], self["huge_page"], self["scope"]].joined(separator: " ")
  }

  /// A size such as 4K in bytes.
  func bytes(_ column: String) -> UInt64? {
    let text = self[column]
    let shifts: [Character: UInt64] = ["K": 10, "M": 20, "G": 30]
    guard let unit = text.last, let shift = shifts[unit] else { return UInt64(text) }
    return UInt64(text.dropLast()).map { $0 << shift }
  }

  /// The struct pages that `faulting_tail_indices` names: `64..448 step 64 when ...`; `-` is none.
  var faultingIndices: [Int]? {
    let words = self["faulting_tail_indices"].split(separator: " ")
    if words.first == "-" { return [] }
    guard words.count >= 3, words[1] == "step", let step = Int(words[2]) else { return nil }
    let bounds = words[0].split(separator: ".").compactMap { Int($0) }
    return bounds.count == 2 ? Array(stride(from: bounds[0], through: bounds[1], by: step)) : nil
  }
}
