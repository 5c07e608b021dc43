package import Diagnostics
import Files

/// One of the two states that `diff` compares: where its files are.
package struct ComparedSide {
  /// The state as reports name it.
  package var name: String
  var tree: any SourceTree
  package var paths: [String]

  /// Those of some paths that the state has; of the others nothing can be said but that they are not there.
  func existing(_ paths: [String]) -> [String] {
    paths.filter { (try? tree.kind(of: $0)) != nil }
  }
}

/// The two states that the words of the command line name.
package struct ComparedSides {
  package var old: ComparedSide
  package var new: ComparedSide

  /// Finds the states.
  /// - Parameters:
  ///   - old: a revision, a range of revisions, or a folder.
  ///   - new: a revision or a folder; nil for the work tree, or where there is a range.
  ///   - chosen: paths inside of each state; empty for what is checked by default.
  ///   - besides: what is read too where a state has it: folders with rules, a baseline.
  /// - Throws: words that name no states.
  package static func named(
    _ old: String, _ new: String?, paths chosen: [String], besides: [String]
  ) throws(Diagnostic) -> ComparedSides {
    if let new, [old, new].allSatisfy({ (try? FileSystem().kind(of: $0)) == .folder }) {
      return ComparedSides(old: folder(old, chosen), new: folder(new, chosen))
    }
    let paths = chosen.isEmpty ? ["./arches"] : chosen
    let range = Range(old, new)
    let repository = try GitRepository.find()
    var start = range.old
    if range.isFromMergeBase {
      start = String(try repository.mergeBase(range.old, range.new ?? "HEAD").prefix(12))
    }
    let oldSide = try revision(start, label: start + ":", in: repository, paths, besides: besides)
    guard let end = range.new else {
      return ComparedSides(old: oldSide, new: ComparedSide(name: "the work tree", tree: FileSystem(), paths: paths))
    }
    return ComparedSides(
      old: oldSide, new: try revision(end, label: "", in: repository, paths, besides: besides))
  }

  private static func folder(_ path: String, _ chosen: [String]) -> ComparedSide {
    ComparedSide(
      name: path, tree: FileSystem(), paths: chosen.isEmpty ? [path] : chosen.map { path + "/" + $0 })
  }

  private static func revision(
    _ name: String, label: String, in repository: GitRepository, _ paths: [String], besides: [String]
  ) throws(Diagnostic) -> ComparedSide {
    let commit = try repository.commit(name)
    let tree = try GitTree.read(
      repository, revision: name, commit: commit, label: label, paths: paths + besides)
    return ComparedSide(name: name, tree: tree, paths: paths)
  }

  /// Two revisions as git writes them.
  private struct Range {
    var old: String
    /// Nil for the work tree.
    var new: String?
    var isFromMergeBase = false

    init(_ first: String, _ second: String?) {
      for (separator, isFromMergeBase) in [("...", true), ("..", false)] where second == nil {
        guard let ends = first.ends(around: separator) else { continue }
        (old, new) = (ends.0.isEmpty ? "HEAD" : ends.0, ends.1.isEmpty ? "HEAD" : ends.1)
        self.isFromMergeBase = isFromMergeBase
        return
      }
      (old, new) = (first, second)
    }
  }
}

extension String {
  /// What stands before and behind a separator; nil where there is none.
  fileprivate func ends(around separator: String) -> (String, String)? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(separator) {
        return (String(self[..<start]), String(self[start...].dropFirst(separator.count)))
      }
      start = index(after: start)
    }
    return nil
  }
}
