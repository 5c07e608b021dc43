import Diagnostics

/// What calls come to: variables, user functions, built-in functions and the environment, in this order.
extension MacroExpander {
  private static let deepestCall = 1_000

  /// The body to expand for a call, or nil where `result` already has its value.
  mutating func apply(
    _ parts: [[UInt8]], _ place: KconfigPlace, _ result: inout [UInt8]
  ) throws(KconfigRejection) -> Text? {
    let name = parts[0]
    if name.contains(ProbeAnswer.mark) { throw dependsOnAnswer("the name of a macro", place) }
    let arguments = Array(parts.dropFirst())
    if let variable = variables.find(name) {
      let depth = variables.all[variable].depth
      if arguments.isEmpty, depth > 0 {
        throw failure(
          .text("Recursive variable '".utf8, name, "' references itself (eventually)".utf8), "KCONFIG122", place)
      }
      guard depth <= Self.deepestCall else {
        throw failure(Array(ascii: "Too deep recursive expansion"), "KCONFIG122", place)
      }
      guard variables.all[variable].isRecursive else {
        result = variables.all[variable].value
        return nil
      }
      variables.enter(variable)
      return Text(text: variables.all[variable].value[...], arguments: arguments, purpose: .body(variable))
    }
    if let function = MacroFunction(rawValue: String(decoding: name, as: UTF8.self)) {
      result = try call(function, arguments, place)
    } else {
      result = arguments.isEmpty ? try printable(environmentValue(name) ?? [], place) : []
    }
    return nil
  }

  /// Text from outside the files: a line end in it would be a line of the configuration, an escape sequence one of the
  /// terminal.
  private func printable(_ text: [UInt8], _ place: KconfigPlace) throws(KconfigRejection) -> [UInt8] {
    if text.allSatisfy({ $0 >= .space && $0 != 0x7F || $0 == .tab }) { return text }
    throw log.rejection(
      KconfigMessage(
        .error, id: "KCONFIG191", Array(ascii: "text from outside the files holds control characters"),
        at: assignment ?? place,
        marked: ": error: "), status: 2)
  }

  /// What depends on a probe where that cannot be followed.
  func dependsOnAnswer(_ what: String, _ place: KconfigPlace) -> KconfigRejection {
    log.rejection(
      KconfigMessage(
        .error, id: "KCONFIG200", Array("\(what) depends on a probe whose answer is not known".utf8),
        at: assignment ?? place, marked: ": error: ", help: ["record what the commands before it print"]), status: 2)
  }

  private mutating func call(
    _ function: MacroFunction, _ arguments: [[UInt8]], _ place: KconfigPlace
  ) throws(KconfigRejection) -> [UInt8] {
    if arguments.count != function.argumentCount {
      let amount = arguments.count < function.argumentCount ? "few" : "many"
      throw failure(
        Array(ascii: "too \(amount) function arguments passed to '\(function.rawValue)'"), "KCONFIG121", place)
    }
    switch function {
    case .errorIf:
      if arguments[0] == [UInt8(ascii: "y")] { throw failure(arguments[1], "KCONFIG123", place) }
      if arguments[0].contains(ProbeAnswer.mark), free?.refuse(arguments[0]) != true {
        throw dependsOnAnswer("the condition of error-if", place)
      }
    case .warningIf:
      if arguments[0] == [UInt8(ascii: "y")] {
        log.add(KconfigMessage(.warning, id: "KCONFIG124", arguments[1], at: place))
      }
    case .filename:
      return Array(place.path.utf8)
    case .lineno:
      return Array(String(place.line).utf8)
    case .info:
      log.add(KconfigMessage(.note, id: "KCONFIG125", arguments[0], at: nil, on: .output))
    case .shell:
      guard let output = probes.output(of: arguments[0]) else {
        let asked = assignment ?? place
        if let value = free?.value(of: arguments[0], at: asked) { return value }
        throw log.rejection(
          KconfigMessage(
            .error, id: "KCONFIG126", .text("no answer is known for the command: ".utf8, arguments[0]),
            at: assignment ?? place, marked: ": error: ",
            help: [
              "nothing is run to find out: record what the command prints (--probes)",
              "or let it be run (--allow-shell)",
              "what is reachable with some toolchain can be asked without an answer (--toolchain any)",
            ]), status: 2)
      }
      return try printable(MacroFunction.shellValue(output), place)
    }
    return []
  }
}
