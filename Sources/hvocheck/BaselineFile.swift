import Diagnostics
import Policy

/// The baseline that a command reads and writes.
struct BaselineFile {
  /// The file, as messages name it.
  let path: String
  private let fileSystem = FileSystem()

  /// The file that is chosen, or the one beside the first path.
  init(chosen: String?, paths: [String]) {
    path = chosen ?? fileSystem.baselinePath(beside: paths.first ?? ".")
  }

  /// Is it there? What is there and is no file is said by whoever reads it.
  var exists: Bool { (try? fileSystem.kind(of: path)) != nil }

  /// - Throws: where the file is not there.
  func require() throws(Diagnostic) {
    _ = try fileSystem.kind(of: path)
  }

  /// Reads a file of the first version.
  /// - Throws: everything that is wrong with it; a file that needs no conversion.
  func readV1() throws(CommandFailure) -> BaselineV1 {
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

  /// A check of the descriptors against this file, by all rules that there are.
  /// - Throws: everything that is wrong with the configuration file.
  func request(_ descriptors: BaselineCommand.Descriptors) throws(CommandFailure) -> CheckRequest {
    try request(descriptors, baseline: exists ? .file(path) : .none)
  }

  /// A check of the descriptors against nothing, by all rules that there are.
  /// - Throws: everything that is wrong with the configuration file.
  func requestWithoutBaseline(_ descriptors: BaselineCommand.Descriptors) throws(CommandFailure) -> CheckRequest {
    try request(descriptors, baseline: .none)
  }

  private func request(
    _ descriptors: BaselineCommand.Descriptors, baseline: CheckRequest.BaselineChoice
  ) throws(CommandFailure) -> CheckRequest {
    let configuration = try descriptors.configuration.configuration(for: descriptors.paths.first)
    return CheckRequest(
      paths: descriptors.paths, rules: descriptors.rules.settings(configuration),
      baseline: baseline, today: descriptors.today.date)
  }

  /// Writes the file, as a whole or not at all.
  func write(_ text: String) throws(Diagnostic) {
    try FileReplacement.write([.init(path: path, text: text)])
  }

  /// Removes entries; what stays is left as it is written.
  func prune(where isGone: (Baseline.Entry) -> Bool) throws {
    try write(try Baseline.pruned(try fileSystem.read(path), where: isGone))
  }
}
