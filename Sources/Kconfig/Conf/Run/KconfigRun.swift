import Diagnostics

/// One run of `conf` on a model: reads a configuration, changes it as a mode asks, and says what is to be written.
///
/// Kernel: scripts/kconfig/conf.c. Files come in by name and go out as a value; nothing is written here.
public struct KconfigRun {
  let model: KconfigModel
  let environment: [String: String]
  let files: any KconfigSources
  let terminal: any KconfigTerminal
  /// Whether nothing is said about what was read and written; warnings, questions and errors are still heard.
  private var isSilent: Bool
  var evaluation: KconfigEvaluation
  /// What `conf` has calculated by now.
  var order: ConfEvaluationOrder
  /// Whether the configuration that was read is not the one that will be written.
  var isChanged = true
  var warnings = 0
  var unmet = 0
  /// Whether values count that `conf` has not calculated again: the user is shown them, choice symbols go by them.
  private(set) var usesOldValues: Bool

  /// - Parameters:
  ///   - environment: the variables that `conf` honours: `KCONFIG_CONFIG`, `KCONFIG_ALLCONFIG`, `KCONFIG_SEED`,
  ///     `KCONFIG_PROBABILITY`, `KCONFIG_DEFCONFIG_LIST`, `KCONFIG_WERROR`, `KCONFIG_WARN_UNKNOWN_SYMBOLS`,
  ///     `KCONFIG_OVERWRITECONFIG`, `KCONFIG_NOSILENTUPDATE` and `CONFIG_`; for the files of the build also
  ///     `KCONFIG_AUTOCONFIG`, `KCONFIG_AUTOHEADER` and `KCONFIG_RUSTCCFG`.
  ///   - files: configurations by name.
  ///   - terminal: where everything goes that `conf` prints.
  ///   - isSilent: says nothing about what was read and written, as with `-s` of `conf`.
  public init(
    _ model: KconfigModel, environment: [String: String], files: any KconfigSources, terminal: any KconfigTerminal,
    isSilent: Bool = false
  ) {
    self.model = model
    self.environment = environment
    self.files = files
    self.terminal = terminal
    self.isSilent = isSilent
    evaluation = KconfigEvaluation(model)
    order = ConfEvaluationOrder(evaluation)
    usesOldValues = model.language.choices == .choiceSymbol
  }

  /// The name of the configuration.
  public var configurationPath: String { environment["KCONFIG_CONFIG"] ?? ".config" }

  /// The values as they are now.
  public var values: KconfigEvaluation { evaluation }

  /// Does what a mode asks.
  /// - Parameter existing: what the file of the configuration holds now; nil where there is none.
  /// - Returns: the file that is to be written; nil where the mode writes none or it is there already.
  /// - Throws: where `conf` would stop.
  public mutating func perform(_ mode: KconfigMode, existing: [UInt8]? = nil) throws(KconfigRejection) -> KconfigFile? {
    if mode.converses { usesOldValues = true }
    if mode == .syncconfig { isSilent = true }
    var random = try randomNumbers(for: mode)
    for message in model.messages { say(message) }
    try readInput(for: mode)
    if warnings > 0, environment["KCONFIG_WERROR"] != nil { throw KconfigRejection([]) }
    let keepsConfiguration = mode == .syncconfig && isSet("KCONFIG_NOSILENTUPDATE")
    if keepsConfiguration, isChanged {
      throw failure("KCONFIG162", "\n*** The configuration requires explicit update.\n\n")
    }
    try change(as: mode, &random)
    if unmet > 0, environment["KCONFIG_WERROR"] != nil { throw KconfigRejection([]) }
    // What `conf` has not calculated yet, it calculates when it writes: what is unmet then is said, and is no error.
    return keepsConfiguration ? nil : try output(of: mode, existing)
  }

  // MARK: input

  private mutating func readInput(for mode: KconfigMode) throws(KconfigRejection) {
    switch mode {
    case .defconfig(let path):
      if try !readConfiguration(path) {
        throw failure("KCONFIG163", "***\n*** Can't find default configuration \"\(path)\"!\n***\n")
      }
    case .allnoconfig: try readSeedConfiguration("allno.config")
    case .allyesconfig: try readSeedConfiguration("allyes.config")
    case .allmodconfig: try readSeedConfiguration("allmod.config")
    case .alldefconfig: try readSeedConfiguration("alldef.config")
    case .randconfig: try readSeedConfiguration("allrandom.config")
    default: _ = try readConfiguration(nil)
    }
  }

