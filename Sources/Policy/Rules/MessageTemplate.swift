package import Diagnostics

/// A text with `{placeholders}` out of a closed set.
package struct MessageTemplate: Sendable, Hashable {
  /// What a rule may show of its evidence.
  package enum Placeholder: String, Sendable, CaseIterable {
    /// The kernel's own sentence for the fault, with the address.
    case oops
    /// The operation: `clear_bit(PG_dcache_clean, …)`'s function name.
    case store
    /// Struct page index of the first violation.
    case index
    /// Number of struct pages of the HugeTLB page.
    case pages
    /// How many struct pages violate the rule.
    case count
    /// Their indices, shortened.
    case indices
    /// Kernel virtual address of the store, or of the struct page where there is none.
    case address
    /// HugeTLB page size.
    case hugepage
    /// Base page size.
    case page
    /// How the start state came about.
    case scenario
    /// Struct page whose contents the store really changes or the page shows.
    case alias
    /// `sizeof(struct page)`.
    case size
    /// Kernel version.
    case kernel
    /// The Kconfig symbol that the rule is about.
    case symbol
    /// Versions of which that symbol is the opt-in symbol.
    case versions
    /// The construct that was not understood.
    case construct
    /// The condition on the path, or nothing.
    case path
    /// Vmemmap pages that the HugeTLB page needs.
    case vmemmapPages = "vmemmap_pages"
    /// Live entries that were replaced.
    case replaced
    /// Live blocks that were split.
    case split
    /// Why the configuration has the feature, or has it not.
    case because
  }

  private enum Part: Sendable, Hashable {
    case text(String)
    case placeholder(Placeholder)
  }

  private let parts: [Part]

  /// Reads a template; an unknown placeholder is an error with its place.
  package init(_ text: EmbeddedText) throws(Diagnostic) {
    var parts: [Part] = []
    var (line, column) = (1, 1)
    var pending = ""
    var rest = text.text[...]
    while let character = rest.popFirst() {
      let start = SourcePosition(line: line, column: column)
      if character.isNewline { (line, column) = (line + 1, 0) }
      column += character.unicodeScalars.count
      guard character == "{" else {
        pending.append(character)
        continue
      }
      let name = String(rest.prefix { $0 != "}" && !$0.isNewline })
      rest = rest.dropFirst(name.count)
      column += name.unicodeScalars.count
      guard rest.popFirst() == "}" else {
        throw Diagnostic(
          id: "RULE004", "'{' without '}'",
          at: text.range(from: start, to: SourcePosition(line: line, column: column)))
      }
      column += 1
      guard let placeholder = Placeholder(rawValue: name) else {
        throw Diagnostic(
          id: "RULE004", "unknown placeholder '{\(name)}'",
          at: text.range(from: start, to: SourcePosition(line: line, column: column)),
          help: didYouMean(name, among: Placeholder.allCases.map(\.rawValue)))
      }
      if !pending.isEmpty { parts.append(.text(pending)) }
      pending = ""
      parts.append(.placeholder(placeholder))
    }
    if !pending.isEmpty { parts.append(.text(pending)) }
    self.parts = parts
  }

  /// The lines of the text with the placeholders filled in; a line whose placeholders are all empty is left out.
  package func lines(_ value: (Placeholder) -> String?) -> [String] {
    var lines: [String] = []
    var (current, hasPlaceholder, hasValue) = ("", false, false)
    func endLine() {
      if !current.isEmpty, hasValue || !hasPlaceholder { lines.append(current) }
      (current, hasPlaceholder, hasValue) = ("", false, false)
    }
    for part in parts {
      switch part {
      case .placeholder(let placeholder):
        hasPlaceholder = true
        if let text = value(placeholder), !text.isEmpty {
          hasValue = true
          current += text
        }
      case .text(let text):
        for (index, piece) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
          if index > 0 { endLine() }
          current += piece
        }
      }
    }
    endLine()
    return lines
  }
}
