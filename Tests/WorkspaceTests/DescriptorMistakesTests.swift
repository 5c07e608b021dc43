import Diagnostics
import Testing

@testable import Workspace

/// Mistakes are kept once each, and say who else suffers.
struct DescriptorMistakesTests {
  private func mistake(_ message: String, in path: String) -> Diagnostic {
    Diagnostic(id: "X001", message, at: .startOfFile(path))
  }

  @Test func `one of a parent is said once, in whatever order it is met`() {
    for order in [["parent", "a", "b"], ["a", "parent", "b"], ["a", "b", "parent"]] {
      var mistakes = DescriptorMistakes()
      for file in order { mistakes.add(mistake("wrong", in: "parent"), in: FilePath(file)) }
      #expect(mistakes.all.count == 1)
      #expect(mistakes.all[0].notes.map(\.place.path) == ["a", "b"])
      #expect(mistakes.all[0].reasons.isEmpty)
    }
  }

  @Test func `many that extend it are counted`() {
    var mistakes = DescriptorMistakes()
    for number in 0..<1000 { mistakes.add(mistake("wrong", in: "parent"), in: FilePath("child\(number)")) }
    #expect(mistakes.all.map(\.notes.count) == [3])
    #expect(mistakes.all[0].reasons == ["997 more descriptors extend it and are not checked"])
  }

  @Test func `two files that are one to Unicode have a mistake each`() {
    var mistakes = DescriptorMistakes()
    for file in ["K", "\u{212A}"] { mistakes.add(mistake("wrong", in: file), in: FilePath(file)) }
    #expect(mistakes.all.count == 2)
    #expect(mistakes.all.filter { !$0.notes.isEmpty }.isEmpty)
  }

  @Test func `a parent that cannot be read is reason enough`() {
    var mistakes = DescriptorMistakes()
    mistakes.add(Diagnostic(id: "FILE003", "p is not UTF-8 text", at: .startOfFile("p")), in: FilePath("p"))
    let child = Diagnostic(id: "ARCH001", "it cannot be read", at: .startOfFile("c"), reasons: ["p is not UTF-8 text"])
    mistakes.add(child, in: FilePath("c"))
    #expect(mistakes.all.map(\.id) == ["FILE003"])
    #expect(mistakes.all[0].notes.map(\.place.path) == ["c"])
  }

  @Test func `what could not be read may be any of its variants, and extends in its own folder`() {
    var unread = UnreadDescriptors()
    unread.insert(file: FilePath("arches/arm64.yaml"))
    unread.insert(architecture: "toy-4k", of: FilePath("ports/toy.yaml"))
    for (name, isIt) in [
      ("arm64", true), ("arm64-4k", true), ("arm", false), ("arm64x", false), ("toy-4k", true),
      ("toy", false),
    ] {
      #expect(unread.mayBe(name) == isIt, "\(name)")
    }
    #expect(unread.mayExtend(FilePath("ports/other.yaml")) && !unread.mayExtend(FilePath("x/other.yaml")))
  }
}
