import Diagnostics
import Foundation
import Kconfig
import Testing

/// What the kernel's own `conf` did: not part of the repository, found by HVOCHECK_KCONFIG_ORACLES or beside it.
enum Oracles {
  static let folder: URL? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let candidates = [
      ProcessInfo.processInfo.environment["HVOCHECK_KCONFIG_ORACLES"].map { URL(filePath: $0) },
      root.deletingLastPathComponent().appending(path: "shared/kconfig-oracles"),
    ]
    return candidates.compactMap { $0 }.first {
      FileManager.default.fileExists(atPath: $0.appending(path: "README.md").path)
    }
  }()

  static let isAvailable = folder != nil
  static let absence: Comment = "no results of the kernel's conf: set HVOCHECK_KCONFIG_ORACLES to their folder"

  /// The lines of a file, each a JSON object.
  static func lines<Line: Decodable>(of name: String) throws -> [Line] {
    guard let folder else { return [] }
    let text = try Data(contentsOf: folder.appending(path: name))
    return try text.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Line.self, from: $0) }
  }
}

/// Files that are in memory.
struct MemorySources: KconfigSources {
  var files: [String: [UInt8]]

  func read(_ path: String) throws(Diagnostic) -> [UInt8]? {
    if path == "." { throw Diagnostic(id: "FILE002", "\(path) is not a regular file", at: nil) }
    return files[path]
  }

  func names(matching pattern: String) throws(Diagnostic) -> [String] {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return files[pattern] == nil ? [] : [pattern] }
    return files.keys.filter { $0.hasPrefix(parts[0]) && $0.hasSuffix(parts[1]) }.sorted()
  }
}
