import ArgumentParser
import Diagnostics
import Files
import Workspace

/// `hvocheck conf`: takes what `scripts/kconfig/conf` of a kernel takes, and does what it does.
struct ConfCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conf",
    abstract: "Stand in for the kernel's scripts/kconfig/conf.",
    discussion: """
      Takes the options of conf, honours its environment, and gives its exit statuses: what runs conf can run this. \
      Called by the name conf or kconfig-conf, such as that of a symbolic link, it takes its own options from the \
      variable HVOCHECK_CONF.

      Files are looked for in the working folder and in the folder that srctree names; Kconfig files outside these two \
      are not read. What the files ask the shell is answered from a recording, or else by running it, if --allow-shell \
      says so: each command sees only the variables of the build, and has to end in time.

      EXAMPLES
        hvocheck conf --kernel 6.12 --alldefconfig Kconfig
        hvocheck conf --probes gcc12.json --defconfig=arch/arm64/configs/defconfig Kconfig
        ln -s "$(command -v hvocheck)" conf
        HVOCHECK_CONF='--kernel 6.12 --allow-shell' ./conf --syncconfig Kconfig
      """)

  @Option(
    help: ArgumentHelp(
      "The kernel whose Kconfig is spoken. Default: that of KERNELVERSION or of the tree.", valueName: "version"))
  var kernel: String?

  @Option(help: ArgumentHelp("A recording of what commands print.", valueName: "file"), completion: .file())
  var probes: String?

  @OptionGroup var shell: ShellOptions

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("The options of conf, and the first Kconfig file.", valueName: "conf-option"))
  var arguments: [String] = []

  func run() throws {
    try run(arguments, name: "hvocheck conf")
  }

  private func run(_ arguments: [String], name: String) throws {
    let status = try ConfRun(arguments, name: name).perform(
      {
        var input = try ConfInput(kernel: kernel)
        if let probes { try input.answer(from: probes) }
        return input
      }, shell.permission)
    if status != 0 { throw ExitCode(status) }
  }

  // MARK: by another name

  /// Whether the tool is called by a name that stands for this command.
  static func isNamed(_ path: String) -> Bool {
    ["conf", "kconfig-conf"].contains(path.split(separator: "/").last)
  }

  /// Runs as `conf`, with options of its own from `HVOCHECK_CONF`.
  static func run(as name: String, _ arguments: [String]) throws {
    let words = ProcessEnvironment.value("HVOCHECK_CONF") ?? ""
    let command = try parse(words.split(separator: " ").map(String.init))
    if let word = command.arguments.first {
      throw Diagnostic(
        id: "KCONFIG223", "HVOCHECK_CONF holds '\(word.printable)'", at: nil,
        help: ["it is for --kernel, --probes, --allow-shell and --shell-seconds; options of conf are given to \(name)"])
    }
    try command.run(arguments, name: name)
  }
}
