/// A place in a kernel tree, as `at:` gives it: `arch/arm64/Kconfig:97` or `arch/arm64/mm/flush.c:69-80`.
package struct KernelPlace: Hashable, Sendable, CustomStringConvertible {
  /// Path inside the tree.
  package let path: String
  /// First line, 1-based; nil where only the file is known.
  package let line: Int?
  /// Last line of a range.
  package let lastLine: Int?

  /// Reads `path`, `path:line` or `path:line-line`; nil where the text is none of them.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let path = parts.first, parts.count <= 2, Self.isTreePath(path) else { return nil }
    self.path = String(path)
    guard parts.count == 2 else {
      (line, lastLine) = (nil, nil)
      return
    }
    let lines = parts[1].split(separator: "-", omittingEmptySubsequences: false).map(Self.lineNumber)
    guard lines.count <= 2, let first = lines.first ?? nil, first > 0 else { return nil }
    line = first
    guard lines.count == 2 else {
      lastLine = nil
      return
    }
    guard let last = lines[1], last >= first else { return nil }
    lastLine = last
  }

  private static func lineNumber(_ digits: Substring) -> Int? {
    digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(digits) : nil
  }

  private static func isTreePath(_ path: Substring) -> Bool {
    !path.isEmpty && !path.hasPrefix("/") && !path.contains(where: \.isWhitespace)
      && !path.split(separator: "/").contains("..")
  }

  /// As it was written.
  package var description: String {
    path + (line.map { ":\($0)" } ?? "") + (lastLine.map { "-\($0)" } ?? "")
  }
}
