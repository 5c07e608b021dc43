package import Diagnostics

/// Remembers what was read, so that messages can show source lines, and reads each file once.
package final class RecordingProvider: SourceProvider {
  private let base: any SourceProvider
  private var byPath: [FilePath: SourceFile] = [:]

  /// Files that somebody else reads.
  package init(base: any SourceProvider) {
    self.base = base
  }

  /// The files in the order of their paths.
  package var files: [SourceFile] { byPath.values.sorted { $0.identity < $1.identity } }

  package func read(_ path: String) throws(Diagnostic) -> SourceFile {
    if let known = byPath[FilePath(path)] { return known }
    let file = try base.read(path)
    byPath[FilePath(path)] = file
    return file
  }
}
