import Testing

@testable import Kconfig

/// Values that are told apart by comparisons with one another, or by the order of texts.
struct ComparedValuesTests {
  private static let kconfig = """
    config K
    \tint "k"
    config L
    \tint "l"
    config M
    \tint "m"
    config X
    \thex "x"
    config C
    \tstring "c"
    config C2
    \tstring "c2"
    config B
    \tbool "b"

    """

  /// Conditions, each in a tree of its own, and values that give them.
  @Test(arguments: [
    ("K > L && L > 5", "CONFIG_K=7\nCONFIG_L=6\n"),
    ("M = L && M > K && K > 3", "CONFIG_K=4\nCONFIG_L=5\nCONFIG_M=5\n"),
    ("K != L && K > L && X > K", "CONFIG_K=10\nCONFIG_L=5\nCONFIG_X=0x20\n"),
    ("K > L && L > M && M > 7 && K < 11", "CONFIG_K=10\nCONFIG_L=9\nCONFIG_M=8\n"),
    ("C > \"a\" && C < \"b\"", "CONFIG_C=\"aa\"\n"), ("C > \"abc\" && C < \"abd\"", "CONFIG_C=\"abcc\"\n"),
    ("C > \"zzz\"", "CONFIG_C=\"zzzz\"\n"), ("C < \"a\" && C != \"\"", "CONFIG_C=\"A\"\n"),
    ("C >= \"5\" && C < \"6\" && C != \"5\"", "CONFIG_C=\"5a\"\n"),
    ("C > C2 && C2 > \"q\"", "CONFIG_C=\"s\"\nCONFIG_C2=\"r\"\n"),
    ("K > C && C > \"3\"", "CONFIG_C=\"4\"\nCONFIG_K=5\n"), ("C = K && C != 0", "CONFIG_C=\"5\"\nCONFIG_K=5\n"),
    ("C > K && K > 100 && C < 103 && C != 102", "CONFIG_C=\"102a\"\nCONFIG_K=101\n"),
    ("X = K && X > 10", "CONFIG_X=0xb\nCONFIG_K=11\n"),
    ("X > 0xfffffffffffffffe", "CONFIG_X=0xffffffffffffffff\n"),
    ("K > B && B = y && K < 4", "CONFIG_K=3\nCONFIG_B=y\n"),
    ("C != C2 && C != \"\" && C2 != \"\" && C != \"a\" && C2 != \"a\"", "CONFIG_C=\"x\"\nCONFIG_C2=\"z\"\n"),
  ])
  func whatSomeValuesGiveIsReachable(condition: String, configuration: String) throws {
    let model = try ReachabilityTests.model(Self.kconfig + "config J\n\tdef_bool \(condition)\n", .v6_12)
    let symbol = try #require(model.symbolID(named: "J"))
    var evaluation = KconfigEvaluation(model)
    _ = evaluation.read(Array(configuration.utf8))
    try #require(evaluation.value(of: symbol).text == "y")
    let found = try KconfigReachability(of: ["J"], in: model)
    #expect(found.combinations.map(\.values) == [["n"], ["y"]])
    var nothing = KconfigEvaluation(model)
    nothing.recompute()
    #expect(try KconfigEdits(for: [.init(symbol: symbol, value: "y")], from: nothing) != nil)
  }

  @Test func `so many values that not all are tried are no answer`() throws {
    let numbers = (0...TextDomains.mostCompared).map { "config N\($0)\n\tint \"n\"\n" }.joined()
    let chain = (1...TextDomains.mostCompared).map { "N\($0 - 1) < N\($0)" }.joined(separator: " && ")
    let model = try ReachabilityTests.model(numbers + "config J\n\tdef_bool \(chain)\n", .v6_12)
    #expect(throws: KconfigReachability.Failure.tooHard) { try KconfigReachability(of: ["J"], in: model) }
  }
}
