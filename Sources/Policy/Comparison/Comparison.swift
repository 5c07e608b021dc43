package import Architectures
package import Diagnostics

/// What became of the verdicts between two states of descriptors and rules.
package struct Comparison: Sendable {
  /// Which way a verdict went.
  package enum Direction: String, Sendable, CaseIterable {
    /// Towards `FAIL` or `?`.
    case worse
    /// Away from them.
    case better
    /// Another word, neither worse nor better: `ok` to `off`, `FAIL` to `?`.
    case changed
    /// The same words by other findings: one store mended and another one broken.
    case otherFindings = "other"
    /// The cell is new.
    case appeared
    /// The cell is gone.
    case vanished
  }

  /// A change of a descriptor or of a rule, in the words of the file.
  package struct Cause: Sendable, Hashable {
    /// What changed: `page_kernel_ro: y -> n`.
    package var change: String
    /// Where: in the new state, or in the old one where the new one has no such place.
    package var place: SourceRange

    /// Makes a cause.
    package init(_ change: String, at place: SourceRange) {
      self.change = change
      self.place = place
    }
  }

  /// The two verdicts of one cell.
  package struct CellChange: Sendable {
    /// The verdict in the old state; nil where the cell was not there.
    package var old: CellVerdict?
    /// The verdict in the new state; nil where the cell is gone.
    package var new: CellVerdict?
    /// Which way it went.
    package var direction: Direction
    /// The smallest set of changes with which the old state gives the new verdict.
    package var causes: [Cause]

    /// Makes a change.
    package init(old: CellVerdict?, new: CellVerdict?, direction: Direction, causes: [Cause]) {
      self.old = old
      self.new = new
      self.direction = direction
      self.causes = causes
    }
  }

  /// An architecture that says the same under another name.
  package struct Rename: Sendable, Hashable {
    /// The architecture in the old state.
    package var old: ArchitectureID
    /// The same in the new state.
    package var new: ArchitectureID

    /// Makes a rename.
    package init(old: ArchitectureID, new: ArchitectureID) {
      self.old = old
      self.new = new
    }
  }

  /// The old state as it was named on the command line.
  package var oldName: String
  /// The new state as it was named on the command line.
  package var newName: String
  /// The cells whose verdicts differ, in the order of the new state, gone ones last.
  package var cells: [CellChange]
  /// The architectures that say the same under another name.
  package var renames: [Rename]

  /// Makes a comparison.
  package init(oldName: String, newName: String, cells: [CellChange], renames: [Rename] = []) {
    self.oldName = oldName
    self.newName = newName
    self.cells = cells
    self.renames = renames
  }
}
