import Architectures
package import Diagnostics
import KernelC
import LocatedYAML

/// Finds the suppressions of a descriptor file: YAML comments, and comments of the C code in it.
package struct SuppressionReader: Sendable {
  private let rules: [Rule]

  /// A reader that knows these rules.
  package init(rules: [Rule]) {
    self.rules = rules
  }

  /// Reads the suppressions of descriptors; other files, and comments that are none, are left alone.
  /// - Throws: everything that is wrong with any of them, in text order.
  package func read(_ files: [SourceFile]) throws(Diagnostics) -> Suppressions {
    let (suppressions, mistakes) = readAll(files)
    guard mistakes.isEmpty else { throw Diagnostics(mistakes) }
    return suppressions
  }

  /// Reads the suppressions of descriptors, and says what is wrong with those that accept nothing therefore.
  package func readAll(_ files: [SourceFile]) -> (suppressions: Suppressions, mistakes: [Diagnostic]) {
    var suppressions = Suppressions()
    var problems: [Diagnostic] = []
    for file in files where Self.mayHaveSuppressions(file.text) {
      guard let root = try? LocatedYAML.parse(file), root["schema"]?.scalar?.text == DescriptorSchema.name else {
        continue
      }
      read(file, root, into: &suppressions, &problems)
    }
    return (suppressions, problems)
  }

  /// Most files have none, and need not be parsed again to know it.
  private static func mayHaveSuppressions(_ text: String) -> Bool {
    text.utf8.split { byte in
      !((UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "_"))
    }.contains { word in
      // Words that begin otherwise are too far away, and there are many of them.
      (6...11).contains(word.count) && (word.first.map { "hv".utf8.contains($0 | 0x20) } ?? false)
        && SuppressionComment.isNearlyName(Substring(word))
    }
  }

  private func read(
    _ file: SourceFile, _ root: Node, into suppressions: inout Suppressions, _ problems: inout [Diagnostic]
  ) {
    let contentLines = root.linesOfParts
    var comments = LocatedYAML.comments(in: file, root: root).map { comment in
      let line = comment.range.start.line
      let own = comment.isAlone ? contentLines.first { $0 > line } : line
      let parts = own.map { root.parts(startingOnLine: $0) } ?? []
      return (comment.text, comment.range, Self.union(parts))
    }
    for code in root.code {
      comments += CodeComment.all(in: code).map { ($0.text, $0.range, $0.statement) }
    }
    for (text, range, covers) in comments.sorted(by: { $0.1.start < $1.1.start }) {
      do throws(Diagnostic) {
        switch try SuppressionComment(text, at: range, knowing: rules) {
        case .none: break
        case .misspelt(let remark): suppressions.misspelt.append(remark)
        case .suppression(let identities, let until, let reason):
          guard let covers else {
            throw SuppressionComment.invalid(
              "the suppression covers nothing: no entry starts here", at: range,
              help: ["put it on the line where the entry starts, or alone above it"])
          }
          suppressions.all += identities.map {
            Suppression(rule: $0, until: until, reason: reason, range: range, covers: covers)
          }
        }
      } catch {
        problems.append(error)
      }
    }
  }

  private static func union(_ parts: [SourceRange]) -> SourceRange? {
    guard var whole = parts.first else { return nil }
    for part in parts { whole.end = max(whole.end, part.end) }
    return whole
  }
}

extension Node {
  /// The lines on which entries and items start, in order, each once.
  fileprivate var linesOfParts: [Int] {
    Array(Set(startsOfParts)).sorted()
  }

  private var startsOfParts: [Int] {
    switch content {
    case .scalar: []
    case .sequence(let items): items.flatMap { [$0.range.start.line] + $0.startsOfParts }
    case .mapping(let entries): entries.flatMap { [$0.key.range.start.line] + $0.value.startsOfParts }
    }
  }

  /// The pieces of C in a descriptor, wherever they stand: in the base or in variants.
  fileprivate var code: [EmbeddedText] {
    switch content {
    case .scalar: []
    case .sequence(let items): items.flatMap(\.code)
    case .mapping(let entries):
      entries.flatMap { entry -> [EmbeddedText] in
        guard ["body", "declarations"].contains(entry.key.text), let scalar = entry.value.scalar else {
          return entry.value.code
        }
        return [scalar.embeddedText]
      }
    }
  }
}
