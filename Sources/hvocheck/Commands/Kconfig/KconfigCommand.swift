import ArgumentParser
import Files
import Kconfig
import Reports
import Workspace

/// `hvocheck kconfig`: what `scripts/kconfig/conf` of a kernel tree does, without building or running anything of it.
struct KconfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kconfig",
    abstract: "Make a .config from a kernel tree, byte for byte as the kernel's own conf does.",
    discussion: """
      Nothing of the tree is run: what its files ask the compiler is answered as the kernel's own scripts/dummy-tools \
      would, or from a recording, and a question without an answer is an error, unless --allow-shell lets the shell answer \
      it. Files outside the tree are not read. The language is that of the tree's version.

      The configuration is .config in the working folder, or what KCONFIG_CONFIG names. Also honoured: \
      KCONFIG_ALLCONFIG, KCONFIG_SEED, KCONFIG_PROBABILITY, KCONFIG_DEFCONFIG_LIST, KCONFIG_WERROR, \
      KCONFIG_WARN_UNKNOWN_SYMBOLS, KCONFIG_OVERWRITECONFIG and CONFIG_; with --syncconfig also KCONFIG_AUTOCONFIG, \
      KCONFIG_AUTOHEADER, KCONFIG_RUSTCCFG and KCONFIG_NOSILENTUPDATE.

      --get prints what the present configuration (.config, or defaults) gives a symbol, without quotes. --why exits \
      with 1 where no configuration gives the value, and so does --reachable with values.

      EXAMPLES
        hvocheck kconfig --tree linux --arch arm64 --alldefconfig
        hvocheck kconfig --tree linux --arch x86_64 --probes gcc12.json --defconfig arch/x86/configs/x86_64_defconfig
        hvocheck kconfig --tree linux --arch riscv --listnewconfig
        hvocheck kconfig --tree linux --arch riscv --reachable HUGETLBFS,SPARSEMEM_VMEMMAP
        hvocheck kconfig --tree linux --arch all --reachable HUGETLB_PAGE_OPTIMIZE_VMEMMAP
        hvocheck kconfig --tree linux --arch x86_64 --toolchain any --reachable KMSAN,HUGETLBFS
        hvocheck kconfig --tree linux --arch arm64 --why HUGETLB_PAGE_OPTIMIZE_VMEMMAP
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
    case syncconfig
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
      case .syncconfig: .syncconfig
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
      case .syncconfig: "Ask for what is new, and write what the build reads into include/."
      case .yes2modconfig: "What is y becomes m where it can."
      case .mod2yesconfig: "What is m becomes y."
      case .mod2noconfig: "What is m becomes n."
      }
    }
  }

  @OptionGroup var tree: KernelTreeOptions

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
      "List every combination of values that symbols can have; or, where they are given values, say whether they can.",
      valueName: "symbols"))
  var reachable: String?

  @Option(
    help: ArgumentHelp(
      "With --reachable: write a .config for each combination into a folder, and index.json.", valueName: "folder"),
    completion: .directory)
  var witnesses: String?

  @Option(
    help: ArgumentHelp("The values of symbols in the present configuration, a line each.", valueName: "symbols"))
  var get: [String] = []

  @Option(
    help: ArgumentHelp(
      "Where a symbol's value comes from, and the fewest changes that give it y or another value.",
      valueName: "symbol[=value]"))
  var why: String?

  @Option(help: "How --get, --why and --reachable answer: text or json.")
  var format: AnswerFormat = .text

  func validate() throws {
    let asked = [mode != nil, defconfig != nil, savedefconfig != nil, reachable != nil, !get.isEmpty, why != nil]
    if asked.count(where: { $0 }) != 1 {
      throw ValidationError("Give one mode, such as --alldefconfig or --defconfig FILE.")
    }
    if tree.arch.one == nil, reachableNames?.haveValues ?? true {
      throw ValidationError("--arch names one architecture, except where --reachable lists symbols without values.")
    }
    if witnesses == "" { throw ValidationError("--witnesses names a folder.") }
    if witnesses != nil, reachable == nil { throw ValidationError("--witnesses goes with --reachable.") }
    if format != .text, reachable == nil, get.isEmpty, why == nil {
      throw ValidationError("--format goes with --get, --why and --reachable.")
    }
  }

  func run() throws {
    if let names = reachableNames, !names.haveValues { return try list(names) }
    let input = try tree.open()
    let terminal = StandardTerminal()
    do {
      if let names = reachableNames {
        let answer = try input.reachability(of: names, witnesses: witnesses)
        try write(answer.outcome, text: answer.text, json: answer.json)
      } else if !get.isEmpty {
        write(try input.values(of: SymbolQuery(get)))
      } else if let why {
        let answer = try input.explanation(of: SymbolQuery([why]))
        try write(answer.outcome, text: answer.text, json: answer.json)
      } else {
        try configure(input, terminal)
      }
    } catch let rejection as KconfigRejection {
      rejection.write(because: input.shell?.failure)
      throw ExitStatus(rejection).code
    }
  }

  private var reachableNames: SymbolQuery? { reachable.map { SymbolQuery([$0]) } }

  private func list(_ names: SymbolQuery) throws {
    let inputs = try tree.openEach()
    do {
      let run = try ReachabilityRun(of: names, in: inputs)
      if let witnesses { try run.writeWitnesses(into: witnesses) }
      write(run.lists)
    } catch let rejection as KconfigRejection {
      rejection.write(because: inputs.lazy.compactMap { $0.shell?.failure }.first)
      throw ExitStatus(rejection).code
    }
  }

  private func configure(_ input: KernelTreeInput, _ terminal: any KconfigTerminal) throws {
    var configuration = ConfigurationRun(environment: input.environment, files: input.files, terminal: terminal)
    configuration.begin(chosenMode)
    var run = try configuration.perform(chosenMode, on: try input.model())
    if chosenMode == .syncconfig { try configuration.writeBuildFiles(of: &run) }
  }

  private var chosenMode: KconfigMode {
    if let defconfig { return .defconfig(defconfig) }
    if let savedefconfig { return .savedefconfig(savedefconfig) }
    return mode?.mode ?? .olddefconfig
  }

  // MARK: answers

  /// - Throws: the status of findings where no configuration has the values.
  private func write(_ outcome: GoalOutcome, text: String, json: JSON) throws {
    var output = OutputStream.standardOutput
    switch format {
    case .json: JSONText.writeDocument(json, into: &output)
    case .text: output.write(text.printableLines)
    }
    if !outcome.isReachable { throw ExitStatus.findings.code }
  }

  private func write(_ answer: (list: ValueList, origin: PresentConfiguration)) {
    var output = OutputStream.standardOutput
    switch format {
    case .json: JSONText.writeDocument(answer.list.json, into: &output)
    case .text:
      answer.origin.sayOrigin()
      for line in answer.list.lines { output.write(line) }
    }
  }

  /// The lines of each architecture begin with its name where there are several.
  private func write(_ lists: [ReachabilityList]) {
    var output = OutputStream.standardOutput
    var errors = OutputStream.standardError
    guard format == .text else { return JSONText.writeDocument(ReachabilityList.document(of: lists), into: &output) }
    for list in lists {
      let start = lists.count == 1 ? "" : list.architecture + ": "
      for line in list.lines { output.write(start + line) }
      if let remark = list.remark { errors.write(start + remark) }
    }
  }
}
