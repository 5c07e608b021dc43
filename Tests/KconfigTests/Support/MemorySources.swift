import Diagnostics
import Kconfig

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
