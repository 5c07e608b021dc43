import Diagnostics
import LocatedYAML
import TestSupport
import Testing

/// Random texts, with seeds that a failure prints as the test's argument.
@Suite struct RandomisedTests {
  @Test(arguments: [UInt64(1), 2, 3, 4])
  func placesAndTextsOfRandomDocuments(seed: UInt64) throws {
    for step in 0..<150 {
      let document = RandomDocument(seed: seed &* 1_000_003 &+ UInt64(step))
      let found = scalars(of: try LocatedYAML.parse(file(document.text)))
      let described = found.map { scalar in
        RandomDocument.Scalar(start: scalar.range.start, source: String(scalar.source), text: scalar.text)
      }
      let isSame = described == document.scalars
      try #require(isSame, "seed \(seed) step \(step):\n\(document.text)")
      let lines = editorLines(document.text)
      for scalar in found {
        let isVerbatim = text(at: scalar.range, in: lines) == String(scalar.source).replacing("\r\n", with: "\n")
        try #require(isVerbatim, "seed \(seed) step \(step): \(scalar)")
        try checkEmbedding(of: scalar, in: lines)
      }
    }
  }

  /// Each line of an embedded text stands in the file where it says, unless escapes are between.
  private func checkEmbedding(of scalar: Scalar, in lines: [[Unicode.Scalar]]) throws {
    let embedded = scalar.embeddedText
    let inner = editorLines(embedded.text)
    try #require(inner.count == embedded.lineStarts.count)
    if scalar.style == .literal { try #require(embedded.text == scalar.text) }
    guard scalar.style == .literal || scalar.style == .folded || scalar.style == .plain else { return }
    for (line, start) in zip(inner, embedded.lineStarts) {
      let place = SourceRange(
        path: path, start: start, end: SourcePosition(line: start.line, column: start.column + line.count))
      let isVerbatim = text(at: place, in: lines) == String(String.UnicodeScalarView(line))
      try #require(isVerbatim, "\(place)")
    }
  }

  @Test(arguments: [UInt64(11), 12, 13, 14])
  func randomBytesNeverCrash(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let length = Int.random(in: 0...60, using: &random)
      try check((0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }, seed)
    }
  }

  @Test(arguments: [UInt64(21), 22, 23, 24])
  func randomIndicatorsNeverCrash(seed: UInt64) throws {
    let pieces = [
      "- ", "? ", ": ", "[", "]", "{", "}", ",", "\n", "\n  ", "\r\n", "\r", "\t", "a", "b: ", "'", "\"", "\\", "|",
      ">",
      "|2-\n", "&a ", "*a ", "!t ", "!!str ", "<<: ", "#", " # ", "---\n", "...\n", "%TAG ! x\n---\n", "%YAML 1.1\n",
      "é",
      "\u{FEFF}", "\u{85}", "\u{0}", "~", "@", "`", "𝒳", "  ",
    ]
    var random = SeededGenerator(seed: seed)
    for _ in 0..<1000 {
      let count = Int.random(in: 1...25, using: &random)
      try check(Array((0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined().utf8), seed)
    }
  }

  @Test(arguments: [UInt64(31), 32, 33, 34])
  func mutatedDocumentsNeverCrash(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for step in 0..<200 {
      var bytes = Array(RandomDocument(seed: seed &* 999_983 &+ UInt64(step)).text.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let at = Int.random(in: 0...bytes.count, using: &random)
        let end = min(bytes.count, at + Int.random(in: 0...8, using: &random))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.removeSubrange(at..<end)
        case 1: bytes.insert(contentsOf: bytes[at..<end], at: Int.random(in: 0...bytes.count, using: &random))
        case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: at)
        default: bytes.insert(Array("\n[]{}:,&*!|>'\"%#-? \t".utf8).randomElement(using: &random) ?? 0, at: at)
        }
      }
      try check(bytes, seed)
    }
  }

  /// Either a tree whose places hold what they say, or mistakes whose places exist.
  private func check(_ bytes: [UInt8], _ seed: UInt64) throws {
    let decoded = String(decoding: bytes, as: UTF8.self)
    let lines = editorLines(decoded)
    switch Result(catching: { () throws(Diagnostics) in try LocatedYAML.parse(bytes: bytes, path: path) }) {
    case .success(let root):
      for scalar in scalars(of: root) {
        let isVerbatim = text(at: scalar.range, in: lines) == String(scalar.source).replacing("\r\n", with: "\n")
        try #require(isVerbatim, "seed \(seed): \(bytes)")
        let embedded = scalar.embeddedText
        try #require(editorLines(embedded.text).count == embedded.lineStarts.count, "seed \(seed): \(bytes)")
        for start in embedded.lineStarts {
          let place = SourceRange(path: path, start: start, end: start)
          try #require(isInside(place, lines), "seed \(seed): \(bytes) \(start)")
        }
      }
    case .failure(let mistakes):
      try #require(!mistakes.all.isEmpty, "seed \(seed): \(bytes)")
      for mistake in mistakes.all {
        let place = try #require(mistake.place)
        let exists = isInside(place, lines)
        try #require(exists, "seed \(seed): \(bytes) \(brief(mistake))")
        for note in mistake.notes {
          try #require(isInside(note.place, lines), "seed \(seed): \(bytes) \(note.message)")
        }
      }
    }
  }
}
