import Diagnostics
import Kconfig
import Testing

/// Values of expressions, with and without unknown symbols.
@Suite struct ExpressionEvaluationTests {
  /// `n`, `m`, `y`, or `?` with the names that prevented the decision.
  private func value(_ text: String, _ terms: [String: KconfigTerm]) throws -> String {
    switch try parsed(text).evaluate({ terms[$0.text] }) {
    case .value(let value): value.letter
    case .undecided(let names): "? " + names.map(\.text).joined(separator: " ")
    }
  }

  private func terms(_ letters: [(String, String)]) -> [String: KconfigTerm] {
    var terms: [String: KconfigTerm] = [:]
    for (name, letter) in letters { terms[name] = Tristate(letter: letter).map { .tristate($0) } }
    return terms
  }

  @Test(arguments: [
    // A, B, A && B, A || B
    ("n", "n", "n", "n"), ("n", "m", "n", "m"), ("n", "y", "n", "y"), ("n", "?", "n", "? B"),
    ("m", "n", "n", "m"), ("m", "m", "m", "m"), ("m", "y", "m", "y"), ("m", "?", "? B", "? B"),
    ("y", "n", "n", "y"), ("y", "m", "m", "y"), ("y", "y", "y", "y"), ("y", "?", "? B", "y"),
    ("?", "n", "n", "? A"), ("?", "m", "? A", "? A"), ("?", "y", "? A", "y"), ("?", "?", "? A B", "? A B"),
  ])
  func andAndOr(a: String, b: String, and: String, or: String) throws {
    let terms = terms([("A", a), ("B", b)])
    #expect(try value("A && B", terms) == and)
    #expect(try value("A || B", terms) == or)
  }

  @Test(arguments: [("n", "y"), ("m", "m"), ("y", "n"), ("?", "? A")])
  func not(a: String, expected: String) throws {
    #expect(try value("!A", terms([("A", a)])) == expected)
  }

