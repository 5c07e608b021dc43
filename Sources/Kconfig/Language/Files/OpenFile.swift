/// A file that is being read.
struct OpenFile {
  /// The text with a NUL behind it, so that the end needs no check of its own.
  var bytes: [UInt8]
  /// The path as the `source` statement names it, as a name and as text.
  var name: NameID
  var path: String
  /// Which file it is; nil where no file is open any more.
  var id: FileID?
  var position = 0
  var line = 1
  /// Where the statement stands that included another file last.
  var sourceLine = 0

  /// Where no file is open any more, as v6.1 says it.
  static func none(_ name: NameID) -> OpenFile {
    OpenFile(bytes: [0], name: name, path: "<none>", id: nil)
  }

  /// The end of the line that was looked at last: a line may hold very many references.
  private var lineEnd = -1

  init(bytes: [UInt8], name: NameID, path: String, id: FileID?) {
    self.bytes = bytes
    self.name = name
    self.path = path
    self.id = id
  }

  /// Everything from the position to the end of its line.
  mutating func restOfLine() -> ArraySlice<UInt8> {
    if lineEnd < position { lineEnd = bytes.span.lineEnd(from: position) }
    return bytes[position..<lineEnd]
  }

  /// Where the word or reference at the position ends, as far as parentheses say it.
  mutating func endOfReference() -> Int {
    let rest = restOfLine()
    var depth = 0
    for (index, byte) in zip(rest.indices, rest) {
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") { depth -= 1 }
      if depth == 0, byte == UInt8(ascii: ")") || index > position && !byte.isKconfigWord && byte != UInt8(ascii: "$") {
        return index + 1
      }
    }
    return rest.endIndex
  }
}
