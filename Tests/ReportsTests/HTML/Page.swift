import Architectures
import Diagnostics
import Foundation
import Policy
import ShippedKernels
import TestSupport
import Testing

@testable import Reports

/// What a page of descriptors in this repository is made of, as the tool makes it. The simulation runs once.
struct Page: Sendable {
  private let matrix: Matrix
  private let evidence: [CellEvidence?]
  private let report: Report

  /// The descriptors that are shipped.
  static let shipped = Result { try Page(of: "arches") }
  /// Ports whose flush faults, writes aliases, or is not understood.
  static let broken = Result {
    try Page(of: "Tests/HTMLPorts", selecting: ["ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP"])
  }

  private init(of folder: String, selecting symbols: [String] = []) throws {
    let catalog = try KernelCatalogReader.read(SourceFile(path: ShippedKernels.path, text: ShippedKernels.text))
    let provider = Files()
    var architectures: [Architecture] = []
    for path in try provider.descriptors(in: folder) {
      let descriptor = try DescriptorLoader(sources: provider).load(path)
      for var architecture in try ArchitectureReader(catalog: catalog).read(descriptor) {
        architecture.selectAlso(symbols)
        architectures.append(architecture)
      }
    }
    let checker = Checker(rules: try Sample.rules(), catalog: catalog)
    matrix = MatrixBuilder(checker: checker) { _ in false }.matrix(
      of: try checker.check(architectures), by: .hugepage,
      stamp: Matrix.Stamp(toolVersion: "0.0.0", rules: 13, digest: "0123456789abcdef"))
    evidence = matrix.rows.map { row in row.example.flatMap { CellEvidence(of: $0, architecture: row.architecture) } }
    var report = Sample.empty
    report.files = provider.all
    report.architectures = architectures.count
    self.report = report
  }

  /// The page.
  /// - Parameter change: what a test does to the matrix before it is shown.
  func text(change: (inout Matrix) -> Void = { _ in }) throws -> String {
    var matrix = matrix
    change(&matrix)
    var text = ""
    try MatrixPage(matrix: matrix, evidence: evidence, report: report).write(into: &text)
    return text
  }

  /// The files of the repository.
  private final class Files: SourceProvider {
    private(set) var all: [SourceFile] = []

    func read(_ path: String) throws(Diagnostic) -> SourceFile {
      do {
        let file = SourceFile(path: path, text: try Repository.text(path))
        all.append(file)
        return file
      } catch {
        throw Diagnostic(id: "FILE001", "cannot read \(path): \(error)", at: nil)
      }
    }

    func descriptors(in folder: String) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: Repository.path(folder))
        .filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
    }
  }
}

/// Reads a page as strictly as the writer writes it: every tag is closed in order, every value quoted.
struct PageReader {
  struct Element {
    var tag: String
    var attributes: [String: String]
    /// All text inside, decoded.
    var text = ""
  }

  struct Malformed: Error {
    var what: String
  }

  private(set) var elements: [Element] = []
  private var open: [Int] = []
  private var rest: Substring

  init(_ page: String) throws {
    rest = page[...]
    guard page.hasPrefix("<!DOCTYPE html>") else { throw Malformed(what: "no doctype") }
    rest = rest.dropFirst("<!DOCTYPE html>".count)
    while !rest.isEmpty { try readNext() }
    guard open.isEmpty else { throw Malformed(what: "open: \(open.map { elements[$0].tag })") }
  }

  func all(_ tag: String) -> [Element] { elements.filter { $0.tag == tag } }

  private mutating func readNext() throws {
    if let last = open.last, ["script", "style"].contains(elements[last].tag) {
      // Text until the end tag, as browsers read it.
      guard let end = rest.range(of: "</\(elements[last].tag)", options: .caseInsensitive) else {
        throw Malformed(what: "no end")
      }
      elements[last].text = String(rest[..<end.lowerBound])
      rest = rest[end.lowerBound...]
    }
    let text = rest.prefix { $0 != "<" }
    guard !text.contains(">"), !text.contains("\"") else { throw Malformed(what: "not escaped: \(text.prefix(80))") }
    for index in open { elements[index].text += Self.decoded(text) }
    rest = rest[text.endIndex...]
    guard rest.hasPrefix("<") else { return }
    guard let end = rest.firstIndex(of: ">") else { throw Malformed(what: "an open tag") }
    let inside = rest[rest.index(after: rest.startIndex)..<end]
    rest = rest[rest.index(after: end)...]
    if inside.hasPrefix("/") {
      guard let last = open.popLast(), elements[last].tag == inside.dropFirst() else {
        throw Malformed(what: "</\(inside)> closes nothing")
      }
    } else {
      try start(inside)
    }
  }

  private mutating func start(_ inside: Substring) throws {
    let tag = inside.prefix { $0 != " " }
    var attributes: [String: String] = [:]
    var rest = inside[tag.endIndex...]
    while let match = rest.prefixMatch(of: /\ ([a-zA-Z][a-zA-Z0-9-]*)(?:="([^"<>]*)")?/) {
      guard attributes.updateValue(Self.decoded(match.2 ?? ""), forKey: String(match.1)) == nil else {
        throw Malformed(what: "twice: \(match.1)")
      }
      rest = rest[match.range.upperBound...]
    }
    guard rest.isEmpty else { throw Malformed(what: "attributes: \(inside.prefix(80))") }
    elements.append(Element(tag: String(tag), attributes: attributes))
    if tag != "meta" { open.append(elements.count - 1) }
  }

  private static func decoded(_ text: Substring) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")].reduce(String(text)) {
      $0.replacingOccurrences(of: $1.0, with: $1.1)
    }
  }
}
