import Diagnostics
import Kconfig

/// One run of `conf`, with its files read and written.
struct ConfigurationRun {
  private let input: KernelTreeInput

  init(_ input: KernelTreeInput) {
    self.input = input
  }

  /// Does what a mode asks; talks on the standard streams.
  /// - Throws: `KconfigRejection` where `conf` would stop, `Diagnostic` where a file cannot be read or written.
  func perform(_ mode: KconfigMode) throws {
    var environment = input.environment
    if mode == .randconfig, !isNumber(environment["KCONFIG_SEED"] ?? "") {
      environment["KCONFIG_SEED"] = String(UInt32.random(in: 1 ... .max))
    }
    let existing = try input.files.readHere(environment["KCONFIG_CONFIG"] ?? ".config")
    let model = try input.model()
    if let probe = model.openProbes.first {
      throw Diagnostic(
        id: "KCONFIG201", "the configuration depends on a probe that nobody answers: \(probe.question)",
        at: probe.place.range,
        help: ["record what the command prints, or ask with --reachable what some toolchain makes of it"])
    }
    var run = KconfigRun(
      model, environment: environment, files: input.files, terminal: StandardTerminal())
    guard let file = try run.perform(mode, existing: existing) else { return }
    if case .savedefconfig = mode {} else { input.files.keepOld(file.path) }
    try input.files.write(file)
  }

  private func isNumber(_ text: String) -> Bool {
    if Int(text) != nil { return true }
    return text.hasPrefix("0x") && Int(text.dropFirst(2), radix: 16) != nil
  }
}
