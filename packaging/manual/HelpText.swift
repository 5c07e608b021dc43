/// The discussion of a command: paragraphs and displays; a heading in capitals is about the indented lines below it.
struct HelpText {
  /// A run of lines with the same purpose.
  enum Block: Equatable {
    case paragraph(String)
    /// Indented lines, which stay as they are.
    case display([String])
  }

  struct Section {
    let title: String
    var lines: [String] = []
  }

  /// What stands below no heading.
  private(set) var introduction: [Block] = []
  private(set) var sections: [Section] = []
  private var isInSection = false

  init(_ text: String) {
    var lines: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isIndented = line.first == " "
      if line.isEmpty || Self.isHeading(line) || lines.first.map({ $0.first == " " }) != isIndented {
        append(lines)
        lines = []
      }
      if Self.isHeading(line) {
        sections.append(Section(title: Self.plural(line)))
        isInSection = true
      } else if !line.isEmpty {
        lines.append(line)
      }
    }
    append(lines)
  }

  /// The lines below a heading.
  func section(_ title: String) -> [String] {
    sections.filter { $0.title == title }.flatMap(\.lines)
  }

  private mutating func append(_ lines: [Substring]) {
    guard let first = lines.first else { return }
    guard first.first == " " else {
      isInSection = false
      introduction.append(.paragraph(lines.joined(separator: " ")))
      return
    }
    let indentation = lines.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    let display = lines.map { String($0.dropFirst(indentation)) }
    if isInSection {
      sections[sections.count - 1].lines += display
    } else {
      introduction.append(.display(display))
    }
  }

  private static func isHeading(_ line: Substring) -> Bool {
    line.wholeMatch(of: /[A-Z]{2,}( [A-Z]+)*( --?[a-z-]+)?:?/) != nil
  }

  /// The name of the section of a manual page that a heading means.
  private static func plural(_ heading: Substring) -> String {
    let title = heading.hasSuffix(":") ? heading.dropLast() : heading
    return title == "EXAMPLE" ? "EXAMPLES" : String(title)
  }
}
