package import Diagnostics
import Glibc

/// A file that a command begins: as a whole or not at all, and never over another one.
package struct NewFile {
  /// Its path.
  package let path: String
  /// What it is to hold.
  package let text: String

  /// A file that is not there yet.
  package init(_ path: String, _ text: String) {
    (self.path, self.text) = (path, text)
  }

  /// Writes files where there are none yet, with the folders on the way to them.
  /// - Throws: a file that is there already, before anything is written; what cannot be written.
  package static func create(_ files: [NewFile]) throws(Diagnostic) {
    for file in files {
      var status = stat()
      if lstat(file.path, &status) == 0 { throw file.exists }
    }
    for file in files { try file.write() }
  }

  /// Makes the folders on the way to the file.
  /// - Throws: where they cannot be made.
  package func makeFolders() throws(Diagnostic) {
    try FolderPath.make(above: path)
  }

  private func write() throws(Diagnostic) {
    try makeFolders()
    do throws(SystemError) {
      let ready = try StagedFile(Array(text.utf8), beside: path)
      defer { ready.discard() }
      try ready.take()
    } catch {
      throw error.number == EEXIST ? exists : .cannotWrite(path, error)
    }
  }

  private var exists: Diagnostic {
    Diagnostic(
      id: "FILE006", "\(path) is there already", at: nil, help: ["nothing is overwritten: remove it, or choose another"]
    )
  }
}
