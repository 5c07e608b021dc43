/// The files that were read, in the order in which they were opened.
struct FileTable: Sendable {
  /// The `source` statement that opened a file.
  struct Includer: Sendable {
    let file: FileID
    let line: Int
  }

  private struct File: Sendable {
    /// The text with a NUL behind it, so that the end needs no check of its own.
    let text: [UInt8]
    /// The path as the `source` statement names it.
    let path: String
    /// Nil for the first file.
    let includer: Includer?
  }

  private var files = IDTable<FileID, File>()
  /// Which one was opened first under a path.
  private var firsts: [String: FileID] = [:]

  var count: Int { files.count }

  /// Adds a file.
  mutating func add(_ text: [UInt8], path: String, includedBy includer: Includer?) -> FileID {
    let file = files.append(File(text: text, path: path, includer: includer))
    if firsts[path] == nil { firsts[path] = file }
    return file
  }

  /// The text of a file with a NUL behind it.
  func text(of file: FileID) -> [UInt8] { files[file].text }

  /// The path of a file as the `source` statement names it.
  func path(of file: FileID) -> String { files[file].path }

  /// The paths of all files, each once, in the order in which they were opened first.
  var distinctPaths: [String] {
    files.ids.filter { firsts[files[$0].path] == $0 }.map { files[$0].path }
  }

  /// The file that was first opened under a path.
  func file(of path: String) -> FileID? { firsts[path] }

  /// Where a file was included first, as a place; nil for the first file and unknown ones.
  func inclusion(of path: String) -> KconfigPlace? {
    firsts[path].flatMap { files[$0].includer }.map(place)
  }

  private func place(of includer: Includer) -> KconfigPlace {
    KconfigPlace(path: files[includer.file].path, line: includer.line)
  }

  /// The `source` statements that lead to a file, the innermost first.
  func inclusions(of file: FileID) -> [KconfigPlace] {
    var places: [KconfigPlace] = []
    var file = file
    while let includer = files[file].includer {
      places.append(place(of: includer))
      file = includer.file
    }
    return places
  }
}

/// A stretch of a file.
struct TextSpan: Sendable, Hashable {
  let file: FileID
  let start: Int
  let end: Int
}
