/// What tells files apart: the bytes of a path.
///
/// *Invariant:* two texts that are equal to Swift need not be one path. `String` compares by canonical equivalence, for
/// which `K` and the Kelvin sign are one letter, and so are both spellings of `é`; to the file system they are two. What
/// looks a file up, compares files or sorts them does so by this type.
public struct FilePath: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The path as reports print it and as the system takes it.
  public let text: String

  /// The path that a text names.
  public init(_ text: some StringProtocol) {
    self.text = String(text)
  }

  /// Two paths are one where all their bytes are.
  public static func == (left: FilePath, right: FilePath) -> Bool {
    // What differs to Swift differs in its bytes.
    left.text == right.text && left.text.utf8.count == right.text.utf8.count
      && left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// Equal bytes are equal texts.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(text)
  }

  /// By bytes, folder by folder or not.
  public static func < (left: FilePath, right: FilePath) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  /// The text.
  public var description: String { text }

  // MARK: parts

  private static let slash = UInt8(ascii: "/")

  /// The names between the slashes, without empty ones. A mark behind a slash would be one `Character` with it.
  public var parts: [String] { text.utf8.split(separator: Self.slash).map { String(Substring($0)) } }

  /// The last name; empty where there is none.
  public var name: String { parts.last ?? "" }

  /// Everything up to the last slash and with it, which a name can be put behind; empty for a name alone.
  public var folderPrefix: String {
    text.utf8.lastIndex(of: Self.slash).map { String(text[..<text.utf8.index(after: $0)]) } ?? ""
  }

  /// The folder that it lies in: `.` for a name alone.
  public var folder: FilePath {
    guard let last = text.utf8.lastIndex(of: Self.slash) else { return FilePath(".") }
    return FilePath(last == text.startIndex ? "/" : text[..<last])
  }

  /// Does it begin at the root?
  public var isAbsolute: Bool { text.utf8.first == Self.slash }

  /// Does its text begin with another's, byte for byte?
  public func hasPrefix(_ prefix: String) -> Bool { text.utf8.starts(with: prefix.utf8) }

  /// What stands behind a text that it begins with; nil where it begins with another.
  public func text(behind prefix: String) -> String? {
    hasPrefix(prefix) ? String(Substring(text.utf8.dropFirst(prefix.utf8.count))) : nil
  }

  /// The path of a file in this folder.
  public func appending(_ name: String) -> FilePath {
    FilePath(text.utf8.last == Self.slash ? text + name : text + "/" + name)
  }

  /// Can it be shown as it is? Line ends, escape sequences and marks of text direction would show another one, and two
  /// files alike.
  public var canBeShown: Bool { !text.unicodeScalars.contains { $0.steersTerminals } }
}
