import Diagnostics
import LocatedYAML
import TestSupport

/// A random valid document that knows where each of its scalars stands and what it means, without any parser.
struct RandomDocument {
  struct Scalar: Hashable {
    var start: SourcePosition
    var source: String
    var text: String
  }

  private(set) var text = ""
  private(set) var scalars: [Scalar] = []
  private var position = SourcePosition(line: 1, column: 1)
  private let lineEnd: String
  private var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    lineEnd = random.next() % 3 == 0 ? "\r\n" : "\n"
    if chance(4) { text = "\u{FEFF}" }
    if chance(4) { write("---" + lineEnd) }
    switch pick(4) {
    case 0:
      write(blanks(pick(3)))
      flow(depth: 0, indent: 1)
      write(lineEnd)
    case 1: block(sequence: true, indent: pick(3), depth: 0)
    default: block(sequence: false, indent: pick(3), depth: 0)
    }
  }

  // MARK: Collections

  private mutating func block(sequence: Bool, indent: Int, depth: Int) {
    for index in 0...pick(4) {
      // Not deeper than the keys, or they would belong to a block scalar before them.
      if chance(6) { write(blanks(pick(indent + 1)) + "# comment: 'x" + lineEnd) }
      if chance(8) { write(blanks(pick(indent + 1)) + lineEnd) }
      write(blanks(indent))
      if sequence { write("-") } else { key(index) }
      value(indent: indent, depth: depth, isEmptyAllowed: true)
    }
  }

  private mutating func value(indent: Int, depth: Int, isEmptyAllowed: Bool) {
    switch pick(depth < 4 ? 9 : 6) {
    case 0:
      record(source: "", text: "")
      write(chance(3) ? " # none" + lineEnd : lineEnd)
    case 1:
      write(blanks(1 + pick(2)))
      blockScalar(parent: indent)
    case 2, 3, 4:
      write(blanks(1 + pick(2)))
      flowScalar(indent: indent + 1, isInBrackets: false)
      write((chance(4) ? "  # note" : blanks(pick(2))) + lineEnd)
    case 5:
      write(" ")
      flow(depth: depth + 1, indent: indent + 1)
      write(lineEnd)
    default:
      write(lineEnd)
      block(sequence: chance(2), indent: indent + 1 + pick(3), depth: depth + 1)
    }
  }

  private mutating func flow(depth: Int, indent: Int) {
    let isMapping = chance(2)
    write(isMapping ? "{" : "[")
    for index in 0..<pick(4) {
      if index > 0 { write(",") }
      write(chance(5) ? lineEnd + blanks(indent) : blanks(pick(2)))
      if isMapping {
        key(index)
        write(" ")
      }
      if depth < 4, chance(4) {
        flow(depth: depth + 1, indent: indent)
      } else {
        flowScalar(indent: indent, isInBrackets: true)
      }
    }
    write(blanks(pick(2)) + (isMapping ? "}" : "]"))
  }

  private mutating func key(_ index: Int) {
    let name = ["k\(index)", "ключ\(index)", "K_\(index).x"][pick(3)]
    switch pick(3) {
    case 0: emit("'\(name)'", text: name)
    case 1: emit("\"\(name)\"", text: name)
    default: emit(name, text: name)
    }
    write(":")
  }

  // MARK: Scalars

  private static let plainWords = ["y", "0x10", "a:b", "é", "x#y", "-1", "4K", "𝒳", "p->q", "null", "it's"]
  private static let quotedWords = ["", "a", "#b", ": c", "&d", "*", "é", "𝒳y", "[", "}", ", -", "%", "!"]

  private mutating func flowScalar(indent: Int, isInBrackets: Bool) {
    let lines = 1 + (chance(5) ? pick(3) : 0)
    let fold = lineEnd + blanks(indent + 1)
    switch pick(3) {
    case 0:
      let words = (0..<lines).map { _ in Self.plainWords[pick(Self.plainWords.count)] }
      emit(words.joined(separator: fold), text: words.joined(separator: " "))
    case 1:
      let words = (0..<lines).map { _ in "w" + Self.quotedWords[pick(Self.quotedWords.count)] + "''" }
      let text = words.joined(separator: " ").replacing("''", with: "'")
      emit("'" + words.joined(separator: fold) + "'", text: text)
    default:
      let words = (0..<lines).map { _ in "w" + Self.quotedWords[pick(Self.quotedWords.count)] + "\\\"\\x41\\t\\u00e9" }
      let text = words.joined(separator: " ")
        .replacing("\\\"", with: "\"").replacing("\\x41", with: "A").replacing("\\t", with: "\t")
        .replacing("\\u00e9", with: "é")
      emit("\"" + words.joined(separator: fold) + "\"", text: text)
    }
  }

  private mutating func blockScalar(parent: Int) {
    let depth = 1 + pick(4)
    let isIndicated = chance(2)
    let chomping = ["", "-", "+"][pick(3)]
    // The first line starts with ink unless an indicator says how deep the content is.
    var lines = [(isIndicated ? blanks(pick(3)) : "") + "if (é) {"]
    for _ in 0..<pick(4) {
      lines.append(["", "  x->flags;", "# no comment", "}", "  \tab ", "𝒳:"][pick(6)])
    }
    lines.append("end")
    let header = "|" + (isIndicated ? "\(depth)" : "") + chomping
    let content = lines.map { $0.isEmpty ? "" : blanks(parent + depth) + $0 }
    let source = ([header] + content).joined(separator: lineEnd)
    let blankLines = pick(3)
    let trailing = chomping == "-" ? 0 : chomping == "+" ? 1 + blankLines : 1
    emit(source, text: lines.joined(separator: "\n") + String(repeating: "\n", count: trailing))
    write(lineEnd + String(repeating: lineEnd, count: blankLines))
    // Blank lines that are written later do not belong to a text that keeps its blank lines.
    if chomping == "+" { write("#" + lineEnd) }
  }

  // MARK: Writing

  private mutating func emit(_ source: String, text: String) {
    record(source: source, text: text)
    write(source)
  }

  private mutating func record(source: String, text: String) {
    scalars.append(Scalar(start: position, source: source, text: text))
  }

  private mutating func write(_ piece: String) {
    text += piece
    for scalar in piece.unicodeScalars {
      if scalar == "\n" {
        position = SourcePosition(line: position.line + 1, column: 1)
      } else {
        position.column += 1
      }
    }
  }

  private func blanks(_ count: Int) -> String {
    String(repeating: " ", count: count)
  }

  private mutating func pick(_ count: Int) -> Int {
    Int(random.next() % UInt64(count))
  }

  private mutating func chance(_ oneIn: Int) -> Bool {
    pick(oneIn) == 0
  }
}
