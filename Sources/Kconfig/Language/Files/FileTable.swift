/// The files that were read, by number in the order in which they were opened.
struct FileTable: Sendable {
  /// The text with a NUL behind it, so that the end needs no check of its own.
  private(set) var texts: [[UInt8]] = []
  /// The path as the `source` statement names it.
  private(set) var paths: [String] = []
  /// The file whose `source` statement opened it, and the line of that; no file for the first one.
  private(set) var includers: [(file: Int32, line: Int32)] = []
  /// Which one was opened first under a path.
  private var numbers: [String: Int32] = [:]

  /// Adds a file.
  /// - Returns: its number.
  mutating func add(_ text: [UInt8], path: String, includedBy includer: (file: Int32, line: Int32)) -> Int32 {
    let number = Int32(texts.count)
    texts.append(text)
    paths.append(path)
    includers.append(includer)
    if numbers[path] == nil { numbers[path] = number }
    return number
  }

  /// The paths of all files, each once, in the order in which they were opened first.
  var distinctPaths: [String] {
    paths.indices.filter { numbers[paths[$0]] == Int32($0) }.map { paths[$0] }
  }

  /// The file that was first opened under a path.
  func number(of path: String) -> Int32? { numbers[path] }

  /// Where a file was included first, as a place; nil for the first file and unknown ones.
  func inclusion(of path: String) -> KconfigPlace? {
    guard let number = numbers[path] else { return nil }
    return inclusion(of: number)
  }

  private func inclusion(of file: Int32) -> KconfigPlace? {
    let includer = includers[Int(file)]
    guard includer.file >= 0 else { return nil }
    return KconfigPlace(path: paths[Int(includer.file)], line: Int(includer.line))
  }

  /// The `source` statements that lead to a file, the innermost first.
  func inclusions(of file: Int32) -> [KconfigPlace] {
    var places: [KconfigPlace] = []
    var file = file
    while let place = inclusion(of: file) {
      places.append(place)
      file = includers[Int(file)].file
    }
    return places
  }
}

/// A stretch of a file, by number.
struct TextSpan: Sendable, Hashable {
  let file: Int32
  let start: Int32
  let end: Int32
}
