import Diagnostics

/// What a comment says about suppressing.
enum SuppressionComment {
  /// Prose.
  case none
  /// Something that looks like a suppression and is none.
  case misspelt(Diagnostic)
  /// A suppression of these rules.
  case suppression(rules: [String], until: CalendarDate, reason: String)

  private typealias Word = DirectiveScanner.Word

  /// Reads a comment.
  /// - Parameters:
  ///   - text: the comment without its delimiters.
  ///   - range: the place with them.
  /// - Throws: what is wrong with a suppression.
  init(_ text: EmbeddedText, at range: SourceRange, knowing rules: [Rule]) throws(Diagnostic) {
    let words = DirectiveScanner.words(of: text)
    guard let first = words.first else {
      self = .none
      return
    }
    if first.text == "hvocheck:", words.count > 1, words[1].text == "ignore" {
      self = try Self.suppression(words.dropFirst(2), at: range, knowing: rules)
    } else if Self.looksLikeSuppression(words) {
      self = .misspelt(Self.misspelt(at: range, "a suppression begins with 'hvocheck: ignore', a blank between them"))
    } else if text.text.lowercased().contains("hvocheck: ignore") {
      self = .misspelt(Self.misspelt(at: range, "a suppression stands at the start of its comment"))
    } else {
      self = .none
    }
  }

  /// A word that is, or is nearly, the tool's name.
  static func isNearlyName(_ word: some StringProtocol) -> Bool {
    let letters = word.lowercased().filter { $0.isLetter }
    return letters == name || closest(to: letters, among: [name]) != nil
  }

  private static let name = "hvocheck"
  private static let verbs = ["ignore", "ignores", "ignored", "suppress", "disable", "allow", "accept", "skip", "noqa"]

  private static func looksLikeSuppression(_ words: [Word]) -> Bool {
    let parts = words.prefix(2).map(\.text).joined(separator: " ").split { $0 == " " || $0 == ":" || $0 == "=" }
    guard let name = parts.first, isNearlyName(name) else { return false }
    // With the colon it can hardly be a sentence.
    if name == self.name, words[0].text.hasPrefix("hvocheck:") { return true }
    guard parts.count > 1 else { return false }
    return verbs.contains(parts[1].lowercased()) || closest(to: String(parts[1]), among: verbs) != nil
  }

  private static func misspelt(at range: SourceRange, _ reason: String) -> Diagnostic {
    FileRemark.misspeltSuppression.diagnostic(
      FileRemark.misspeltSuppression.title, at: range, reasons: [reason])
  }

  // MARK: the parts

  private static func suppression(
    _ words: ArraySlice<Word>, at range: SourceRange, knowing rules: [Rule]
  ) throws(Diagnostic) -> SuppressionComment {
    let named = words.prefix { !$0.text.contains("=") }
    let identities = try identities(named, at: range, knowing: rules)
    var until: CalendarDate?
    var reason: String?
    for word in words.dropFirst(named.count) {
      let parts = word.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let value = parts.count > 1 ? parts[1] : ""
      switch parts[0] {
      case "until" where until == nil: until = try date(value, word)
      case "reason" where reason == nil: reason = try quoted(value, word)
      case "until", "reason": throw invalid("'\(parts[0])' is given twice", at: word.range)
      default:
        throw invalid(
          "a suppression has no '\(parts[0])'", at: word.range, help: didYouMean(parts[0], among: ["until", "reason"]))
      }
    }
    guard let until else { throw invalid("the suppression does not say until when it holds", at: range) }
    guard let reason else { throw invalid("the suppression gives no reason", at: range) }
    return .suppression(rules: identities, until: until, reason: reason)
  }

  private static func identities(
    _ words: ArraySlice<Word>, at range: SourceRange, knowing rules: [Rule]
  ) throws(Diagnostic) -> [String] {
    var identities: [String] = []
    var isOpen = true
    for word in words {
      guard isOpen else { throw invalid("the rules of a suppression are separated by commas", at: word.range) }
      var parts = word.text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      isOpen = parts.last == "" && parts.count > 1
      if isOpen { parts.removeLast() }
      for part in parts {
        try check(part, at: word.range, knowing: rules)
        identities.append(part)
      }
    }
    guard !isOpen else { throw invalid("the suppression names no rule", at: words.last?.range ?? range) }
    return identities
  }

  private static func check(_ id: String, at range: SourceRange, knowing rules: [Rule]) throws(Diagnostic) {
    guard !rules.contains(where: { $0.id == id }) else { return }
    if FileRemark.all.contains(where: { $0.id == id }) {
      throw invalid("\(id) is about files and cannot be suppressed", at: range, help: ["remove it"])
    }
    let named = rules.first { $0.name == id }.map { ["write \($0.id)"] }
    throw invalid(
      "no rule '\(id)'", at: range,
      help: (named ?? didYouMean(id, among: rules.map(\.id))) + ["hvocheck rules list shows all"])
  }

  private static func date(_ text: String, _ word: Word) throws(Diagnostic) -> CalendarDate {
    guard let date = CalendarDate(text) else {
      throw invalid("'\(text)' is not a date such as 2027-03-31", at: word.range)
    }
    return date
  }

  private static func quoted(_ text: String, _ word: Word) throws(Diagnostic) -> String {
    var content = String.UnicodeScalarView()
    var isEscaped = false
    var rest = text.unicodeScalars[...]
    guard rest.popFirst() == "\"" else { throw invalid("the reason must stand in quotes", at: word.range) }
    while let scalar = rest.popFirst() {
      if scalar == "\"", !isEscaped {
        guard rest.isEmpty else { break }
        let reason = String(content)
        guard !reason.allSatisfy(\.isWhitespace) else { throw invalid("the reason is empty", at: word.range) }
        return reason.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      }
      isEscaped = scalar == "\\" && !isEscaped
      if !isEscaped { content.append(scalar) }
    }
    throw invalid("the quotes of the reason are not closed, or something follows them", at: word.range)
  }

  /// A suppression that is not to be understood.
  static func invalid(_ message: String, at range: SourceRange, help: [String] = []) -> Diagnostic {
    FileRemark.invalidSuppression.diagnostic(
      message, at: range, help: help.isEmpty ? ["write \(FileRemark.example)"] : help)
  }
}

extension FileRemark {
  /// The remark about a place.
  func diagnostic(
    _ message: String, at range: SourceRange?, reasons: [String] = [], notes: [Diagnostic.Note] = [],
    help: [String]? = nil
  ) -> Diagnostic {
    Diagnostic(
      severity, id: id, message, at: range, reasons: reasons, notes: notes, help: help ?? self.help)
  }
}
