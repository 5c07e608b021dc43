package import Diagnostics
import Files
package import Kconfig

/// Configurations by the names that the user gives: in the working folder, or else in the tree, as `conf` looks for them.
package struct ConfigurationFiles: KconfigSources {
  private static let largestFile = 64 << 20
  /// The kernel tree; nil where there is none.
  let tree: KernelTreeFiles?

  package func read(_ path: String) throws(Diagnostic) -> [UInt8]? {
    if let bytes = try readHere(path) { return bytes }
    return path.hasPrefix("/") ? nil : try tree?.read(path)
  }

  /// The contents of a file, not looked for in the tree; nil where there is none.
  func readHere(_ path: String) throws(Diagnostic) -> [UInt8]? {
    try BoundedFile.bytesIfThere(at: path, named: "'\(path)'", atMost: Self.largestFile)
  }

  /// Whether there is a file of this name, not looked for in the tree.
  func isHere(_ path: String) -> Bool {
    FileSystem().exists(path)
  }

  /// Writes bytes to a file as a whole or not at all.
  package func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
    try FileReplacement.write([FileReplacement.File(path: path, bytes: bytes)])
  }

  /// Writes a file as a whole or not at all, and makes the folders that it lies in unless they have to be there.
  package func write(_ file: KconfigFile) throws(Diagnostic) {
    if file.arrival == .throughLinksInFolder { return try write(file.bytes, to: file.path) }
    try FolderPath.make(above: file.path, permissions: 0o755)
    if file.arrival == .throughLinks { return try write(file.bytes, to: file.path) }
    let replacement = FileReplacement.File(path: file.path, bytes: file.bytes)
    try FileReplacement.writeAtName(replacement, keepsOld: file.arrival == .keepingOld)
  }

  /// Makes a file empty and new; not what a symbolic link of its name leads to.
  func touch(_ path: [UInt8]) throws(Diagnostic) {
    try FileReplacement.touch(path)
  }
}
