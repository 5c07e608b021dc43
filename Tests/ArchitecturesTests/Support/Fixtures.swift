import Architectures
import Diagnostics
import Foundation
import ShippedKernels
import TestSupport
import Testing

/// The files beside the tests.
enum Fixtures {
  static let folder = Repository.url("Tests/ArchitecturesTests/Fixtures")

  /// Descriptors of a folder; those that begin with `_` are only there to be extended.
  static func names(in name: String) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(name).path)) ?? []
    return files.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix("_") }.sorted().map { "\(name)/\($0)" }
  }

  /// Compares with the text that was recorded for a descriptor.
  static func expect(_ text: String, recordedFor path: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let file = folder.appendingPathComponent(path.replacing(".yaml", with: ".out"))
    Recorded.expect(text, in: file, sourceLocation: sourceLocation)
  }
}

/// Reads fixtures by their path below a folder.
struct FolderProvider: SourceProvider {
  var folder = Fixtures.folder

  func read(_ path: String) throws(Diagnostic) -> SourceFile {
    guard let text = try? String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8) else {
      throw Diagnostic(id: "FILE001", "cannot read \(path): No such file or directory", at: nil)
    }
    return SourceFile(path: path, text: text)
  }
}

/// Files that exist only in a test.
struct TextProvider: SourceProvider {
  var texts: [String: String]

  func read(_ path: String) throws(Diagnostic) -> SourceFile {
    guard let text = texts[path] else { throw Diagnostic(id: "FILE001", "cannot read \(path)", at: nil) }
    return SourceFile(path: path, text: text)
  }
}

/// The catalog that ships.
func shippedCatalog() throws -> KernelCatalog {
  try KernelCatalogReader.read(SourceFile(path: ShippedKernels.path, text: ShippedKernels.text))
}

/// The shipped profile of a version with patches on top.
func shippedProfile(_ version: String, patches: [String] = []) throws -> KernelProfile? {
  let version = try #require(KernelVersion(version))
  return try shippedCatalog().profile(of: version, patches: patches)
}

/// The diagnostics as a user sees them.
func rendered(_ diagnostics: [Diagnostic], files: [SourceFile]) -> String {
  let renderer = DiagnosticRenderer(files: files)
  var text = ""
  for diagnostic in diagnostics {
    renderer.render(diagnostic, into: &text)
    text += "\n"
  }
  return text
}

/// `line:column` of a range.
func brief(_ range: SourceRange?) -> String {
  range.map { "\($0.start.line):\($0.start.column)" } ?? "nowhere"
}
