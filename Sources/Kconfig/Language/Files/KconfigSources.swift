public import Diagnostics

/// The one way by which Kconfig files and `.config` files come in. Their bytes need not be UTF-8.
///
/// Who implements it decides which files a tree may reach: names come from the files themselves.
public protocol KconfigSources {
  /// Reads a file by the name that a `source` statement gives, relative to the top of the tree.
  /// - Returns: nil where there is no such file.
  /// - Throws: where there is one that may not or cannot be read.
  func read(_ path: String) throws(Diagnostic) -> [UInt8]?

  /// The names that match a pattern with `*` and `?`, sorted; asked for by dialects with patterns only.
  func names(matching pattern: String) throws(Diagnostic) -> [String]
}

extension KconfigSources {
  /// No pattern matches anything.
  public func names(matching pattern: String) throws(Diagnostic) -> [String] { [] }
}
