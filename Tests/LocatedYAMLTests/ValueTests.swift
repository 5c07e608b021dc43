import Diagnostics
import LocatedYAML
import Testing

/// Typed readings of scalars.
@Suite struct ValueTests {
  private func scalar(_ text: String) throws -> Scalar {
    try #require(try LocatedYAML.parse(file("k: " + text)).entries?.first?.value.scalar)
  }

  private func refusal<Value>(_ read: () throws(Diagnostic) -> Value) -> Diagnostic? {
    do {
      _ = try read()
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    ("0", 0), ("64", 64), ("-1", -1), ("-0", 0), ("0x40", 64), ("0XfF", 255), ("'12'", 12), ("-0x10", -16),
    ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min), ("0x7fffffffffffffff", Int.max),
  ])
  func integers(text: String, expected: Int) throws {
    #expect(try scalar(text).asInteger() == expected)
  }

  @Test(arguments: [
    "010", "00", "-01", "9223372036854775808", "-9223372036854775809", "0x8000000000000000", "0x", "0xg", "1_000", "+5",
    "1:30", "1e3", "1.0", "--1", "0x-1", "4K", "y", "''", "~", "", "|\n  1", "١",
  ])
  func noIntegers(text: String) throws {
    let scalar = try scalar(text)
    let refused = refusal { () throws(Diagnostic) in try scalar.asInteger() }
    #expect(refused?.id == "YAML021")
    #expect(refused?.place == scalar.range)
    #expect(refused?.message.hasPrefix("expected a whole number such as 64 or 0x40, found ") == true)
  }

  @Test(arguments: [
    ("0", 0), ("4096", 4096), ("0x1000", 4096), ("4K", 4 << 10), ("2M", 2 << 20), ("1G", 1 << 30), ("2T", 2 << 40),
    ("\"64K\"", 65536), ("16777215T", 16_777_215 << 40), ("18446744073709551615", UInt64.max),
    ("18014398509481983K", UInt64.max - 1023),
  ])
  func sizes(text: String, expected: UInt64) throws {
    #expect(try scalar(text).asSize() == expected)
  }

  @Test(arguments: [
    "16777216T", "18446744073709551616", "99999999999999999999999K", "K", "4k", "4KB", "4 K", "-4K", "04K", "0x10K",
    "1.5M", "2P", "", "~", "large", "|\n  4K",
  ])
  func noSizes(text: String) throws {
    let scalar = try scalar(text)
    let refused = refusal { () throws(Diagnostic) in try scalar.asSize() }
    #expect(refused?.id == "YAML022")
    #expect(refused?.place == scalar.range)
    #expect(refused?.message.hasPrefix("expected a size such as 4K, 2M, 1G, 2T or 4096, found ") == true)
  }

  @Test(arguments: [
    ("010", "'010'", "a leading zero means octal to some readers and nothing to others"),
    ("99999999999999999999", "'99999999999999999999'", "the number does not fit into 64 bits"),
  ])
  func refusedIntegersQuoteTheTextAndSayWhy(text: String, quoted: String, reason: String) throws {
    let scalar = try scalar(text)
    let refused = refusal { () throws(Diagnostic) in try scalar.asInteger() }
    #expect(refused?.message.hasSuffix("found \(quoted)") == true)
    #expect(refused?.reasons == [reason])
  }

  @Test(arguments: [("y", Scalar.KconfigValue.y), ("m", .m), ("n", .n), ("'y'", .y), ("\"n\"", .n)])
  func kconfigValues(text: String, expected: Scalar.KconfigValue) throws {
    #expect(try scalar(text).asKconfigValue() == expected)
  }

  @Test(
    arguments: [
      ("yes", "write y"), ("on", "write y"), ("True", "write y"), ("1", "write y"), ("Y", "write y"), ("no", "write n"),
      ("off", "write n"), ("N", "write n"), ("module", "write m"), ("maybe", nil), ("", nil), ("|\n  y", "write y"),
    ] as [(String, String?)])
  func noKconfigValues(text: String, help: String?) throws {
    let scalar = try scalar(text)
    let refused = refusal { () throws(Diagnostic) in try scalar.asKconfigValue() }
    #expect(refused?.id == "YAML023")
    #expect(refused?.help == (help.map { [$0] } ?? []))
  }

  @Test func booleansAreOnlyYAndN() throws {
    #expect(try scalar("y").asBool())
    #expect(try !scalar("'n'").asBool())
    for text in ["m", "true", "no", "1", "", "|\n  y"] {
      let scalar = try scalar(text)
      let refused = refusal { () throws(Diagnostic) in try scalar.asBool() }
      #expect(refused?.id == "YAML024")
      #expect(refused?.place == scalar.range)
    }
  }

  @Test(arguments: [
    ("", true), ("~", true), ("null", true), ("'null'", false), ("''", false), ("Null", false), ("0", false),
    ("n", false), ("|\n", false),
  ])
  func nulls(text: String, expected: Bool) throws {
    #expect(try scalar(text).isNull == expected)
  }

  @Test(arguments: [
    ("k: [1]", "expected a size, found a list"), ("k: {a: 1}", "expected a size, found a mapping"),
  ])
  func collectionsAreNoScalars(text: String, message: String) throws {
    let node = try #require(try LocatedYAML.parse(file(text))["k"])
    let refused = refusal { () throws(Diagnostic) in try node.asScalar("a size") }
    #expect(refused?.message == message)
    #expect(refused?.place == node.range)
  }

  @Test func otherKindsAreRefusedByListsAndMappings() throws {
    let node = try LocatedYAML.parse(file("a: text\nb:\nc: |\n  x\nd: [1, 2]\ne: {f: 1}\n"))
    let found = ["a", "b", "c", "e"].compactMap { node[$0] }.map { node in
      refusal { () throws(Diagnostic) in try node.asItems("a list") }?.message
    }
    #expect(
      found == [
        "expected a list, found 'text'", "expected a list, found no value", "expected a list, found a block of text",
        "expected a list, found a mapping",
      ])
    let list = try #require(node["d"])
    #expect(refusal { () throws(Diagnostic) in try list.asEntries("a mapping") }?.id == "YAML020")
    #expect(try list.asItems("a list").count == 2)
    #expect(try node.asEntries("a mapping").count == 5)
  }
}
