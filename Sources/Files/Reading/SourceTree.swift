package import Diagnostics

/// Files and folders from which descriptors are read: those of the file system, or those of a git revision.
package protocol SourceTree: SourceProvider {
  /// What a path names.
  /// - Throws: where there is nothing, or nothing that can be read.
  func kind(of path: String) throws(Diagnostic) -> FileKind

  /// The YAML files below a folder, sorted by bytes; hidden files and folders are left out.
  /// - Throws: where the folder itself cannot be listed.
  func yamlFiles(in folder: String) throws(Diagnostic) -> FolderListing

  /// A path as reports show it, and as the other functions take it too.
  func shortened(_ path: String) -> String
}

/// The kind of what a path names.
package enum FileKind {
  /// A regular file, or a link to one.
  case file
  /// A folder, or a link to one.
  case folder
}

extension SourceTree {
  /// The file `baseline.json` beside a path: in the folder that it names, or in that of the file that it names.
  package func baselinePath(beside path: String) -> String {
    let isFolder = (try? kind(of: path)) == .folder
    let folder = isFolder ? FilePath(path) : FilePath(path).folder
    return shortened(folder.appending("baseline.json").text)
  }
}
