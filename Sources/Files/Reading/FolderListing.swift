package import Diagnostics

/// The files below a folder, and what of it could not be listed: one folder that cannot be read hides nothing of others.
package struct FolderListing {
  /// The files, sorted by bytes.
  package var files: [String]
  /// What could not be listed, and names that cannot be shown.
  package var mistakes: [Diagnostic] = []

  /// A listing of these files.
  package init(files: [String] = []) {
    self.files = files
  }
}

extension Diagnostic {
  /// A name that no report could show as it is.
  /// - Parameter path: the bytes of the path.
  static func cannotBeShown(_ path: [UInt8]) -> Diagnostic {
    let shown = path.map { byte in
      (0x20..<0x7f).contains(byte) && byte != UInt8(ascii: "\\")
        ? String(Unicode.Scalar(byte)) : "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return Diagnostic(
      id: "FILE007", "the name of the file '\(shown.joined())' cannot be shown", at: nil,
      reasons: ["it is not UTF-8, or has line ends, escape sequences or marks of text direction in it"],
      help: ["rename the file: reports would show another name, or two files alike"])
  }
}
