import Kconfig
import Testing

@testable import Policy

/// What tells one group of configurations from the others.
struct AssumptionsTests {
  private static let all: [[String: Tristate]] = [
    ["A": .y, "B": .y], ["A": .y, "B": .n], ["A": .n, "B": .y], ["A": .n, "B": .n],
  ]

  @Test(arguments: [
    ([0, 1, 2, 3], ""), ([0], "A=y, B=y"), ([0, 1], "A=y"), ([1, 3], "B=n"), ([0, 3], "A=y, B=y or A=n, B=n"),
    ([0, 1, 2], "A=y, B=y or A=y, B=n or A=n, B=y"),
  ])
  func `the shortest that tells them apart`(group: [Int], text: String) {
    #expect(Assumptions(of: group.map { Self.all[$0] }, among: Self.all).description == text)
  }

  /// {A=y, C=n} is missing: it may look like one of the others.
  @Test func `what is shared is not enough where combinations are missing`() {
    let all: [[String: Tristate]] = [
      ["A": .y, "B": .y, "C": .y], ["A": .y, "B": .n, "C": .n], ["A": .n, "B": .y, "C": .y],
    ]
    #expect(Assumptions(of: [all[0], all[1]], among: all).description == "A=y, B=y, C=y or A=y, B=n, C=n")
  }

  @Test func `many are counted`() {
    let all = (0..<8).map { number in
      Dictionary(uniqueKeysWithValues: (0..<3).map { ("S\($0)", number >> $0 & 1 == 1 ? Tristate.y : .n) })
    }
    let text = Assumptions(of: [0, 3, 5, 6].map { all[$0] }, among: all).description
    #expect(text.hasSuffix(" or 1 more"))
  }
}
