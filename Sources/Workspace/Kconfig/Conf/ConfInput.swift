package import Diagnostics
import Files
import Kconfig

/// All that a drop-in for `conf` goes by: the environment of who calls it, the working folder and the kernel tree.
package struct ConfInput {
  let profile: KconfigLanguage
  package let environment: [String: String]
  package let sources: ConfSources
  private(set) var probes: any KconfigProbes = ProbeTable()

  /// - Parameter kernel: the version whose Kconfig is spoken; nil for that of the environment or the tree.
  package init(kernel: String?) throws(Diagnostic) {
    environment = KernelEnvironment.ofProcess()
    sources = try ConfSources(tree: environment["srctree"])
    profile = try Self.profile(kernel, environment, sources)
  }

  /// Configurations by the names that the user gives.
  package var files: ConfigurationFiles { ConfigurationFiles(tree: sources.tree) }

  /// Takes over what a recording says of commands; the environment is that of the caller.
  package mutating func answer(from path: String) throws(Diagnostic) {
    guard let bytes = try files.readHere(path) else {
      throw Diagnostic(id: "FILE001", "cannot read \(path): there is no such file", at: nil)
    }
    probes = try ProbeRecording(bytes, path: path, tree: environment["srctree"] ?? ".").probes
  }

  private static func profile(
    _ kernel: String?, _ environment: [String: String], _ sources: ConfSources
  ) throws(Diagnostic) -> KconfigLanguage {
    if let kernel {
      if let profile = KconfigLanguage(release: kernel) { return profile }
      throw Diagnostic(
        id: "KCONFIG221", "'\(kernel.printable)' is no kernel version", at: nil,
        help: ["a version is 6.12 or 6.12.117"])
    }
    if let profile = KconfigLanguage(release: environment["KERNELVERSION"] ?? "") { return profile }
    for folder in [sources.tree, sources.here] {
      guard let makefile = try folder?.read("Makefile") else { continue }
      if let profile = KconfigLanguage(makefile: makefile) { return profile }
    }
    throw Diagnostic(
      id: "KCONFIG222", "it is not known which kernel's Kconfig the files are written in", at: nil,
      reasons: ["neither KERNELVERSION nor a Makefile of srctree or of the working folder says a version"],
      help: ["give --kernel VERSION, such as 6.12, or HVOCHECK_CONF='--kernel VERSION' in the environment"])
  }
}
