import Diagnostics
import Kconfig

/// A kernel tree as one architecture and one toolchain see it: all that its Kconfig files may ask for.
struct KernelTreeInput {
  let architecture: String
  let profile: KconfigProfile
  let sources: KernelTreeFiles
  /// What the Kconfig files and a run of `conf` see of the environment.
  private(set) var environment: [String: String]
  private(set) var probes = ProbeTable()

  init(folder: String, architecture: String) throws(Diagnostic) {
    self.architecture = architecture
    sources = try KernelTreeFiles(folder)
    let makefile = try sources.read("Makefile") ?? []
    guard let profile = KconfigProfile(makefile: makefile) else {
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
  var files: ConfigurationFiles { ConfigurationFiles(tree: sources) }

  /// Takes over what a recording says of the environment and of commands.
  mutating func answer(from path: String) throws(Diagnostic) {
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
    probes = recording.probes
  }

  /// Reads the Kconfig files.
  func model() throws(KconfigRejection) -> KconfigModel {
    try KconfigModel.read(profile: profile, environment: environment, sources: sources, probes: probes)
  }
}
