import Reports
import TestSupport
import Testing

/// Differences as `diff -u` shows them.
struct UnifiedDiffTests {
  @Test(arguments: [
    ("", "", ""),
    ("a\n", "a\n", ""),
    ("a\nb\n", "a\nc\n", "--- old\n+++ new\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"),
    ("", "a\n", "--- old\n+++ new\n@@ -0,0 +1 @@\n+a\n"),
    ("a\n", "", "--- old\n+++ new\n@@ -1 +0,0 @@\n-a\n"),
    ("a", "a\n", "--- old\n+++ new\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"),
    ("a\r\n", "a\n", "--- old\n+++ new\n@@ -1 +1 @@\n-a\r\n+a\n"),
  ])
  func `small differences`(old: String, new: String, text: String) {
    #expect(UnifiedDiff(old: old, new: new).text(oldName: "old", newName: "new") == text)
  }

  @Test func `distant differences are hunks of their own`() {
    let lines = (1...40).map { "\($0)\n" }
    var changed = lines
    changed[4] = "five\n"
    changed[30] = "thirty-one\n"
    let text = UnifiedDiff(old: lines.joined(), new: changed.joined()).text(oldName: "a", newName: "b")
    #expect(text.split(separator: "\n").filter { $0.hasPrefix("@@") } == ["@@ -2,7 +2,7 @@", "@@ -28,7 +28,7 @@"])
  }

  /// Whatever the texts: the difference, applied to the old one, gives the new one.
  @Test(arguments: 0..<200)
  func `what is shown leads from one to the other`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    func lines() -> [String] {
      (0..<Int.random(in: 0...30, using: &generator)).map { _ in "\(Int.random(in: 0...6, using: &generator))" }
    }
    let (old, new) = (lines(), lines())
    let diff = UnifiedDiff(old: old.map { $0 + "\n" }.joined(), new: new.map { $0 + "\n" }.joined())
    #expect(applied(diff.text(oldName: "a", newName: "b"), to: old) == new, "seed \(seed)")
  }

  private func applied(_ text: String, to old: [String]) -> [String] {
    var result: [String] = []
    var next = 0
    for line in text.split(separator: "\n").dropFirst(2) {
      if let match = line.firstMatch(of: #/^@@ -(\d+)(?:,(\d+))? /#) {
        let start = Int(match.1) ?? 0
        let first = match.2 == "0" ? start : start - 1
        result += old[next..<first]
        next = first
      } else if line.hasPrefix("+") {
        result.append(String(line.dropFirst()))
      } else {
        guard next < old.count, old[next] == line.dropFirst() else { return ["does not apply: \(line)"] }
        if line.hasPrefix(" ") { result.append(old[next]) }
        next += 1
      }
    }
    return result + old[next...]
  }
}
