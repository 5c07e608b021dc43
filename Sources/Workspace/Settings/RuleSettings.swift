package import Diagnostics

/// Which rules there are, and which of them are evaluated.
package struct RuleSettings {
  /// Folders with the user's rules.
  package var folders: [UserWord] = []
  /// Identities or names of the rules that are evaluated; all where it is empty.
  package var types: [UserWord] = []
  /// Identities or names of rules that are left out.
  package var ignored: [UserWord] = []
  /// The configuration file, for source lines.
  package var files: [SourceFile] = []

  /// Makes settings; without folders and identities those of the shipped rules, all of them.
  package init(folders: [UserWord] = [], files: [SourceFile] = []) {
    self.folders = folders
    self.files = files
  }
}
