import Diagnostics
import KernelC
import Policy
import Reports

/// A comparison of two states: both checked, the new one with what it accepts.
struct DiffRun {
  private let old: CheckedDescriptors
  private let new: CheckRun
  private let comparison: StateComparison

  /// Checks both states and compares them.
  /// - Throws: everything that is wrong with the files; paths that neither state has; nothing to check.
  init(
    _ sides: ComparedSides, rules: RuleSettings, baseline: CheckRequest.BaselineChoice, today: CalendarDate
  ) throws(CommandFailure) {
    let (before, after) = (sides.old.existing(sides.old.paths), sides.new.existing(sides.new.paths))
    for (old, new) in zip(sides.old.paths, sides.new.paths) where !after.contains(new) && !before.contains(old) {
      try Self.requireThere(new, in: sides.new.tree)
    }
    let folders = rules.folders.map(\.text)
    let (oldFolders, newFolders) = (sides.old.existing(folders), sides.new.existing(folders))
    for folder in folders where !oldFolders.contains(folder) && !newFolders.contains(folder) {
      try Self.requireThere(folder, in: sides.new.tree)
    }
    let oldWorkspace = try Workspace(rules.inFolders(oldFolders), tree: sides.old.tree)
    let newWorkspace = try Workspace(rules.inFolders(newFolders), tree: sides.new.tree)
    let oldLoaded = try oldWorkspace.loadAll(before)
    let newLoaded = try newWorkspace.loadAll(after)
    guard !oldLoaded.architectures.isEmpty || !newLoaded.architectures.isEmpty else {
      throw CommandFailure(.nothingChecked(in: sides.new.paths))
    }
    old = try CheckedDescriptors(oldWorkspace, oldLoaded)
    new = try CheckRun(
      CheckRequest(paths: sides.new.paths, baseline: baseline, today: today), newWorkspace, newLoaded)
    comparison = StateComparison(
      old: old.state(named: sides.old.name), new: new.descriptors.state(named: sides.new.name),
      catalog: newWorkspace.catalog)
  }

  private static func requireThere(_ path: String, in tree: any SourceTree) throws(CommandFailure) {
    do throws(Diagnostic) {
      _ = try tree.kind(of: path)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// What became worse, better, appeared and vanished.
  var report: Report {
    let appeared = comparison.appeared.map { change in
      Report.Item(
        finding: change.finding, acceptance: new.acceptances.acceptance(of: change.finding), change: .appeared,
        causes: change.causes)
    }
    let vanished = comparison.vanished.map {
      Report.Item(finding: $0.finding, acceptance: nil, change: .vanished, causes: $0.causes)
    }
    let known = Set(old.trusted.map(\.key))
    return Report(
      toolVersion: HVOCheck.version, items: appeared + vanished, verdicts: new.judged.flatMap(\.verdicts),
      trusted: new.descriptors.trusted.filter { !known.contains($0.key) }, remarks: remarks,
      descriptors: new.loaded.descriptors.count, architectures: new.loaded.architectures.count,
      rules: new.workspace.rules, files: old.loaded.files + new.loaded.files,
      simulationOptions: new.simulationOptions, comparison: comparison.verdicts,
      today: new.acceptances.suppressions.dependOnDate ? new.acceptances.today : nil)
  }

  /// Why suppressions do not accept what is new; the findings count themselves.
  private var remarks: [Diagnostic] {
    new.acceptances.suppressions.refusals(
      of: comparison.appeared.map(\.finding), today: new.acceptances.today, rules: new.workspace.rules
    ).map { remark in
      var remark = remark
      remark.severity = .note
      return remark
    }
  }
}

extension CheckedDescriptors {
  fileprivate func state(named name: String) -> ComparedState {
    ComparedState(name: name, descriptors: loaded.descriptors, judged: judged, rules: workspace.rules)
  }
}

extension Report.Trusted {
  /// What is trusted, wherever it is said.
  fileprivate var key: [String] { [architecture, effect.function, effect.effect.rawValue] }
}

extension RuleSettings {
  /// The settings with those folders alone that a state has.
  fileprivate func inFolders(_ existing: [String]) -> RuleSettings {
    var settings = self
    settings.folders = folders.filter { existing.contains($0.text) }
    return settings
  }
}
