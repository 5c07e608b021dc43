import Architectures
import Diagnostics
import Files
import KernelC
package import Policy
package import Reports

/// A comparison of two states: both checked, the new one with what it accepts.
package struct DiffRun {
  private let old: CheckedDescriptors
  private let new: CheckRun
  private let comparison: StateComparison

  /// Checks both states and compares them.
  /// - Throws: everything that is wrong with the files; paths that neither state has; nothing to check.
  package init(
    _ sides: ComparedSides, rules: RuleSettings, baseline: CheckRequest.BaselineChoice, today: CalendarDate
  ) throws(CommandFailure) {
    let (before, after) = (sides.old.existing(sides.old.paths), sides.new.existing(sides.new.paths))
    for (old, new) in zip(sides.old.paths, sides.new.paths) where !after.has(new) && !before.has(old) {
      try Self.requireThere(new, in: sides.new.tree)
    }
    let folders = rules.folders.map(\.text)
    let (oldFolders, newFolders) = (sides.old.existing(folders), sides.new.existing(folders))
    for folder in folders where !oldFolders.has(folder) && !newFolders.has(folder) {
      try Self.requireThere(folder, in: sides.new.tree)
    }
    let oldWorkspace = try Workspace(rules.inFolders(oldFolders), tree: sides.old.tree)
    let newWorkspace = try Workspace(rules.inFolders(newFolders), tree: sides.new.tree)
    let oldLoaded = oldWorkspace.loadAll(before)
    let newLoaded = newWorkspace.loadAll(after)
    let hasMistakes = !oldLoaded.mistakes.isEmpty || !newLoaded.mistakes.isEmpty
    guard !oldLoaded.architectures.isEmpty || !newLoaded.architectures.isEmpty || hasMistakes else {
      throw CommandFailure(.nothingChecked(in: sides.new.paths))
    }
    old = CheckedDescriptors(oldWorkspace, oldLoaded)
    new = try CheckRun(
      CheckRequest(paths: sides.new.paths, baseline: baseline, today: today), newWorkspace, newLoaded)
    comparison = StateComparison(
      old: old.state(named: sides.old.name, without: new.descriptors),
      new: new.descriptors.state(named: sides.new.name), catalog: newWorkspace.catalog)
  }

  private static func requireThere(_ path: String, in tree: any SourceTree) throws(CommandFailure) {
    do throws(Diagnostic) {
      _ = try tree.kind(of: path)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// What is wrong with files of either state, as what ends a command; nil where nothing is.
  package var failure: CommandFailure? {
    mistakes.isEmpty ? nil : CommandFailure(mistakes, files: old.loaded.files + new.loaded.files)
  }

  private var mistakes: [Diagnostic] { old.mistakes + new.mistakes }

  /// What became worse, better, appeared and vanished.
  package var report: Report {
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
      toolVersion: toolVersion, items: appeared + vanished, verdicts: new.judged.flatMap(\.verdicts),
      trusted: new.descriptors.trusted.filter { !known.contains($0.key) }, remarks: remarks,
      mistakes: mistakes,
      descriptors: new.loaded.descriptors.count, architectures: new.judged.count,
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
  /// Is it there, and could not be read or simulated?
  private func couldNotRead(_ architecture: Architecture) -> Bool {
    let isJudged = judged.contains { $0.architecture.id == architecture.id }
    let isLoaded = loaded.architectures.contains { $0.id == architecture.id }
    return !isJudged && (isLoaded || loaded.unread.mayBe(architecture.name))
  }

  /// - Parameter other: what could not be read there is not gone, and is compared with nothing.
  fileprivate func state(named name: String, without other: CheckedDescriptors? = nil) -> ComparedState {
    let judged = judged.filter { other?.couldNotRead($0.architecture) != true }
    return ComparedState(name: name, descriptors: loaded.descriptors, judged: judged, rules: workspace.rules)
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
    settings.folders = folders.filter { existing.has($0.text) }
    return settings
  }
}

extension [String] {
  /// Is a path one of these, byte for byte?
  fileprivate func has(_ path: String) -> Bool { contains { FilePath($0) == FilePath(path) } }
}
