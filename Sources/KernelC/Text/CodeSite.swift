package import Diagnostics

/// A place in a routine's text by what is written there, so that it is known again after edits elsewhere.
package struct CodeSite: Hashable, Sendable {
  /// The text, its blanks and line ends as single blanks: `clear_bit(PG_dcache_clean, &page->flags)`.
  package var text: String
  /// Which of the places with the same tokens it is, from 1, in text order, the declarations first.
  package var number: Int

  /// Makes a site.
  package init(text: String, number: Int) {
    self.text = text
    self.number = number
  }
}

/// Finds the sites of one routine; its text is taken apart once.
package struct CodeSites: Sendable {
  private let texts: [(text: EmbeddedText, tokens: [(text: String, start: SourcePosition)])]

  /// Takes the text of a routine apart. Comments are no part of it.
  package init(of routine: Routine) {
    texts = [routine.declarations, routine.body].compactMap { $0 }.map { code in
      var lexer = Lexer(code.text, text: 0)
      let tokens = lexer.tokens().filter { $0.kind != .end }.map { token in
        (
          token.text,
          code.position(of: SourcePosition(line: Int(token.place.startLine), column: Int(token.place.startColumn)))
        )
      }
      return (code, tokens)
    }
  }

  /// The site of a range; nil where it does not start in the routine.
  /// - Complexity: O(tokens of the routine × tokens of the range)
  package func site(at range: SourceRange) -> CodeSite? {
    var number = 1
    for (position, (code, tokens)) in texts.enumerated() {
      guard let text = code.text(at: range), let first = tokens.firstIndex(where: { $0.start >= range.start }) else {
        continue
      }
      let wanted = tokens[first...].prefix { $0.start < range.end }.map(\.text)
      for earlier in texts[..<position] { number += earlier.tokens.map(\.text).occurrences(of: wanted) }
      number += tokens[..<first].map(\.text).occurrences(of: wanted)
      return CodeSite(text: text, number: number)
    }
    return nil
  }
}

extension [String] {
  fileprivate func occurrences(of wanted: [String]) -> Int {
    guard let head = wanted.first, count >= wanted.count else { return 0 }
    return (0...(count - wanted.count)).count { start in
      self[start] == head && self[start..<start + wanted.count].elementsEqual(wanted)
    }
  }
}
