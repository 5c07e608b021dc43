package import Diagnostics
import Files
package import Policy

/// The baseline that a command reads and writes.
package struct BaselineFile {
  /// The file, as messages name it.
  package let path: String
  private let fileSystem = FileSystem()

  /// The file that is chosen, or the one beside the first path.
  package init(chosen: String?, paths: [String]) {
    path = chosen ?? fileSystem.baselinePath(beside: paths.first ?? ".")
  }

  /// Is it there? What is there and is no file is said by whoever reads it.
  package var exists: Bool { (try? fileSystem.kind(of: path)) != nil }

  /// - Throws: where the file is not there.
  package func require() throws(Diagnostic) {
    _ = try fileSystem.kind(of: path)
  }

  /// Reads a file of the first version.
  /// - Throws: everything that is wrong with it; a file that needs no conversion.
  package func readV1() throws(CommandFailure) -> BaselineV1 {
    let source: SourceFile
    do throws(Diagnostic) {
      source = try fileSystem.read(path)
    } catch {
      throw CommandFailure(error)
    }
    do throws(Diagnostics) {
      return try BaselineV1.read(source)
    } catch {
      throw CommandFailure(error.all, files: [source])
    }
  }

  /// A check of descriptors against this file, by all rules that there are.
  package func request(_ paths: [String], rules: RuleSettings, today: CalendarDate) -> CheckRequest {
    CheckRequest(paths: paths, rules: rules, baseline: exists ? .file(path) : .none, today: today)
  }

  /// Writes the file, as a whole or not at all.
  package func write(_ text: String) throws(Diagnostic) {
    try FileReplacement.write([.init(path: path, text: text)])
  }

  /// Removes entries; what stays is left as it is written.
  package func prune(where isGone: (Baseline.Entry) -> Bool) throws {
    try write(try Baseline.pruned(try fileSystem.read(path), where: isGone))
  }
}
