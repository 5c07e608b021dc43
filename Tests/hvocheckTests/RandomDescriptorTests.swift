import TestSupport
import Testing

/// Damaged descriptors: whatever is in a file, the tool ends with one of its exit codes and says why.
struct RandomDescriptorTests {
  static let values = [
    "0", "1", "-1", "18446744073709551615", "18446744073709551616", "0x8000000000000000", "16E", "1", "4K", "2M", "1G",
    "64G", "null", "''", "[]", "{}", "y", "none", "[PTE]", "\"\\u0000\"", "63", "64", "12", "!", "HUGETLBFS && (",
    "page->flags = 0;", "while (1) ;", "for (;;) { clear_bit(0, &page->flags); }", "((((((((((1))))))))))",
  ]

  static func damaged(_ text: String, using generator: inout SeededGenerator) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for _ in 0..<Int.random(in: 1...2, using: &generator) {
      let index = Int.random(in: 0..<lines.count, using: &generator)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: lines.remove(at: index)
      case 1: lines.insert(lines[index], at: index)
      case 2: lines.swapAt(index, Int.random(in: 0..<lines.count, using: &generator))
      case 3:
        let value = values.randomElement(using: &generator) ?? ""
        if let colon = lines[index].firstIndex(of: ":") { lines[index] = lines[index][...colon] + " " + value }
      case 4:
        // A number becomes another one.
        let value = values.randomElement(using: &generator) ?? ""
        if let range = lines[index].firstRange(of: /\b(0x[0-9a-f]+|[0-9]+[KMGT]?)\b/) {
          lines[index].replaceSubrange(range, with: value)
        }
      default:
        let position = Int.random(in: 0...lines[index].count, using: &generator)
        let mark = "{]:#\t&é\"".randomElement(using: &generator).map(String.init) ?? ""
        lines[index] = lines[index].prefix(position) + mark + lines[index].dropFirst(position)
      }
      if lines.isEmpty { lines = [""] }
    }
    return lines.joined(separator: "\n")
  }

  @Test(arguments: UInt64(0)..<16)
  func `a damaged descriptor is refused, checked or failed, never a crash`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    let bases = try [Ports.toy(selects: [Ports.optIn]), Repository.text("arches/x86_64.yaml")]
    for round in 0..<12 {
      let text = Self.damaged(bases[round % 2], using: &generator)
      try folder.write("port.yaml", text)
      let result = try Tool.run(["check", "port.yaml"], in: folder)
      let what = "seed \(seed), round \(round): status \(result.status), signal \(result.signal)\n\(text)"
      #expect([0, 1, 2].contains(result.status), "\(what)\n\(result.errors)")
      #expect((result.status == 2) == (result.output == ""), "\(what)")
      #expect((result.status == 2) == result.errors.contains("error: "), "\(what)")
    }
  }
}
