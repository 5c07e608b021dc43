package import Diagnostics

/// Which rules there are, and which of them are evaluated.
package struct RuleSettings {
  /// Folders with the user's rules.
  var folders: [Given] = []
  /// Identities or names of the rules that are evaluated; all where it is empty.
  var types: [Given] = []
  /// Identities or names of rules that are left out.
  var ignored: [Given] = []
  /// The configuration file, for source lines.
  var files: [SourceFile] = []
}
