import Diagnostics
import Kconfig
import LocatedYAML

/// The types of scalars in descriptors and kernel profiles.
extension ScalarType {
  static let identifier = named("a name", pattern: "^[A-Za-z_][A-Za-z0-9_.-]*$") {
    $0.first.map { $0.isLetter || $0 == "_" } == true
      && $0.unicodeScalars.allSatisfy { isWordScalar($0) || $0 == "." || $0 == "-" }
  }

  static let macroName = named("the name of a C macro", pattern: "^[A-Za-z_][A-Za-z0-9_]*$", accepts: isIdentifier)

  static let functionName = named(
    "the name of a C function", pattern: "^[A-Za-z_][A-Za-z0-9_]*$", accepts: isIdentifier)

  /// A Kconfig symbol; `CONFIG_` belongs to C and to .config files.
  static let kconfigSymbol = ScalarType("a Kconfig symbol", form: .pattern("^(?!CONFIG_)[A-Z0-9_]+$")) { scalar in
    if scalar.text.hasPrefix("CONFIG_") {
      return Diagnostic(
        id: "SCHEMA004", "Kconfig names are written without CONFIG_", at: scalar.range,
        help: ["write \(scalar.text.dropFirst("CONFIG_".count))"])
    }
    let isSymbol =
      !scalar.text.isEmpty
      && scalar.text.unicodeScalars.allSatisfy { isWordScalar($0) && !("a"..."z").contains($0) }
    return isSymbol ? nil : wrong(scalar, "a Kconfig symbol")
  }

  static let kconfigValue = ScalarType("y, n or m", form: .choice(["y", "n", "m"])) { scalar in
    problem { () throws(Diagnostic) in _ = try scalar.asKconfigValue() }
  }

  static let yesNo = ScalarType("y or n", form: .choice(["y", "n"])) { scalar in
    problem { () throws(Diagnostic) in _ = try scalar.asBool() }
  }

  static let integer = ScalarType("a number such as 64 or 0x40", form: .pattern(wordPattern)) { scalar in
    problem { () throws(Diagnostic) in _ = try scalar.asWord() }
  }

  private static let wordPattern = "^(0|[1-9][0-9]*|0x[0-9a-fA-F]+)$"
  private static let sizePattern = "^([1-9][0-9]*[KMGT]?|0[xX][0-9a-fA-F]+)$"

  static let size = ScalarType("a size such as 4K or 2M", form: .pattern(sizePattern)) { scalar in
    problem { () throws(Diagnostic) in
      if try scalar.asSize() == 0 {
        throw Diagnostic(id: "SCHEMA004", "a size of 0 bytes", at: scalar.range)
      }
    }
  }

  /// A size that the hardware can map.
  static let powerOfTwoSize = ScalarType("a power of two such as 4K or 2M", form: .pattern(sizePattern)) { scalar in
    problem { () throws(Diagnostic) in
      let bytes = try scalar.asSize()
      guard bytes.nonzeroBitCount == 1 else {
        throw Diagnostic(id: "SCHEMA004", "'\(scalar.text)' is not a power of two", at: scalar.range)
      }
    }
  }

  static let expression = ScalarType("a Kconfig expression", form: .text) { scalar in
    problem { () throws(Diagnostic) in _ = try KconfigExpression.parse(scalar.embeddedText) }
  }

  static let kernelPlace = named(
    "a place in the kernel tree: path:line", pattern: "^[^/:\\s][^:\\s]*(:[0-9]+(-[0-9]+)?)?$"
  ) {
    KernelPlace($0) != nil
  }

  static let kernelVersion = named(
    "a kernel version such as v6.1.192 or v5.18-rc1", pattern: "^v?[0-9]+(\\.[0-9]+){1,3}(-rc[0-9]+)?$"
  ) {
    KernelVersion($0) != nil
  }

  static let variantName = named("the name of a variant, such as 4k", pattern: "^[a-z0-9][a-z0-9_-]*$") {
    guard let first = $0.utf8.first else { return false }
    return first != UInt8(ascii: "-") && first != UInt8(ascii: "_")
      && $0.unicodeScalars.allSatisfy { $0 == "-" || isWordScalar($0) && !("A"..."Z").contains($0) }
  }

  /// The kernel's name of a page flag, or its bit number.
  static let pageFlag = named(
    "a page flag such as PG_arch_1, or a bit number", pattern: "^([A-Za-z_][A-Za-z0-9_]*|0|[1-9][0-9]*)$"
  ) { text in
    let isNumber = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return isNumber ? text == "0" || !text.hasPrefix("0") : isIdentifier(text)
  }

  private static func named(
    _ name: String, pattern: String, accepts: @escaping @Sendable (String) -> Bool
  ) -> ScalarType {
    ScalarType(name, form: .pattern(pattern)) { scalar in
      !scalar.text.isEmpty && accepts(scalar.text) ? nil : wrong(scalar, name)
    }
  }

  private static func wrong(_ scalar: Scalar, _ expected: String) -> Diagnostic {
    Diagnostic(id: "SCHEMA004", "'\(scalar.text)' is not \(expected)", at: scalar.range)
  }

  private static func problem(_ body: () throws(Diagnostic) -> Void) -> Diagnostic? {
    do throws(Diagnostic) {
      try body()
      return nil
    } catch {
      return error
    }
  }
}

extension Scalar {
  /// An unsigned 64-bit number, decimal or 0x, without a unit: addresses, masks, counts.
  func asWord() throws(Diagnostic) -> UInt64 {
    let isHexadecimal = text.hasPrefix("0x")
    let digits = isHexadecimal ? text.dropFirst(2) : text[...]
    let isNumber =
      isHexadecimal
      ? !digits.isEmpty && digits.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
      : !digits.isEmpty && digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        && (digits == "0" || !digits.hasPrefix("0"))
    guard isNumber else {
      throw Diagnostic(
        id: "SCHEMA004", "'\(text)' is not a number such as 64 or 0x40", at: range,
        help: ["sizes with a unit, signs and leading zeros are not read here"])
    }
    guard let value = UInt64(digits, radix: isHexadecimal ? 16 : 10) else {
      throw Diagnostic(id: "SCHEMA004", "'\(text)' does not fit into 64 bits", at: range)
    }
    return value
  }
}

private func isIdentifier(_ text: String) -> Bool {
  text.unicodeScalars.allSatisfy(isWordScalar) && text.first?.isNumber == false
}

private func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
  ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "_"
}
