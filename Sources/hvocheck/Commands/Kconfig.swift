import ArgumentParser
import Diagnostics
import Kconfig

/// `hvocheck kconfig`: what `scripts/kconfig/conf` of a kernel tree does, without building or running anything of it.
struct KconfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kconfig",
    abstract: "Make a .config from a kernel tree, byte for byte as the kernel's own conf does.",
    discussion: """
      Nothing of the tree is run: what its files ask the compiler is answered from a recording, and a question that is \
      not in it is an error. Files outside the tree are not read. The language is that of the tree's version.

      The configuration is .config in the working folder, or what KCONFIG_CONFIG names. Also honoured: \
      KCONFIG_ALLCONFIG, KCONFIG_SEED, KCONFIG_PROBABILITY, KCONFIG_DEFCONFIG_LIST, KCONFIG_WERROR, \
      KCONFIG_WARN_UNKNOWN_SYMBOLS, KCONFIG_OVERWRITECONFIG and CONFIG_.

      EXAMPLES
        hvocheck kconfig --tree linux --arch arm64 --probes gcc12.json --alldefconfig
        hvocheck kconfig --tree linux --arch x86_64 --probes gcc12.json --defconfig arch/x86/configs/x86_64_defconfig
        hvocheck kconfig --tree linux --arch riscv --probes gcc12.json --listnewconfig
        hvocheck kconfig --tree linux --arch riscv --probes gcc12.json --reachable HUGETLBFS,SPARSEMEM_VMEMMAP
      """)

  /// The modes without a file.
  enum Mode: String, EnumerableFlag {
    case allnoconfig
    case allyesconfig
    case allmodconfig
    case alldefconfig
    case olddefconfig
    case listnewconfig
    case helpnewconfig
    case randconfig
    case oldaskconfig
    case oldconfig
    case yes2modconfig
    case mod2yesconfig
    case mod2noconfig

    var mode: KconfigMode {
      switch self {
      case .allnoconfig: .allnoconfig
      case .allyesconfig: .allyesconfig
      case .allmodconfig: .allmodconfig
      case .alldefconfig: .alldefconfig
      case .olddefconfig: .olddefconfig
      case .listnewconfig: .listnewconfig
      case .helpnewconfig: .helpnewconfig
      case .randconfig: .randconfig
      case .oldaskconfig: .oldaskconfig
      case .oldconfig: .oldconfig
      case .yes2modconfig: .yes2modconfig
      case .mod2yesconfig: .mod2yesconfig
      case .mod2noconfig: .mod2noconfig
      }
    }

    static func help(for value: Mode) -> ArgumentHelp? {
      switch value {
      case .allnoconfig: "Everything that can be n is n."
      case .allyesconfig: "Everything that can be y is y."
      case .allmodconfig: "Everything that can be m is m."
      case .alldefconfig: "Everything has its default."
      case .olddefconfig: "What .config says; everything else has its default."
      case .listnewconfig: "List what .config says nothing about."
      case .helpnewconfig: "Explain what .config says nothing about."
      case .randconfig: "Everything is random; KCONFIG_SEED is the seed."
      case .oldaskconfig: "Ask for everything."
      case .oldconfig: "Ask for what .config says nothing about."
      case .yes2modconfig: "What is y becomes m where it can."
      case .mod2yesconfig: "What is m becomes y."
      case .mod2noconfig: "What is m becomes n."
      }
    }
  }

  @Option(help: ArgumentHelp("The kernel tree.", valueName: "folder"), completion: .directory)
  var tree: String

  @Option(help: "The architecture, as ARCH of the kernel.")
  var arch: String

  @Option(
    help: ArgumentHelp("A recording of the environment and of what commands print.", valueName: "file"),
    completion: .file())
  var probes: String?

  @Flag(exclusivity: .exclusive)
  var mode: Mode?

  @Option(
    help: ArgumentHelp("What a file says; everything else has its default.", valueName: "file"),
    completion: .file())
  var defconfig: String?

  @Option(
    help: ArgumentHelp("Write the smallest file that says what .config says.", valueName: "file"),
    completion: .file())
  var savedefconfig: String?

  @Option(
    help: ArgumentHelp(
      "List every combination of values that these symbols can have, over all configurations.",
      valueName: "symbols"))
  var reachable: String?

  func validate() throws {
    if [mode != nil, defconfig != nil, savedefconfig != nil, reachable != nil].count(where: { $0 }) != 1 {
      throw ValidationError("Give one mode, such as --alldefconfig or --defconfig FILE.")
    }
  }

  func run() throws {
    let tree = tree.count > 1 && tree.hasSuffix("/") ? String(tree.dropLast()) : tree
    let sources = try KernelTreeFiles(tree)
    let files = ConfigurationFiles(tree: sources)
    let makefile = try sources.read("Makefile") ?? []
    guard let profile = KconfigProfile(makefile: makefile) else {
      throw Diagnostic(
        id: "KCONFIG194", "'\(tree)' is no kernel tree", at: nil, help: ["its Makefile has no VERSION and PATCHLEVEL"])
    }
    guard try sources.read("arch/\(KernelEnvironment.folder(of: arch))/Kconfig") != nil else {
      throw Diagnostic(
        id: "KCONFIG195", "no architecture '\(arch)' in '\(tree)'", at: nil,
        help: ["there is no arch/\(KernelEnvironment.folder(of: arch))/Kconfig"])
    }
    var environment = KernelEnvironment.variables(architecture: arch, tree: tree, makefile: makefile)
    var table = ProbeTable()
    if let probes {
      guard let bytes = try files.readHere(probes) else {
        throw Diagnostic(id: "FILE001", "cannot read \(probes): there is no such file", at: nil)
      }
      let recording = try ProbeRecording(bytes, path: probes, tree: tree)
      guard recording.environment["ARCH"] ?? arch == arch else {
        throw Diagnostic(
          id: "KCONFIG196", "\(probes) was recorded for another architecture than \(arch)", at: nil,
          help: ["it says ARCH=\(recording.environment["ARCH"] ?? "")"])
      }
      environment.merge(recording.environment) { $1 }
      table = recording.probes
    }
    environment.merge(KernelEnvironment.ofUser()) { $1 }
    if mode == .randconfig, Int(environment["KCONFIG_SEED"] ?? "") == nil, !isHexadecimal(environment["KCONFIG_SEED"]) {
      environment["KCONFIG_SEED"] = String(UInt32.random(in: 1 ... .max))
    }
    try perform(profile, environment, sources, table, files)
  }

  private func isHexadecimal(_ text: String?) -> Bool {
    guard let text, text.hasPrefix("0x") else { return false }
    return Int(text.dropFirst(2), radix: 16) != nil
  }

  private func perform(
    _ profile: KconfigProfile, _ environment: [String: String], _ sources: KernelTreeFiles, _ probes: ProbeTable,
    _ files: ConfigurationFiles
  ) throws {
    let terminal = StandardTerminal()
    if let reachable {
      let model: KconfigModel
      do throws(KconfigRejection) {
        model = try KconfigModel.read(profile: profile, environment: environment, sources: sources, probes: probes)
      } catch {
        return try fail(error, terminal)
      }
      return try list(reachable.split(separator: ",").map(String.init), in: model)
    }
    let existing = try files.readHere(environment["KCONFIG_CONFIG"] ?? ".config")
    let file: KconfigRun.File?
    do throws(KconfigRejection) {
      let model = try KconfigModel.read(profile: profile, environment: environment, sources: sources, probes: probes)
      var run = KconfigRun(model, environment: environment, files: files, terminal: terminal)
      file = try run.perform(chosenMode, existing: existing)
    } catch {
      return try fail(error, terminal)
    }
    guard let file else { return }
    if savedefconfig == nil { files.keepOld(file.path) }
    try files.write(file)
  }

  /// A line for each combination, in a stable order.
  private func list(_ symbols: [String], in model: KconfigModel) throws {
    let reachability: KconfigReachability
    do throws(KconfigReachability.Failure) {
      reachability = try KconfigReachability(of: symbols, in: model)
    } catch {
      throw CommandFailure(error.diagnostic)
    }
    guard reachability.undefined.isEmpty, !symbols.isEmpty else {
      let names = reachability.undefined.joined(separator: ", ")
      throw CommandFailure(
        Diagnostic(
          id: "KCONFIG197", symbols.isEmpty ? "no symbol is named" : "no Kconfig file of \(arch) defines \(names)",
          at: nil, help: ["names are written without CONFIG_, with commas between them"]))
    }
    var output = OutputStream.standardOutput
    for combination in reachability.combinations {
      output.write(zip(symbols, combination.values).map { "\($0)=\($1)" }.joined(separator: " ").printable + "\n")
    }
  }

  private var chosenMode: KconfigMode {
    if let defconfig { return .defconfig(defconfig) }
    if let savedefconfig { return .savedefconfig(savedefconfig) }
    return mode?.mode ?? .olddefconfig
  }

  /// What `conf` would say is said as it does; what it does not know, as everywhere in this tool.
  private func fail(_ rejection: KconfigRejection, _ terminal: StandardTerminal) throws {
    let own = rejection.status == 2 ? rejection.diagnostics.suffix(1) : []
    for message in rejection.messages.dropLast(own.count) { terminal.write(message.text, on: message.stream) }
    if let diagnostic = own.first { throw CommandFailure(diagnostic) }
    // KCONFIG_WERROR makes findings out of warnings; there is nothing else to say then.
    throw ExitCode(rejection.messages.isEmpty ? ExitStatus.findings : ExitStatus.badInput)
  }
}

extension KconfigReachability.Failure {
  fileprivate var diagnostic: Diagnostic {
    switch self {
    case .tooManyCombinations(let most):
      Diagnostic(id: "KCONFIG198", "more than \(most) combinations", at: nil, help: ["ask for fewer symbols"])
    case .tooHard: Diagnostic(id: "KCONFIG198", "the question is too hard", at: nil, help: ["ask for fewer symbols"])
    case .unconfirmed(let combination, _):
      Diagnostic(
        id: "KCONFIG199", "a combination was not confirmed by evaluating it; nothing is claimed", at: nil,
        reasons: [combination.values.joined(separator: " ")])
    }
  }
}
