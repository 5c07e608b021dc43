package import Diagnostics
package import Files
package import Kconfig

/// A kernel tree as one architecture and one toolchain see it: all that its Kconfig files may ask for.
package struct KernelTreeInput {
  package let architecture: String
  let profile: KconfigLanguage
  package let sources: KernelTreeFiles
  /// What the Kconfig files and a run of `conf` see of the environment.
  package private(set) var environment: [String: String]
  /// What was recorded; it comes first.
  private var recorded: ProbeTable?
  private var toolchain: DescribedToolchain?
  /// Whether what nothing answers may be anything.
  private var isOpen = false
  /// What answers the rest, where the user allows that.
  package private(set) var shell: ShellProbes?

  package init(_ sources: KernelTreeFiles, architecture: String) throws(Diagnostic) {
    let folder = sources.folder
    self.architecture = architecture
    self.sources = sources
    let makefile = try sources.read("Makefile") ?? []
    guard let profile = KconfigLanguage(makefile: makefile) else {
      throw Diagnostic(
        id: "KCONFIG194", "'\(folder)' is no kernel tree", at: nil,
        help: ["its Makefile has no VERSION and PATCHLEVEL"])
    }
    self.profile = profile
    let kconfig = "arch/\(KernelEnvironment.folder(of: architecture))/Kconfig"
    guard try sources.read(kconfig) != nil else {
      throw Diagnostic(
        id: "KCONFIG195", "no architecture '\(architecture)' in '\(folder)'", at: nil, help: ["there is no \(kconfig)"])
    }
    environment = KernelEnvironment.variables(architecture: architecture, tree: folder, makefile: makefile)
    environment.merge(KernelEnvironment.ofUser()) { $1 }
  }

  /// The folder below `arch/` that is read.
  var architectureFolder: String { KernelEnvironment.folder(of: architecture) }

  /// Configurations by the names that the user gives.
  package var files: ConfigurationFiles { ConfigurationFiles(tree: sources) }

  /// Lets a described toolchain answer what nothing else answers.
  package mutating func answer(as toolchain: DescribedToolchain) {
    let placed = toolchain.placed(in: sources.folder)
    environment.merge(placed.environment) { own, _ in own }
    self.toolchain = toolchain
  }

  /// Lets the answers that nothing else gives be anything.
  package mutating func leaveToolchainOpen() {
    environment.merge(FreeProbes.environment) { own, _ in own }
    isOpen = true
  }

  /// Takes over what a recording says of the environment and of commands.
  package mutating func answer(from path: String) throws(Diagnostic) {
    guard let bytes = try files.readHere(path) else {
      throw Diagnostic(id: "FILE001", "cannot read \(path): there is no such file", at: nil)
    }
    let recording = try ProbeRecording(bytes, path: path, tree: sources.folder)
    guard recording.environment["ARCH"] ?? architecture == architecture else {
      throw Diagnostic(
        id: "KCONFIG196", "\(path) was recorded for another architecture than \(architecture)", at: nil,
        help: ["it says ARCH=\(recording.environment["ARCH"] ?? "")"])
    }
    environment.merge(recording.environment) { $1 }
    environment.merge(KernelEnvironment.ofUser()) { $1 }
    recorded = recording.probes
  }

  private var free: FreeProbes? {
    isOpen ? FreeProbes(folder: sources.folder, sources: sources, environment: environment) : nil
  }

  private var probes: any KconfigProbes {
    var answerers: [any KconfigProbes] = []
    if let recorded { answerers.append(recorded) }
    if let toolchain {
      answerers.append(
        BuiltInProbes(toolchain, folder: sources.folder, sources: sources, environment: environment))
    }
    return ProbeChain(answerers)
  }

  /// Lets the shell answer what nothing else answers, if that is allowed.
  package mutating func ask(_ permission: ShellPermission) {
    shell = permission.shell(besides: probes, environment: environment)
  }

  /// Reads the Kconfig files.
  package func model() throws(KconfigRejection) -> KconfigModel {
    try KconfigModel.read(
      language: profile, environment: environment, sources: sources, probes: shell ?? probes, free: free)
  }
}
