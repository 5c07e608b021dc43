package import Diagnostics
// errno is a variable in C; the tool has one thread.
@preconcurrency import Glibc

/// The folders on the way to files.
package enum FolderPath {
  /// Makes the folders on the way to a file.
  /// - Throws: where they cannot be made.
  package static func make(above path: String, permissions: UInt32 = 0o777) throws(Diagnostic) {
    let folder = FilePath(path).folder
    var made = folder.isAbsolute ? "/" : ""
    for part in folder.parts {
      made += part + "/"
      guard mkdir(made, permissions) == 0 || errno == EEXIST else { throw .cannotWrite(path, .current) }
    }
  }
}

extension Diagnostic {
  /// A file that cannot be written.
  static func cannotWrite(_ path: String, _ error: SystemError) -> Diagnostic {
    // A folder that is none is the user's mistake.
    let isMistake = error.number == ENOTDIR || error.number == EISDIR
    return Diagnostic(
      id: isMistake ? "FILE001" : "IO003", "cannot write \(path.isEmpty ? "''" : path): \(error.reason)", at: nil)
  }
}
