import Diagnostics
import Kconfig
import Testing

/// Syntax: what binds to what, and where everything stands.
@Suite struct ExpressionParsingTests {
  @Test(
    arguments: [
      ("A", "A"), (" A ", "A"), ("((A))", "A"), ("A&&!C||D=y", "A && !C || D = y"),
      ("A || B && C", "A || B && C"), ("(A || B) && C", "(A || B) && C"), ("A && (B && C)", "A && B && C"),
      ("A && (B || C)", "A && (B || C)"), ("!A = n", "!(A = n)"), ("!(A = n)", "!(A = n)"), ("!A && B", "!A && B"),
      ("!(A && B)", "!(A && B)"), ("!!A", "!!A"), ("!(!A)", "!!A"), ("A != B || C <= 0x10", "A != B || C <= 0x10"),
      ("A=\"y\"", "A = y"), ("A = 'it\"s'", "A = \"it\\\"s\""), ("A = \"a\\b\\\\\"", "A = \"ab\\\\\""),
      ("A = \"4096\"", "A = 4096"), ("A = ''", "A = \"\""), ("64BIT", "64BIT"), ("store.fault = write_to_ro", nil),
      ("A<B", "A < B"), ("A>B", "A > B"), ("A>=B", "A >= B"), ("A \\\n && B # note\n", "A && B"),
      ("A\n  && B\r\n", "A && B"), ("y", "y"), ("\"m\"", "m"), ("'text'", "\"text\""),
    ] as [(String, String?)])
  func canonicalText(text: String, expected: String?) throws {
    let expression = try parsed(text)
    #expect(expression.description == expected ?? text)
    #expect(try parsed(expression.description).description == expression.description)
  }

