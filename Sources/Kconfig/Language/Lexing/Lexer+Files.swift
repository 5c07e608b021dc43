import Diagnostics

/// Opening and including files.
extension Lexer {
  /// The identity of the message about a file that is not there.
  static let missingFile = "KCONFIG130"

  /// Opens the first file.
  mutating func open(_ path: String) throws(KconfigRejection) {
    guard let bytes = try read(path, at: nil) else {
      let text: [UInt8] = .text("can't find file ".utf8, path.utf8)
      throw log.rejection(KconfigMessage(.error, id: "KCONFIG130", text, at: nil))
    }
    file = try opened(path, bytes, at: nil)
  }

  /// Goes on in a file that a `source` statement names.
  mutating func include(_ path: String, _ span: TextSpan?) throws(KconfigRejection) {
    let place = statement
    guard let bytes = try read(path, at: place, span) else {
      throw log.rejection(
        KconfigMessage(
          .error, id: Self.missingFile, .text("can't open file \"".utf8, path.utf8, "\"".utf8), at: place, span: span,
          help: ["the name is taken from the top of the tree"]))
    }
    file.sourceLine = language.has(.statementLines) ? statementLine : file.line - 1
    guard includers.count < limits.includeDepth else {
      throw log.limit("files include one another too deep", at: place, span)
    }
    includers.append(file)
    if includers.contains(where: { $0.path == path }) { throw recursiveInclusion(of: path, span) }
    if language.has(.noRepeatedInclusion), let first = files.inclusion(of: path) {
      throw repeatedInclusion(of: path, first, at: place, span)
    }
    file = try opened(path, bytes, at: place)
  }

  private func read(
    _ path: String, at place: KconfigPlace?, _ span: TextSpan? = nil
  ) throws(KconfigRejection) -> [UInt8]? {
    do throws(Diagnostic) {
      return try sources.read(path)
    } catch {
      throw log.rejection(
        KconfigMessage(
          .error, id: error.id, Array(ascii: error.message), at: place, marked: ": error: ", span: span,
          help: error.help),
        status: 2)
    }
  }

  private mutating func opened(
    _ path: String, _ bytes: consuming [UInt8], at place: KconfigPlace?
  ) throws(KconfigRejection) -> OpenFile {
    var text = bytes
    bytesRead += text.count
    guard files.count < limits.files else { throw log.limit("more files than any kernel has", at: place) }
    guard bytesRead <= limits.bytes else { throw log.limit("more text than any kernel has", at: place) }
    if text.span.holdsNul, let index = text.firstIndex(of: 0) {
      let line = 1 + text[..<index].count { $0 == .newline }
      throw log.rejection(
        KconfigMessage(
          .error, id: "KCONFIG131", Array(ascii: "the file holds a NUL byte"), at: KconfigPlace(path: path, line: line),
          marked: ": error: ", help: ["is it a binary file?"]), status: 2)
    }
    text.append(0)
    let includer = includers.last?.id.map { FileTable.Includer(file: $0, line: statementLine) }
    let id = files.add(text, path: path, includedBy: includer)
    return OpenFile(bytes: text, name: names.intern(path), path: path, id: id)
  }

  /// Kernel: `file_lookup` in scripts/kconfig/util.c of v7.1.
  private func repeatedInclusion(
    of path: String, _ first: KconfigPlace, at place: KconfigPlace, _ span: TextSpan?
  ) -> KconfigRejection {
    let text = """
      \(place.path):\(place.line): error: repeated inclusion of \(path)
      \(first.path):\(first.line): note: location of first inclusion of \(path)

      """
    return log.rejection(
      KconfigMessage(
        .error, id: "KCONFIG133", exactly: Array(text.utf8), summary: Array("'\(path)' is included again".utf8),
        at: place, span: span, notes: [Diagnostic.Note("it was included here first", at: first.range)],
        help: ["from v7.1 on a file is included once"]))
  }

  private func recursiveInclusion(of path: String, _ span: TextSpan?) -> KconfigRejection {
    var chain = Array(includers.reversed())
    if !language.has(.statementLines), let last = chain.firstIndex(where: { $0.path == path }) {
      chain = Array(chain[...last])
    }
    var text = "Recursive inclusion detected.\nInclusion path:\n  current file : \(path)\n"
    for file in chain { text += "  included from: \(file.path):\(file.sourceLine)\n" }
    return log.rejection(
      KconfigMessage(
        .error, id: "KCONFIG132", exactly: Array(text.utf8), summary: Array("'\(path)' includes itself".utf8),
        at: chain.first.map { KconfigPlace(path: $0.path, line: $0.sourceLine) }, span: span))
  }
}

/// `source` with patterns, `rsource` (relative to the file), `osource` and `orsource` (nothing need match).
extension Lexer {
  /// Goes on in the files that match, in the order of their names.
  mutating func includeMatches(
    of pattern: String, _ statement: Token, _ span: TextSpan?
  ) throws(KconfigRejection) {
    let place = self.statement
    var pattern = pattern
    if statement == .rsource || statement == .orsource, let slash = file.path.lastIndex(of: "/") {
      pattern = file.path[...slash] + pattern
    }
    let matches: [String]
    do throws(Diagnostic) {
      matches = try sources.names(matching: pattern)
    } catch {
      throw log.rejection(
        KconfigMessage(.error, id: error.id, Array(ascii: error.message), at: place, marked: ": error: ", span: span),
        status: 2)
    }
    if matches.isEmpty, statement == .source || statement == .rsource { try include(pattern, span) }
    // Each file goes on where the one before it ends.
    for match in matches.reversed() { try include(match, span) }
  }
}
