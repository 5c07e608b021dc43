import Diagnostics
package import Kconfig

/// One run of `conf`, with its files read and written.
package struct ConfigurationRun {
  package var environment: [String: String]
  package let files: ConfigurationFiles
  let terminal: any KconfigTerminal
  let isSilent: Bool

  /// A run in an environment.
  package init(
    environment: [String: String], files: ConfigurationFiles, terminal: any KconfigTerminal, isSilent: Bool = false
  ) {
    self.environment = environment
    self.files = files
    self.terminal = terminal
    self.isSilent = isSilent
  }

  /// What comes before the Kconfig files are read: a seed is taken where the user gave none, and shown.
  package mutating func begin(_ mode: KconfigMode) {
    if mode == .randconfig, !isNumber(environment["KCONFIG_SEED"] ?? "") {
      environment["KCONFIG_SEED"] = String(UInt32.random(in: 1 ... .max))
    }
    KconfigRun.announce(mode, environment: environment, on: terminal)
  }

  /// Does what a mode asks; talks on the terminal, and writes the configuration.
  /// - Returns: the run, which knows all values now.
  /// - Throws: `KconfigRejection` where `conf` would stop, `Diagnostic` where a file cannot be read or written.
  package func perform(_ mode: KconfigMode, on model: KconfigModel) throws -> KconfigRun {
    try model.requireClosedProbes()
    let existing = try files.readHere(environment["KCONFIG_CONFIG"] ?? ".config")
    var run = KconfigRun(
      model, environment: environment, files: files, terminal: terminal, isSilent: isSilent)
    if let file = try run.perform(mode, existing: existing) { try files.write(file) }
    return run
  }

  /// Writes what the build reads, the file last that says that all is there.
  package func writeBuildFiles(of run: inout KconfigRun) throws {
    let build = try run.buildFiles()
    // The folder of the touched files is made along with the list of dependencies, which comes first.
    if let first = build.files.first { try files.write(first) }
    for path in build.touched { try files.touch(path) }
    for file in build.files.dropFirst() { try files.write(file) }
  }

  private func isNumber(_ text: String) -> Bool {
    if Int(text) != nil { return true }
    return text.hasPrefix("0x") && Int(text.dropFirst(2), radix: 16) != nil
  }
}

extension KconfigModel {
  /// - Throws: where there are probes that nobody answers, so that there is no single configuration.
  func requireClosedProbes() throws(Diagnostic) {
    guard let probe = openProbes.first else { return }
    throw Diagnostic(
      id: "KCONFIG201", "the configuration depends on a probe that nobody answers: \(probe.question)",
      at: probe.place.range,
      help: ["record what the command prints, or ask with --reachable what some toolchain makes of it"])
  }
}
