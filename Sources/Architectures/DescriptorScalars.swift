import Diagnostics
import Kconfig
import LocatedYAML

/// The types of scalars in descriptors and kernel profiles.
extension ScalarType {
  static let identifier = named("a name", pattern: "^[A-Za-z_][A-Za-z0-9_.-]*$") {
    $0.first.map { $0.isLetter || $0 == "_" } == true
      && $0.unicodeScalars.allSatisfy { isWordScalar($0) || $0 == "." || $0 == "-" }
  }

  static let macroName = named("the name of a C macro", pattern: "^[A-Za-z_][A-Za-z0-9_]*$") {
    $0.unicodeScalars.allSatisfy(isWordScalar) && $0.first?.isNumber == false
  }

  static let functionName = named("the name of a C function", pattern: "^[A-Za-z_][A-Za-z0-9_]*$") {
    $0.unicodeScalars.allSatisfy(isWordScalar) && $0.first?.isNumber == false
  }

  /// A Kconfig symbol; `CONFIG_` belongs to C and to .config files.
  static let kconfigSymbol = ScalarType("a Kconfig symbol", form: .pattern("^(?!CONFIG_)[A-Z0-9_]+$")) { scalar in
    if scalar.text.hasPrefix("CONFIG_") {
      return Diagnostic(
        id: "SCHEMA004", "Kconfig names are written without CONFIG_", at: scalar.range,
        help: ["write \(scalar.text.dropFirst("CONFIG_".count))"])
    }
    let isSymbol =
      !scalar.text.isEmpty
      && scalar.text.unicodeScalars.allSatisfy {
        isWordScalar($0) && !("a"..."z").contains(Character($0))
      }
    return isSymbol ? nil : wrong(scalar, "a Kconfig symbol")
  }

  static let kconfigValue = ScalarType("y, n or m", form: .choice(["y", "n", "m"])) { scalar in
    problem { () throws(Diagnostic) in _ = try scalar.asKconfigValue() }
  }

  static let yesNo = ScalarType("y or n", form: .choice(["y", "n"])) { scalar in
    problem { () throws(Diagnostic) in _ = try scalar.asBool() }
  }

  static let integer = ScalarType("a number", form: .pattern("^(0|[1-9][0-9]*|0x[0-9a-fA-F]+)$")) { scalar in
    problem { () throws(Diagnostic) in _ = try scalar.asWord() }
  }

  static let size = ScalarType("a size such as 4K or 2M", form: .pattern("^(0x[0-9a-fA-F]+|[1-9][0-9]*[KMGTP]?)$")) {
    scalar in
    problem { () throws(Diagnostic) in _ = try scalar.asSize() }
  }

  /// A size that the hardware can map.
  static let powerOfTwoSize = ScalarType("a size such as 4K or 2M", form: .pattern("^[1-9][0-9]*[KMGTP]?$")) { scalar in
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
  /// An unsigned 64-bit number, decimal or 0x, without a unit: addresses and masks.
  func asWord() throws(Diagnostic) -> UInt64 {
    if let last = text.last, last.isLetter, !text.hasPrefix("0x") {
      throw Diagnostic(id: "SCHEMA004", "'\(text)' is not a number", at: range)
    }
    return try asSize()
  }
}

private func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
  ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "_"
}
