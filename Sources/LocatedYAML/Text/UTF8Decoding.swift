import Diagnostics

/// The text of UTF-8 bytes.
/// - Throws: the place of the first byte that is not UTF-8, as line and column and as byte offset.
func decodedUTF8(_ bytes: [UInt8], path: String) throws(Diagnostic) -> String {
  if let encoding = wideEncoding(of: bytes) {
    throw Diagnostic.notUTF8(
      "the file is \(encoding), not UTF-8", at: .startOfFile(path), because: "it starts with a byte order mark")
  }
  let offset: Int
  do {
    return String(copying: try UTF8Span(validating: bytes.span))
  } catch {
    offset = error.byteOffsets.lowerBound
  }
  let before = String(decoding: bytes[..<offset], as: UTF8.self)
  let start = SourceText.endPosition(of: before.unicodeScalars.drop { $0 == SourceText.byteOrderMark })
  throw Diagnostic.notUTF8(
    "byte 0x\(String(bytes[offset], radix: 16, uppercase: true)) is not UTF-8",
    at: SourceRange(path: path, start: start, end: SourcePosition(line: start.line, column: start.column + 1)),
    because: "at byte offset \(offset)")
}

private func wideEncoding(of bytes: [UInt8]) -> String? {
  if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32" }
  if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
  return nil
}
