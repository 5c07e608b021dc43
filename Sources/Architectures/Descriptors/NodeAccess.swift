import Diagnostics
import LocatedYAML

extension Node {
  /// Where a key stands, if this is a mapping that has it.
  func keyRange(_ key: String) -> SourceRange? {
    entries?.first { $0.key.text == key }?.key.range
  }
}
