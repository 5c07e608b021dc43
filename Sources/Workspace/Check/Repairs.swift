import Architectures
import Diagnostics
package import Policy
import Reports

/// Changes of descriptors after which a finding is gone: proposed by the rule, confirmed by a run.
package struct Repairs {
  private let run: CheckRun
  private let selects: [String]

  package init(_ run: CheckRun, selecting selects: [String]) {
    self.run = run
    self.selects = selects
  }

  /// The one difference that makes findings of a rule go away, each in its architecture, and brings no other; nil where
  /// none is known.
  package func difference(for findings: [Finding]) -> String? {
    var architectures: Set<ArchitectureID> = []
    let first = findings.filter { architectures.insert($0.id.scope.architecture).inserted }
    let differences = Set(first.map { difference(for: $0) })
    return differences.count == 1 ? differences.first ?? nil : nil
  }

  private func difference(for finding: Finding) -> String? {
    guard let rule = run.workspace.rules.first(where: { $0.id == finding.rule }),
      let before = run.judged.first(where: { $0.architecture.id == finding.id.scope.architecture }),
      let new = Repair.proposal(for: rule, in: before.architecture, files: run.loaded.files),
      let old = run.loaded.files.first(where: { $0.identity == new.identity }),
      let after = try? checkedAgain(before.architecture, with: new)
    else { return nil }
    let known = Set(before.findings.map(Identity.init))
    let left = Set(after.findings.map(Identity.init))
    guard left.isSubset(of: known), !left.contains(where: { $0.rule == finding.rule }) else { return nil }
    return UnifiedDiff(old: old.text, new: new.text).text(oldName: old.path, newName: new.path)
  }

  private func checkedAgain(_ architecture: Architecture, with file: SourceFile) throws -> JudgedArchitecture? {
    let provider = ChangedFiles(files: run.loaded.files.map { $0.identity == file.identity ? file : $0 })
    let descriptor = try DescriptorLoader(sources: provider).load(architecture.path)
    guard let variant = descriptor.variants.first(where: { $0.name == architecture.name }) else { return nil }
    var changed = try ArchitectureReader(catalog: run.workspace.catalog).read(variant, of: descriptor)
    changed.selectAlso(selects)
    return try Checker(rules: run.workspace.rules, catalog: run.workspace.catalog).check(changed)
  }

  /// What makes a finding the same before and after: its place moves.
  private struct Identity: Hashable {
    var rule: String
    var hugepage: UInt64?

    init(_ finding: Finding) {
      (rule, hugepage) = (finding.rule, finding.hugepage)
    }
  }

  private struct ChangedFiles: SourceProvider {
    var files: [SourceFile]

    func read(_ path: String) throws(Diagnostic) -> SourceFile {
      if let file = files.first(where: { $0.identity == FilePath(path) }) { return file }
      throw Diagnostic(id: "FILE001", "cannot read \(path)", at: nil)
    }
  }
}
