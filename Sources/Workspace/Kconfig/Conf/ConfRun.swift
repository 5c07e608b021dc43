import Diagnostics
import Kconfig

/// A run of the command that stands in for `conf`.
package struct ConfRun {
  private let options: ConfOptions
  /// The command as it was called.
  private let name: String
  private let terminal = PlainTerminal()

  package init(_ arguments: [String], name: String) {
    options = ConfOptions(arguments, name: name)
    self.name = name
  }

  /// What the command line asks.
  /// - Parameter open: looks at the environment, once it is known that there is something to do.
  /// - Returns: the status with which `conf` exits.
  /// - Throws: what only this tool can have to say.
  package func perform(_ open: () throws -> ConfInput, _ shellPermission: ShellPermission) throws -> Int32 {
    for complaint in options.complaints { say(complaint + "\n", on: .errors) }
    if options.asksForHelp { return showUsage() }
    guard let kconfig = options.kconfig else {
      say("\(name): Kconfig file missing\n", on: .errors)
      return showUsage()
    }
    let input = try open()
    let shell = shellPermission.shell(
      besides: input.probes, environment: KernelEnvironment.forCommands(input.environment))
    var configuration = ConfigurationRun(
      environment: input.environment, files: input.files, terminal: terminal, isSilent: options.isSilent)
    configuration.begin(options.mode)
    do {
      let model = try KconfigModel.read(
        kconfig, language: input.profile, environment: input.environment, sources: input.sources,
        probes: shell ?? input.probes)
      var run = try perform(configuration, on: model)
      try writeBuildFiles(configuration, of: &run, input.files)
      return 0
    } catch let refusal as Refusal {
      return refusal.status
    } catch let rejection as KconfigRejection {
      try rejection.show(on: terminal, because: shell?.failure)
      return Int32(rejection.status)
    }
  }

  /// Everything has been said; what is left is the status.
  private struct Refusal: Error {
    var status: Int32
  }

  private func perform(_ configuration: ConfigurationRun, on model: KconfigModel) throws -> KconfigRun {
    do {
      return try configuration.perform(options.mode, on: model)
    } catch let diagnostic as Diagnostic {
      CommandFailure(diagnostic).write(style: .plain)
      if case .savedefconfig(let path) = options.mode {
        say("n*** Error while saving defconfig to: \(path)\n\n", on: .errors)
      } else {
        say("\n*** Error during writing of the configuration.\n\n", on: .errors)
      }
      throw Refusal(status: 1)
    }
  }

  private func writeBuildFiles(
    _ configuration: ConfigurationRun, of run: inout KconfigRun, _ files: ConfigurationFiles
  ) throws {
    switch options.mode {
    case .savedefconfig, .listnewconfig, .helpnewconfig: return
    case .syncconfig: break
    default: if files.isHere(run.buildConfigurationPath) { return }
    }
    do {
      try configuration.writeBuildFiles(of: &run)
    } catch let diagnostic as Diagnostic {
      CommandFailure(diagnostic).write(style: .plain)
      // In other modes nobody waits for these files.
      guard options.mode == .syncconfig else { return }
      say("\n*** Error during sync of the configuration.\n\n", on: .errors)
      throw Refusal(status: 1)
    }
  }

  private func showUsage() -> Int32 {
    say(
      """
      Usage: \(name) [options] <kconfig-file>

      Stands in for scripts/kconfig/conf of the kernel. Options:
        -h, --help              this text
        -s, --silent            say nothing about files that are read and written
        --oldaskconfig          ask for everything; the default
        --oldconfig             ask for what .config says nothing about
        --syncconfig            the same, and write what the build reads
        --olddefconfig          defaults for what .config says nothing about
        --defconfig FILE        what FILE says, and defaults
        --savedefconfig FILE    write the smallest FILE that says what .config says
        --allnoconfig           n where it can be
        --allyesconfig          y where it can be
        --allmodconfig          m where it can be
        --alldefconfig          defaults
        --randconfig            random values; KCONFIG_SEED is the seed
        --listnewconfig         list what .config says nothing about
        --helpnewconfig         explain what .config says nothing about
        --yes2modconfig         m for y where it can be
        --mod2yesconfig         y for m
        --mod2noconfig          n for m
      hvocheck help conf says what else there is.

      """, on: .output)
    return 1
  }

  private func say(_ text: String, on stream: KconfigMessage.Stream) {
    terminal.write(Array(text.utf8), on: stream)
  }
}
