import Diagnostics
import Glibc

extension FileSystem {
  /// Is there something of this name? Also a link that leads nowhere is there: reading it says so.
  package func isThere(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Is there something behind the name, links followed?
  package func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
  }

  /// The absolute path behind all symbolic links; nil where there is nothing.
  package func realPath(_ path: String) -> String? {
    guard let name = realpath(path, nil) else { return nil }
    defer { free(name) }
    return String(cString: name)
  }

  /// A path as seen from a folder, both absolute: `../.hvocheck.yaml`.
  package func relative(_ path: String, to folder: String) -> String {
    let (target, base) = (FilePath(path).parts, FilePath(folder).parts)
    let common = zip(target, base).prefix { FilePath($0) == FilePath($1) }.count
    return (base.dropFirst(common).map { _ in ".." } + target.dropFirst(common)).joined(separator: "/")
  }
}
