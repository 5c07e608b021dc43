package import Diagnostics

/// Reads YAML text into a tree whose keys and values carry their places.
///
/// The accepted language is the part of YAML 1.1 that says what it shows: one document, no anchors, aliases, merge
/// keys, tags or duplicate keys. All mistakes of a file are reported together where the text allows to go on.
package enum LocatedYAML {
  /// The largest accepted document in bytes.
  package static let largestDocument = 4 * 1024 * 1024
  /// How many collections may lie inside each other.
  package static let deepestNesting = 64
  /// After so many mistakes the reader gives up.
  package static let mostMistakes = 50

  /// Reads a document from text that is known to be Unicode.
  ///
  /// A byte order mark is skipped and takes no column.
  /// - Complexity: O(length of the text)
  /// - Throws: at least one and at most `mostMistakes` + 1 diagnostics in text order, each with a place.
  package static func parse(_ file: SourceFile) throws(Diagnostics) -> Node {
    let size = file.text.utf8.count
    guard size <= largestDocument else { throw Diagnostics([.tooLarge(size, path: file.path)]) }
    let text: CheckedText
    do {
      text = try CheckedText(file)
    } catch {
      throw Diagnostics([error])
    }
    var builder = TreeBuilder(text)
    return try builder.build()
  }

  /// Reads a document from the bytes of a file; refuses bytes that are not UTF-8.
  /// - Complexity: O(number of bytes)
  /// - Throws: at least one and at most `mostMistakes` + 1 diagnostics in text order, each with a place.
  package static func parse(bytes: [UInt8], path: String) throws(Diagnostics) -> Node {
    guard bytes.count <= largestDocument else { throw Diagnostics([.tooLarge(bytes.count, path: path)]) }
    let text: String
    do {
      text = try decodedUTF8(bytes, path: path)
    } catch {
      throw Diagnostics([error])
    }
    return try parse(SourceFile(path: path, text: text))
  }
}