  @Test func operandsWithKindRoleAndPlace() throws {
    let expression = try parsed("A && store.fault = write_to_ro ||\n\"y\" != 4096 || m")
    let found = expression.operands.map { "\($0.text) \($0.kind) \($0.role) \(brief($0.range))" }
    #expect(
      found == [
        "A name truth 1:1-2",
        "store.fault name leftOfRelation 1:6-17",
        "write_to_ro name rightOfRelation 1:20-31",
        "y constant(Kconfig.KconfigTerm.tristate(Kconfig.Tristate.y)) leftOfRelation 2:1-4",
        "4096 constant(Kconfig.KconfigTerm.untyped(\"4096\")) rightOfRelation 2:8-12",
        "m constant(Kconfig.KconfigTerm.tristate(Kconfig.Tristate.m)) truth 2:16-17",
      ])
    #expect(expression.symbols.map(\.text) == ["A", "store.fault", "write_to_ro"])
    #expect(
      expression.comparisons.map { "\($0.left.text)\($0.relation.rawValue)\($0.right.text)" } == [
        "store.fault=write_to_ro", "y!=4096",
      ])
    #expect(brief(expression.range) == "1:1-2:17")
  }

  @Test func placesAreThoseOfTheFile() throws {
    let text = EmbeddedText(
      text: "A &&\nB = c", path: "rules.yaml",
      lineStarts: [SourcePosition(line: 7, column: 11), SourcePosition(line: 9, column: 5)])
    let expression = try KconfigExpression.parse(text)
    #expect(expression.operands.map { brief($0.range) } == ["7:11-12", "9:5-6", "9:9-10"])
    #expect(brief(expression.range) == "7:11-9:10")
    #expect(expression.range.path == "rules.yaml")
  }

  @Test(arguments: [
    ("", "KCONFIG007", "1:1-1"), ("  # only a comment", "KCONFIG007", "1:1-1"),
    ("A == y", "KCONFIG002", "1:3-5"), ("A === y", "KCONFIG002", "1:3-6"), ("A !== y", "KCONFIG002", "1:3-6"),
    ("A => B", "KCONFIG002", "1:3-5"), ("A =< B", "KCONFIG002", "1:3-5"), ("A <> B", "KCONFIG002", "1:3-5"),
    ("A & B", "KCONFIG001", "1:3-4"), ("A | B", "KCONFIG001", "1:3-4"), ("~A", "KCONFIG001", "1:1-2"),
    ("A-B", "KCONFIG001", "1:2-3"), ("A && é", "KCONFIG001", "1:6-7"), ("é = $(X)", "KCONFIG001", "1:1-2"),
    ("A + B", "KCONFIG001", "1:3-4"), ("A \\ B", "KCONFIG001", "1:3-4"),
    ("A = \"b", "KCONFIG003", "1:5-7"), ("A = 'b\n'", "KCONFIG003", "1:5-7"), ("A = \"b\\\"", "KCONFIG003", "1:5-9"),
    ("A &&", "KCONFIG004", "1:3-5"), ("A && (B ||  ", "KCONFIG004", "1:9-11"), ("&& A", "KCONFIG004", "1:1-3"),
    ("A || && B", "KCONFIG004", "1:6-8"), ("!", "KCONFIG004", "1:1-2"), ("(", "KCONFIG004", "1:1-2"),
    ("()", "KCONFIG004", "1:2-3"), ("A =", "KCONFIG004", "1:3-4"), ("= A", "KCONFIG004", "1:1-2"),
    ("A = && B", "KCONFIG004", "1:5-7"), ("A = = B", "KCONFIG004", "1:5-6"), ("A = )", "KCONFIG004", "1:5-6"),
    ("A B", "KCONFIG005", "1:3-4"), ("A and B", "KCONFIG005", "1:3-6"), ("A !B", "KCONFIG005", "1:3-4"),
    ("A (B)", "KCONFIG005", "1:3-4"), ("(A) \"b\"", "KCONFIG005", "1:5-8"), ("A = B C", "KCONFIG005", "1:7-8"),
    ("A)", "KCONFIG006", "1:2-3"), ("(A", "KCONFIG006", "1:1-2"), ("A && ((B)\n|| C", "KCONFIG006", "1:6-7"),
    ("A && CONFIG_B", "KCONFIG008", "1:6-14"), ("CONFIG_ = y", "KCONFIG008", "1:1-8"),
    ("A = CONFIG_B", "KCONFIG008", "1:5-13"),
    ("A = B = C", "KCONFIG009", "1:7-8"), ("A < B <= C", "KCONFIG009", "1:7-9"), ("(A) = y", "KCONFIG009", "1:5-6"),
    ("(A = B) != C", "KCONFIG009", "1:9-11"), ("A = (B)", "KCONFIG009", "1:5-6"), ("A = !B", "KCONFIG009", "1:5-6"),
  ])
  func mistakes(text: String, id: String, place: String) {
    let found = mistake(embedded(text))
    #expect(found?.id == id)
    #expect(brief(found?.place) == place)
    #expect(found.map { !$0.help.isEmpty || !$0.reasons.isEmpty } == true)
  }

  @Test(arguments: [
    ("A == y", "equality is '='"), ("A & B", "'and' is '&&'"), ("A | B", "'or' is '||'"),
    ("A and B", "'and' is '&&'"), ("A or B", "'or' is '||'"), ("CONFIG_HUGETLB_PAGE", "write 'HUGETLB_PAGE'"),
    ("A = B = C", "write two comparisons and join them with '&&'"), ("(A", "close it with ')'"),
  ])
  func mistakesSayWhatWasMeant(text: String, help: String) {
    #expect(mistake(embedded(text))?.help == [help])
  }

  @Test func mistakesStandInTheFileThatHoldsTheText() {
    let text = EmbeddedText(
      text: "A &&\n CONFIG_B", path: "rules.yaml",
      lineStarts: [SourcePosition(line: 3, column: 9), SourcePosition(line: 4, column: 9)])
    #expect(brief(mistake(text)?.place) == "4:10-18")
  }

  @Test(arguments: ["(", "!", "!(", "A && (", "A || !("])
  func deepNestingIsRefusedWithoutRecursion(opening: String) {
    #expect(mistake(embedded(String(repeating: opening, count: 200_000)))?.id == "KCONFIG010")
  }

  @Test func exactlyTheLimitIsAccepted() throws {
    let limit = KconfigExpression.deepestNesting
    let open = String(repeating: "(!", count: limit / 2)
    let close = String(repeating: ")", count: limit / 2)
    #expect(try parsed(open + "A" + close).description == String(repeating: "!", count: limit / 2) + "A")
    #expect(brief(mistake(embedded(open + "!A" + close))?.place) == "1:\(limit + 1)-\(limit + 2)")
    let besideEachOther = Array(repeating: "!(A)", count: limit).joined(separator: " && ")
    #expect(try parsed(besideEachOther).operands.count == limit)
  }
}
