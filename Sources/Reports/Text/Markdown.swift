import Diagnostics

/// Texts as Markdown shows them literally: names and messages come from files that somebody else wrote.
enum Markdown {
  /// A name or a place, which cells of tables may hold: no mention, link or issue number begins in code.
  static func code(_ text: String) -> String {
    let text = text.printable.escaped { $0 == "|" ? "\\|" : nil }
    guard !text.isEmpty else { return "" }
    let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
    let needsPadding = text.hasPrefix("`") || text.hasSuffix("`") || (text.hasPrefix(" ") && text.hasSuffix(" "))
    return needsPadding ? "\(fence) \(text) \(fence)" : fence + text + fence
  }

  /// A sentence, which cells of tables may hold.
  static func sentence(_ text: String) -> String {
    let scalars = Array(text.printable.unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      // Between letters an underscore is one: flush_dcache_page() stays readable in a mail.
      case "_" where isWord(scalars, index - 1) && isWord(scalars, index + 1): result += "_"
      case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~": result += "\\" + String(scalar)
      // Neither a character reference, nor a mention or an issue number, which GitHub would make links of.
      case "&": result += "&amp;"
      case "@": result += "&#64;"
      case "#": result += "&#35;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func isWord(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    guard scalars.indices.contains(index) else { return false }
    return scalars[index].properties.isAlphabetic || scalars[index].properties.numericType != nil
  }

  /// Lines as they are.
  static func codeBlock(_ text: String) -> String {
    let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: text) + 1))
    return "\(fence)text\n\(text)\n\(fence)"
  }

  /// A table: each row has as many cells as the head.
  static func table(_ head: [String], _ rows: [[String]]) -> String {
    ([head, head.map { _ in "---" }] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }

  private static func longestRun(of character: Character, in text: String) -> Int {
    text.split(omittingEmptySubsequences: false) { $0 != character }.map(\.count).max() ?? 0
  }
}
