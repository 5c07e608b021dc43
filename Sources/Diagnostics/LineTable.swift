/// Where the lines of a text begin and end, so that messages about many places need not look for them again and again.
public struct LineTable: Sendable {
  private let text: String
  private let lines: [Range<String.Index>]

  /// Looks for all line ends of a file.
  /// - Complexity: O(length of the text)
  public init(_ file: SourceFile) {
    let text = file.text
    let bytes = text.utf8
    var lines: [Range<String.Index>] = []
    var start = bytes.startIndex
    var position = start
    while position < bytes.endIndex {
      let length = Self.lengthOfLineEnd(bytes[position...])
      if length > 0 {
        lines.append(start..<position)
        bytes.formIndex(&position, offsetBy: length)
        start = position
      } else {
        bytes.formIndex(after: &position)
      }
    }
    lines.append(start..<bytes.endIndex)
    self.text = text
    self.lines = lines
  }

  /// The text of a 1-based line without its line end, or nil behind the last line.
  /// - Complexity: O(1)
  public func line(_ number: Int) -> Substring? {
    guard (1...lines.count).contains(number) else { return nil }
    return text[lines[number - 1]]
  }

  /// How many bytes the line end takes that a text begins with; 0 where it begins with none. The line ends are those of
  /// YAML 1.1, which libyaml counts lines by: LF, CR, CR LF, NEL, LS and PS.
  private static func lengthOfLineEnd(_ bytes: Substring.UTF8View) -> Int {
    switch bytes.first {
    case UInt8(ascii: "\n"): 1
    case UInt8(ascii: "\r"): bytes.dropFirst().first == UInt8(ascii: "\n") ? 2 : 1
    case 0xC2: bytes.starts(with: [0xC2, 0x85]) ? 2 : 0
    case 0xE2: bytes.starts(with: [0xE2, 0x80, 0xA8]) || bytes.starts(with: [0xE2, 0x80, 0xA9]) ? 3 : 0
    default: 0
    }
  }
}
