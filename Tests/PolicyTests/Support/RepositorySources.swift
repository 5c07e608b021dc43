import Diagnostics
import Foundation
import TestSupport

/// The files of the repository, as descriptors and rules name each other.
struct RepositorySources: SourceProvider {
  /// Reads a file by its path in the repository.
  func read(_ path: String) throws(Diagnostic) -> SourceFile {
    do {
      return SourceFile(path: path, text: try Repository.text(path))
    } catch {
      throw Diagnostic(id: "FILE001", "cannot read \(path): \(error)", at: nil)
    }
  }

  /// The paths of the files in a folder whose names end in `.yaml`, sorted; folders below it are left out.
  func yamlFiles(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: Repository.path(folder))
      .filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
  }
}
