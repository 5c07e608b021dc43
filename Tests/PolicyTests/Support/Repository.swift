import Diagnostics
import Foundation

/// The files of this repository, found from this file.
struct Repository: SourceProvider {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Reads a file by its path in the repository.
  func read(_ path: String) throws(Diagnostic) -> SourceFile {
    do {
      let text = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
      return SourceFile(path: path, text: text)
    } catch {
      throw Diagnostic(id: "FILE001", "cannot read \(path): \(error)", at: nil)
    }
  }

  /// The paths of the files in a folder whose names end in `.yaml`, sorted; folders below it are left out.
  func yamlFiles(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: folder).path)
      .filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
  }
}
