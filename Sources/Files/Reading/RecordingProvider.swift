package import Diagnostics

/// Remembers what was read, so that messages can show source lines, and reads each file once.
package final class RecordingProvider: SourceProvider {
  private let base: any SourceProvider
  private var byPath: [String: SourceFile] = [:]

  /// Files that somebody else reads.
  package init(base: any SourceProvider) {
    self.base = base
  }

  /// The files in the order of their paths.
  package var files: [SourceFile] { byPath.values.sorted { $0.path < $1.path } }

  package func read(_ path: String) throws(Diagnostic) -> SourceFile {
    if let known = byPath[path] { return known }
    let file = try base.read(path)
    byPath[path] = file
    return file
  }
}
