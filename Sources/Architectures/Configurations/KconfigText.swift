import Diagnostics
import Kconfig

/// A Kconfig file that is being written, which remembers for each line where a descriptor says the same.
struct KconfigText: Sendable {
  private(set) var text = ""
  private var origins: [SourceRange] = []

  /// Begins the entry of a symbol.
  mutating func entry(_ name: String, at range: SourceRange) {
    line("\nconfig \(name)", at: range)
  }

  /// Adds a line.
  /// - Parameter range: nil where it belongs to the line before.
  mutating func line(_ content: String, at range: SourceRange? = nil) {
    text += content + "\n"
    guard let range = range ?? origins.last else { return }
    origins += content.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { _ in range }
  }

  /// Adds a symbol without a prompt that is y where an expression is not n.
  mutating func bool(_ name: String, _ expression: String, at range: SourceRange) -> String {
    entry(name, at: range)
    line("\tdef_bool \(expression)")
    return name
  }

  /// Adds a symbol without a prompt that is y where an expression is y, and n where it is m: for C, which looks at
  /// CONFIG_X, m is not set.
  mutating func full(_ name: String, _ expression: String, at range: SourceRange) -> String {
    entry("\(name)-value", at: range)
    line("\tdef_tristate \(expression)")
    return bool(name, "\(name)-value = y", at: range)
  }

  /// Where the descriptor says what stands at a place of the file.
  func origin(of place: KconfigPlace) -> SourceRange? {
    origins.indices.contains(place.line - 1) ? origins[place.line - 1] : nil
  }
}

extension KconfigExpression {
  /// The expression as a Kconfig file has it. A reference to a macro is no text there, and so a dollar gets a backslash.
  var kconfigText: String { description.replacing("$", with: "\\$") }
}
