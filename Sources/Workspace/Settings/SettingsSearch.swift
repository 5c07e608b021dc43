import Diagnostics
import Files

extension Settings {
  /// The settings of a file that the user names.
  /// - Throws: everything that is wrong with the file.
  package init(file path: String) throws(CommandFailure) {
    try self.init(atPath: FileSystem().shortened(path))
  }

  /// The settings that hold for a path, or for the working folder; none where there is no file.
  /// - Throws: everything that is wrong with the file.
  package init(for path: String?) throws(CommandFailure) {
    guard let found = FileSystem().configurationFile(for: path) else {
      self = .none
      return
    }
    try self.init(atPath: found)
  }

  private init(atPath path: String) throws(CommandFailure) {
    let source: SourceFile
    do throws(Diagnostic) {
      source = try FileSystem().read(path)
    } catch {
      throw CommandFailure(error)
    }
    try self.init(source)
  }
}

extension FileSystem {
  /// The configuration file that holds for a path: from its folder up to the root of its git tree; outside of one, that
  /// folder and the working folder alone. Files further up belong to somebody else.
  fileprivate func configurationFile(for path: String?) -> String? {
    guard let here = realPath(".") else { return nil }
    // What cannot be found is reported when it is read.
    let named = path.flatMap(realPath) ?? here
    let start = (try? kind(of: named)) == .folder ? named : FilePath(named).folder.text
    var above: [String] = []
    var folder = start
    while above.count < 256 {
      above.append(folder)
      if isThere(folder + "/.git") { break }
      if folder == "/" || folder.isEmpty {
        above = [start, here]
        break
      }
      folder = FilePath(folder).folder.text
    }
    let candidates = above.map { ($0 == "/" ? "" : $0) + "/" + Settings.fileName }
    return candidates.first(where: isThere).map { relative($0, to: here) }
  }
}
