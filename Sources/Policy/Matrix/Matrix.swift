package import Architectures
package import Simulation
import Vmemmap

/// The compatibility matrix: which architecture is ready for HVO at which kernel, and why not.
///
/// The words of an architecture that does not opt in are those that it would have if it did (`isWhatIf`): that it is off
/// is said by the verdict, what would break by flush and remap.
package struct Matrix: Sendable {
  /// What one row is about.
  package enum Grouping: String, Sendable, CaseIterable {
    /// An architecture with its variant at one kernel; the word is the worst over its HugeTLB page sizes.
    case architecture
    /// One HugeTLB page size of it.
    case hugepage
  }

  /// What made the matrix, so that a committed one says what it was made with.
  package struct Stamp: Sendable, Hashable {
    /// The version of the tool.
    package var toolVersion: String
    /// How many rules were evaluated.
    package var rules: Int
    /// Digest of the rules and kernel profiles.
    package var digest: String

    /// Makes a stamp.
    package init(toolVersion: String, rules: Int, digest: String) {
      self.toolVersion = toolVersion
      self.rules = rules
      self.digest = digest
    }
  }

  /// The three words of a cell or row.
  package struct Words: Sendable, Hashable {
    /// Both, and whether the feature is there at all.
    package var verdict: Verdict
    /// Does the architecture's own code keep off read-only and aliased struct pages?
    package var flush: Verdict
    /// May the page tables be changed so?
    package var remap: Verdict

    /// Makes words.
    package init(_ verdict: Verdict, flush: Verdict, remap: Verdict) {
      self.verdict = verdict
      self.flush = flush
      self.remap = remap
    }

    /// The worst of each: `FAIL`, `?`, `off`, `ok`; `..` only where there is nothing else.
    package func worst(with other: Words) -> Words {
      Words(verdict.worse(other.verdict), flush: flush.worse(other.flush), remap: remap.worse(other.remap))
    }
  }

  /// A finding of a cell.
  package struct Noted: Sendable {
    /// The finding.
    package var finding: Finding
    /// Does somebody accept it? The words are the same.
    package var isKnown: Bool
  }

  /// One HugeTLB page size in one configuration.
  package struct Cell: Sendable {
    /// Bytes.
    package var hugepage: UInt64
    /// The configuration.
    package var configuration: SimulatedConfiguration
    /// The words.
    package var words: Words
    /// What is gained; nil where nothing was simulated or nothing is given back.
    package var saving: Saving?
    /// What the simulation saw; nil where nothing was simulated.
    package var observation: Observation?
    /// Errors and warnings that concern it.
    package var findings: [Noted]
    /// The reason in parts, without what is true of all sizes.
    var clauses: [Clause]
  }

  /// One row.
  package struct Row: Sendable {
    /// What was checked; with the opt-in symbol where the row is a what-if.
    package var architecture: Architecture
    /// HugeTLB page size in bytes; nil where the row is about all of them.
    package var hugepage: UInt64?
    /// The words.
    package var words: Words
    /// Not selected: flush, remap, saving and findings are what would be if it were.
    package var isWhatIf: Bool
    /// What is assumed of symbols on which the descriptor is silent; empty where it makes no difference to the words.
    package var assumptions: String
    /// Why, on one line.
    package var reason: String
    /// What the row was made from: one for each HugeTLB page size and configuration.
    package var cells: [Cell]

    /// The architecture's name with its variant.
    package var name: String { architecture.name }
    /// The kernel version with its patches.
    package var kernel: String { architecture.kernelDescription }
    /// Bytes of a base page.
    package var pageSize: UInt64 { 1 << UInt64(architecture.layout.pageShift) }
    /// What one HugeTLB page gives back; nil where the row is about several sizes.
    package var saving: Saving? { hugepage == nil ? nil : cells.first?.saving }
    /// The first HugeTLB page size with the row's own words: the one to show.
    package var example: Cell? { cells.first { $0.words == words } ?? cells.first }
  }

  /// What made it.
  package var stamp: Stamp
  /// What one row is about.
  package var grouping: Grouping
  /// The rows: architectures in the order of the descriptors, each with its kernels in the order of releases.
  package var rows: [Row]

  /// Makes a matrix.
  package init(stamp: Stamp, grouping: Grouping, rows: [Row]) {
    self.stamp = stamp
    self.grouping = grouping
    self.rows = rows
  }
}

extension Verdict {
  /// The worse of two words.
  func worse(_ other: Verdict) -> Verdict { badness >= other.badness ? self : other }

  private var badness: Int {
    switch self {
    case .fail: 4
    case .undecided: 3
    case .off: 2
    case .ok: 1
    case .notApplicable: 0
    }
  }
}
