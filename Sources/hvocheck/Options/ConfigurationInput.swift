import ArgumentParser
import Diagnostics
import Glibc

/// Which configuration file holds, for every command that has settings.
struct ConfigurationInput: ParsableArguments {
  @Option(
    name: .customLong("config-file"),
    help: ArgumentHelp(
      "Settings; by default .hvocheck.yaml in the folder of the first path, or above it in its git tree.",
      valueName: "file"), completion: .file())
  var file: String?

  @Flag(name: .customLong("no-config"), help: "Read no settings.")
  var isOff = false

  func validate() throws {
    if isOff, file != nil { throw ValidationError("--config-file and --no-config exclude each other.") }
  }

  /// The settings that hold for a path, or for the working folder.
  /// - Throws: everything that is wrong with the file.
  func configuration(for path: String? = nil) throws(CommandFailure) -> Configuration {
    if isOff { return .none }
    let fileSystem = FileSystem()
    guard let found = file.map(fileSystem.shortened) ?? fileSystem.configurationFile(for: path) else { return .none }
    let source: SourceFile
    do throws(Diagnostic) {
      source = try fileSystem.read(found)
    } catch {
      throw CommandFailure(error)
    }
    return try Configuration(source)
  }
}

extension FileSystem {
  /// The configuration file that holds for a path: from its folder up to the root of its git tree; outside of one, that
  /// folder and the working folder alone. Files further up belong to somebody else.
  fileprivate func configurationFile(for path: String?) -> String? {
    guard let here = realPath(".") else { return nil }
    // What cannot be found is reported when it is read.
    let named = path.flatMap(realPath) ?? here
    let start = (try? kind(of: named)) == .folder ? named : Self.folder(of: named)
    var above: [String] = []
    var folder = start
    while above.count < 256 {
      above.append(folder)
      if isThere(folder + "/.git") { break }
      if folder == "/" || folder.isEmpty {
        above = [start, here]
        break
      }
      folder = Self.folder(of: folder)
    }
    let candidates = above.map { ($0 == "/" ? "" : $0) + "/" + Configuration.fileName }
    return candidates.first(where: isThere).map { relative($0, to: here) }
  }

  private static func folder(of path: String) -> String {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    return folder.isEmpty ? "/" : folder
  }

  /// Also a link that leads nowhere is there: reading it says so.
  private func isThere(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  private func realPath(_ path: String) -> String? {
    guard let name = realpath(path, nil) else { return nil }
    defer { free(name) }
    return String(cString: name)
  }

  /// A path as seen from a folder, both absolute: `../.hvocheck.yaml`.
  private func relative(_ path: String, to folder: String) -> String {
    let (target, base) = (path.split(separator: "/"), folder.split(separator: "/"))
    let common = zip(target, base).prefix { $0 == $1 }.count
    return (base.dropFirst(common).map { _ in ".." } + target.dropFirst(common).map(String.init)).joined(separator: "/")
  }
}
