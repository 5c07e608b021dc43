package import Diagnostics

/// A short digest of texts, by which two runs with the same rules are told from two with different ones. It protects
/// against nothing.
package enum Digest {
  /// FNV-1a, 64 bits, over paths and texts, as 16 hexadecimal digits.
  package static func of(_ files: [SourceFile]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for file in files {
      // A byte that no text contains keeps path and text apart.
      for text in [file.path, file.text] {
        for byte in Array(text.utf8) + [0] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      }
    }
    return hexadecimal(hash)
  }
}
