import Architectures
import Diagnostics
package import Policy
import Reports
import Simulation

/// Descriptors, simulated and evaluated.
package struct CheckedDescriptors {
  package let workspace: Workspace
  package let loaded: Workspace.Loaded
  package let judged: [JudgedArchitecture]
  let checker: Checker

  /// Simulates and evaluates.
  /// - Throws: everything that is wrong with the descriptors.
  init(_ workspace: Workspace, _ loaded: Workspace.Loaded) throws(CommandFailure) {
    (self.workspace, self.loaded) = (workspace, loaded)
    checker = Checker(rules: workspace.rules, catalog: workspace.catalog)
    let progress = ProgressLine(architectures: loaded.architectures.count)
    defer { progress.end() }
    do throws(Diagnostics) {
      judged = try checker.check(loaded.architectures, beforeCell: progress.begin)
    } catch {
      throw CommandFailure(error.all, files: loaded.files)
    }
  }

  /// Declared effects on which the verdicts rest.
  var trusted: [Report.Trusted] {
    judged.flatMap { judged in
      judged.trusted.map { Report.Trusted(architecture: judged.architecture.name, effect: $0) }
    }
  }
}
