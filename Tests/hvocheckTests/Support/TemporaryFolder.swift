import Foundation
import TestSupport

/// A folder of one test, removed with the value that names it.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array((NSTemporaryDirectory() + "/hvocheck-XXXXXX").utf8CString)
    guard let name = mkdtemp(&template) else { throw POSIXError(.EACCES) }
    path = String(cString: name)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// A folder with the shipped descriptors in `arches`.
  static func withShippedDescriptors() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: Repository.path("arches"), toPath: folder.path + "/arches")
    return folder
  }

  /// Writes a file, with the folders on the way to it.
  func write(_ name: String, _ text: String) throws {
    try write(name, Data(text.utf8))
  }

  func write(_ name: String, _ bytes: Data) throws {
    let url = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: url)
  }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: path + "/" + name, withIntermediateDirectories: true)
  }

  func link(_ name: String, to destination: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: destination)
  }

  func read(_ name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }
}
