package import Architectures
package import Diagnostics
package import Policy
package import Reports
package import Simulation

/// Descriptors, simulated and evaluated.
package struct CheckedDescriptors {
  let workspace: Workspace
  let loaded: Workspace.Loaded
  let checked: [Checked]
  let checker: Checker
  /// Names that several descriptors share, each for another kernel.
  let ambiguousNames: Set<String>

  /// Simulates and evaluates.
  /// - Throws: everything that is wrong with the descriptors.
  init(_ workspace: Workspace, _ loaded: Workspace.Loaded) throws(CommandFailure) {
    (self.workspace, self.loaded) = (workspace, loaded)
    ambiguousNames = Set(Dictionary(grouping: loaded.architectures, by: \.name).filter { $0.value.count > 1 }.keys)
    checker = Checker(rules: workspace.rules, catalog: workspace.catalog)
    let progress = ProgressLine(architectures: loaded.architectures.count)
    defer { progress.end() }
    do throws(Diagnostics) {
      checked = try checker.check(loaded.architectures, beforeCell: progress.begin)
    } catch {
      throw CommandFailure(error.all, files: loaded.files)
    }
  }

  /// Declared effects on which the verdicts rest.
  var trusted: [Report.Trusted] {
    checked.flatMap { checked in
      checked.simulated.trusted.map { Report.Trusted(architecture: checked.architecture.name, effect: $0) }
    }
  }
}
