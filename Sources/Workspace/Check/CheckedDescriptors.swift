import Architectures
package import Diagnostics
package import Policy
import Reports
import Simulation

/// Descriptors, simulated and evaluated.
package struct CheckedDescriptors {
  package let workspace: Workspace
  package let loaded: LoadedDescriptors
  package let judged: [JudgedArchitecture]
  let checker: Checker

  /// What is wrong with descriptors: facts that contradict each other show when they are simulated.
  package let mistakes: [Diagnostic]

  /// Simulates and evaluates what could be read.
  init(_ workspace: Workspace, _ loaded: LoadedDescriptors) {
    (self.workspace, self.loaded) = (workspace, loaded)
    checker = Checker(rules: workspace.rules, catalog: workspace.catalog)
    let progress = ProgressLine(architectures: loaded.architectures.count)
    defer { progress.end() }
    var judged: [JudgedArchitecture] = []
    var mistakes = loaded.mistakes
    for architecture in loaded.architectures {
      do throws(Diagnostics) {
        judged.append(try checker.check(architecture, beforeCell: progress.begin))
      } catch {
        mistakes += error.all.filter { !mistakes.contains($0) }
      }
    }
    (self.judged, self.mistakes) = (judged, mistakes)
  }

  /// The descriptors of which everything was checked, and which none extends that could not be read: what speaks of them
  /// and has no use there has none at all.
  var whole: Set<FilePath> {
    let known = Set(judged.map(\.architecture.name))
    let whole = loaded.descriptors.filter { descriptor in
      descriptor.variants.allSatisfy { known.contains($0.name) } && !loaded.unread.mayExtend(FilePath(descriptor.path))
    }
    return Set(whole.map { FilePath($0.path) })
  }

  /// Declared effects on which the verdicts rest.
  var trusted: [Report.Trusted] {
    judged.flatMap { judged in
      judged.trusted.map { Report.Trusted(architecture: judged.architecture.name, effect: $0) }
    }
  }
}