  /// What `KCONFIG_ALLCONFIG` names.
  private mutating func readSeedConfiguration(_ usual: String) throws(KconfigRejection) {
    guard let name = environment["KCONFIG_ALLCONFIG"] else { return }
    if !name.isEmpty, name != "1" {
      if try !read(name) { throw failure("KCONFIG163", "*** Can't read seed configuration \"\(name)\"!\n") }
    } else if try !read(usual), try !read("all.config") {
      throw failure(
        "KCONFIG163", "*** KCONFIG_ALLCONFIG set, but no \"\(usual)\" or \"all.config\" file found\n")
    }
  }

  // MARK: change

  private mutating func change(as mode: KconfigMode, _ random: inout CRandom?) throws(KconfigRejection) {
    switch mode {
    case .allnoconfig: setAllNew(to: .n)
    case .allyesconfig: setAllNew(to: .y)
    case .allmodconfig: setAllNew(to: .m)
    case .alldefconfig, .defconfig: setAllNew(to: nil)
    case .randconfig:
      if var numbers = random {
        try setAllNewAtRandom(&numbers)
        random = numbers
      }
    case .yes2modconfig: rewriteTristates(.y, .m)
    case .mod2yesconfig: rewriteTristates(.m, .y)
    case .mod2noconfig: rewriteTristates(.m, .n)
    case .oldaskconfig, .oldconfig, .syncconfig, .listnewconfig, .helpnewconfig: try converse(mode)
    case .olddefconfig, .savedefconfig: break
    }
  }

  private mutating func rewriteTristates(_ old: Tristate, _ new: Tristate) {
    for symbol in model.hashOrder
    where evaluation.effectiveType(symbol) == .tristate && evaluation.user.truth[symbol] == old {
      evaluation.user.truth[symbol] = new
    }
    takeEffect()
  }

  // MARK: output

  private mutating func output(of mode: KconfigMode, _ existing: [UInt8]?) throws(KconfigRejection) -> KconfigFile? {
    switch mode {
    case .savedefconfig(let path):
      takeEffect()
      for symbol in model.menu.symbols(inside: .root) { calculateForMinimalConfiguration(symbol) }
      var writer = ConfigWriter(evaluation, prefix: prefix)
      let file = KconfigFile(path: path, bytes: writer.minimalConfiguration(), arrival: .throughLinksInFolder)
      warnAboutChangedInput()
      return file
    case .listnewconfig, .helpnewconfig:
      return nil
    default:
      if !isChanged { takeEffect() }
      for node in model.menu.nodes(inside: .root) { calculateForConfiguration(node) }
      var writer = ConfigWriter(evaluation, prefix: prefix)
      let bytes = writer.configuration()
      warnAboutChangedInput()
      let path = configurationPath
      if path.isEmpty {
        throw failure(
          "KCONFIG164", "config name is empty\n\n*** Error during writing of the configuration.\n\n")
      }
      let overwrites = isSet("KCONFIG_OVERWRITECONFIG")
      let isSame = !overwrites && existing == bytes
      inform(isSame ? "No change to \(path)" : "configuration written to \(path)")
      return isSame ? nil : KconfigFile(path: path, bytes: bytes, arrival: overwrites ? .throughLinks : .keepingOld)
    }
  }

  // MARK: talking

  var prefix: [UInt8] { Array((environment["CONFIG_"] ?? "CONFIG_").utf8) }

  func say(_ message: KconfigMessage) {
    terminal.show(message)
  }

  /// Whether a variable has a value that is not empty.
  func isSet(_ variable: String) -> Bool { !(environment[variable] ?? "").isEmpty }

  func inform(_ text: String) {
    if isSilent { return }
    terminal.write(Array("#\n# \(text)\n#\n".utf8), on: .output)
  }

  func failure(_ id: String, _ text: String) -> KconfigRejection {
    let summary = text.split(whereSeparator: { $0 == "\n" || $0 == "*" }).joined().split(separator: " ")
    return KconfigRejection([
      KconfigMessage(
        .error, id: id, exactly: Array(text.utf8), summary: Array(summary.joined(separator: " ").utf8))
    ])
  }
}
