import Diagnostics

/// Opening and including files.
extension Lexer {
  /// Opens the first file.
  mutating func open(_ path: String) throws(KconfigRejection) {
    guard let bytes = try read(path, at: nil) else {
      let text: [UInt8] = .text("can't find file ".utf8, path.utf8)
      throw log.rejection(KconfigMessage(.error, id: "KCONFIG130", text, at: nil))
    }
    file = try opened(path, bytes, at: nil)
  }

  /// Goes on in a file that a `source` statement names.
  mutating func include(_ path: String) throws(KconfigRejection) {
    let place = statement
    guard let bytes = try read(path, at: place) else {
      throw log.rejection(
        KconfigMessage(
          .error, id: "KCONFIG130", .text("can't open file \"".utf8, path.utf8, "\"".utf8), at: place,
          help: ["the name is taken from the top of the tree"]))
    }
    file.sourceLine = profile.choices == .choiceSymbol ? file.line - 1 : statementLine
    guard includers.count < limits.includeDepth else {
      throw log.limit("files include one another too deep", at: place)
    }
    includers.append(file)
    if includers.contains(where: { $0.path == path }) { throw recursiveInclusion(of: path) }
    file = try opened(path, bytes, at: place)
  }

  private func read(_ path: String, at place: KconfigPlace?) throws(KconfigRejection) -> [UInt8]? {
    do throws(Diagnostic) {
      return try sources.read(path)
    } catch {
      throw log.rejection(
        KconfigMessage(
          .error, id: error.id, Array(ascii: error.message), at: place, marked: ": error: ", help: error.help),
        status: 2)
    }
  }

  private mutating func opened(
    _ path: String, _ bytes: consuming [UInt8], at place: KconfigPlace?
  ) throws(KconfigRejection) -> OpenFile {
    var text = bytes
    bytesRead += text.count
    guard texts.count < limits.files else { throw log.limit("more files than any kernel has", at: place) }
    guard bytesRead <= limits.bytes else { throw log.limit("more text than any kernel has", at: place) }
    if let index = text.firstIndex(of: 0) {
      let line = 1 + text[..<index].count { $0 == .newline }
      throw log.rejection(
        KconfigMessage(
          .error, id: "KCONFIG131", Array(ascii: "the file holds a NUL byte"), at: KconfigPlace(path: path, line: line),
          marked: ": error: ", help: ["is it a binary file?"]), status: 2)
    }
    text.append(0)
    texts.append(text)
    let name = names.intern(path)
    if knownPaths.insert(name).inserted { paths.append(name) }
    return OpenFile(bytes: text, name: name, path: path, number: Int32(texts.count - 1))
  }

  private func recursiveInclusion(of path: String) -> KconfigRejection {
    var chain = Array(includers.reversed())
    if profile.choices == .choiceSymbol, let last = chain.firstIndex(where: { $0.path == path }) {
      chain = Array(chain[...last])
    }
    var text = "Recursive inclusion detected.\nInclusion path:\n  current file : \(path)\n"
    for file in chain { text += "  included from: \(file.path):\(file.sourceLine)\n" }
    return log.rejection(
      KconfigMessage(
        .error, id: "KCONFIG132", exactly: Array(text.utf8), summary: Array("'\(path)' includes itself".utf8),
        at: chain.first.map { KconfigPlace(path: $0.path, line: $0.sourceLine) }))
  }
}

/// `source` with patterns, `rsource` (relative to the file), `osource` and `orsource` (nothing need match).
extension Lexer {
  /// Goes on in the files that match, in the order of their names.
  mutating func includeMatches(of pattern: String, _ statement: Token) throws(KconfigRejection) {
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
        KconfigMessage(.error, id: error.id, Array(ascii: error.message), at: place, marked: ": error: "), status: 2)
    }
    if matches.isEmpty, statement == .source || statement == .rsource { try include(pattern) }
    // Each file goes on where the one before it ends.
    for match in matches.reversed() { try include(match) }
  }
}