  @Test(arguments: [
    ("A", "n"), ("A = y", "y"), ("A = n", "n"), ("A != m", "y"), ("A > n", "y"), ("A < m", "n"),
  ])
  func unknownOperandsLeaveComparisonsUndecided(text: String, whenY: String) throws {
    #expect(try value(text, [:]) == "? A")
    if text.contains(" ") { #expect(try value(text, ["A": .tristate(.y)]) == whenY) }
    #expect(try value("n && \(text)", [:]) == "n")
    #expect(try value("y || \(text)", [:]) == "y")
  }

  @Test(arguments: [
    ("A && B || C = d", "? A B C d"), ("A = B || A", "? A B"), ("(n && A) || B", "? B"), ("(y || A) && !B", "? B"),
    ("K && A", "? A"), ("(A || y) && (B && n || C)", "? C"), ("K = A", "? A"), ("A || A || A", "? A"),
  ])
  func onlyWhatPreventedTheDecisionIsNamed(text: String, expected: String) throws {
    #expect(try value(text, ["K": .tristate(.y)]) == expected)
  }

  @Test func theCauseIsNamedAtItsFirstPlaceThatMattered() throws {
    let truth = try parsed("n && A || y && A || A").evaluate { _ in nil }
    guard case .undecided(let names) = truth else {
      Issue.record("decided: \(truth)")
      return
    }
    #expect(names.map { brief($0.range) } == ["1:16-17"])
  }

  @Test(arguments: [
    // Numbers where both sides are numbers, by the type of each side.
    (KconfigTerm.untyped("10"), KconfigTerm.untyped("9"), 1), (.string("10"), .string("9"), -1),
    (.string("10"), .untyped("9"), 1), (.int("10"), .int("9"), 1), (.int("010"), .untyped("010"), 1),
    (.int("-1"), .int("1"), -1), (.hex("0xff"), .untyped("255"), 0), (.hex("FF"), .int("255"), 0),
    (.untyped("0x10"), .untyped("16"), 0), (.untyped("010"), .untyped("8"), 0), (.untyped("08"), .untyped("8"), -1),
    (.hex("0x1"), .int("-1"), -1), (.hex("ffffffffffffffff"), .int("-1"), 0), (.untyped(" 5"), .untyped("+5"), 0),
    (.int("9223372036854775807"), .int("-9223372036854775808"), 1),
    (.int("9223372036854775808"), .int("9223372036854775807"), 1), (.int("99999999999999999999"), .int("2"), 1),
    (.hex("10000000000000000"), .hex("2"), -1),
    // n, m and y are 0, 1 and 2.
    (.tristate(.y), .tristate(.m), 1), (.tristate(.n), .tristate(.m), -1), (.tristate(.y), .untyped("2"), 0),
    (.tristate(.y), .string("y"), 0), (.tristate(.m), .untyped("text"), -1), (.tristate(.y), .untyped("no"), 1),
    // Text otherwise, byte by byte.
    (.untyped("abc"), .untyped("abd"), -1), (.untyped(""), .untyped(""), 0), (.untyped("0x"), .untyped("0"), 1),
    (.int("10k"), .int("9"), -1), (.untyped("é"), .untyped("e\u{301}"), 1), (.untyped("Z"), .untyped("a"), -1),
    (.int(""), .int("0"), -1), (.untyped("5 "), .untyped("5"), 1),
  ])
  func comparisons(left: KconfigTerm, right: KconfigTerm, order: Int) {
    #expect(left.holds(.equal, right) == (order == 0))
    #expect(left.holds(.notEqual, right) == (order != 0))
    #expect(left.holds(.less, right) == (order < 0))
    #expect(left.holds(.lessOrEqual, right) == (order <= 0))
    #expect(left.holds(.greater, right) == (order > 0))
    #expect(left.holds(.greaterOrEqual, right) == (order >= 0))
    #expect(right.holds(.less, left) == (order > 0))
    #expect(right.holds(.equal, left) == (order == 0))
  }

  /// Cases of the kernel's own `conf`: a symbol of no type has its name as text and is n.
  @Test(arguments: [
    ("UNDEF = \"UNDEF\"", "y"), ("UNDEF = n", "n"), ("UNDEF != y", "y"), ("UNDEF = \"\"", "n"), ("UNDEF", "n"),
    ("!UNDEF", "y"), ("5 < 10", "y"), ("abc < abd", "y"), ("\"\" = \"\"", "y"), ("A = \"y\"", "y"), ("A = S", "y"),
    ("S = y", "y"), ("S", "n"), ("A = m", "n"), ("A != m", "y"), ("\"text\"", "n"), ("5", "n"), ("M", "m"),
    ("!M", "m"), ("M || !M", "m"), ("M = m", "y"), ("!M = m", "n"), ("A && !UNDEF || n", "y"),
  ])
  func valuesOfTheKernelsOwnTool(text: String, expected: String) throws {
    let terms: [String: KconfigTerm] = [
      "A": .tristate(.y), "M": .tristate(.m), "S": .string("y"), "UNDEF": .untyped("UNDEF"), "abc": .untyped("abc"),
      "abd": .untyped("abd"),
    ]
    #expect(try value(text, terms) == expected)
  }

  @Test func constantsAreNotAskedFor() throws {
    var asked: [String] = []
    _ = try parsed("A && y || \"m\" = 5 || b = 'c'").evaluate { operand in
      asked.append(operand.text)
      return .tristate(.n)
    }
    #expect(asked == ["A", "b"])
  }

  @Test(.timeLimit(.minutes(1)), arguments: [" && ", " || "])
  func longChainsTakeLinearTime(joint: String) throws {
    let count = 200_000
    let text = Array(repeating: "A", count: count).joined(separator: joint)
    let expression = try parsed(text)
    #expect(expression.operands.count == count)
    #expect(expression.evaluate { _ in .tristate(.m) } == .value(.m))
    #expect(expression.description == text)
    guard case .undecided(let names) = expression.evaluate({ _ in nil }) else {
      Issue.record("decided without values")
      return
    }
    #expect(names.map { brief($0.range) } == ["1:1-2"])
  }

  @Test(
    arguments: [
      ("n", Tristate.n), ("m", .m), ("y", .y), ("Y", nil), ("", nil), ("yes", nil),
    ] as [(String, Tristate?)])
  func letters(text: String, expected: Tristate?) {
    #expect(Tristate(letter: text) == expected)
    if let expected { #expect(expected.letter == text) }
  }
}
