public import Architectures
public import Vmemmap

/// The compatibility matrix: which architecture is ready for HVO at which kernel, and why not.
///
/// The words of an architecture that does not opt in are those that it would have if it did (`isWhatIf`): that it is off
/// is said by the verdict, what would break by flush and remap.
public struct Matrix: Sendable {
  /// What one row is about.
  public enum Grouping: String, Sendable, CaseIterable {
    /// An architecture with its variant at one kernel; the word is the worst over its HugeTLB page sizes.
    case architecture
    /// One HugeTLB page size of it.
    case hugepage
  }

  /// What made the matrix, so that a committed one says what it was made with.
  public struct Stamp: Sendable, Hashable {
    /// The version of the tool.
    public var toolVersion: String
    /// How many rules were evaluated.
    public var rules: Int
    /// Digest of the rules and kernel profiles.
    public var digest: String

    /// Makes a stamp.
    public init(toolVersion: String, rules: Int, digest: String) {
      self.toolVersion = toolVersion
      self.rules = rules
      self.digest = digest
    }
  }

  /// The three words of a cell or row.
  public struct Words: Sendable, Hashable {
    /// Both, and whether the feature is there at all.
    public var verdict: Verdict
    /// Does the architecture's own code keep off read-only and aliased struct pages?
    public var flush: Verdict
    /// May the page tables be changed so?
    public var remap: Verdict

    /// Makes words.
    public init(_ verdict: Verdict, flush: Verdict, remap: Verdict) {
      self.verdict = verdict
      self.flush = flush
      self.remap = remap
    }

    /// The worst of each: `FAIL`, `?`, `off`, `ok`; `..` only where there is nothing else.
    public func worst(with other: Words) -> Words {
      Words(verdict.worse(other.verdict), flush: flush.worse(other.flush), remap: remap.worse(other.remap))
    }
  }

  /// A finding of a cell.
  public struct Noted: Sendable {
    /// The finding.
    public var finding: Finding
    /// Does somebody accept it? The words are the same.
    public var isKnown: Bool
  }

  /// One HugeTLB page size in one configuration.
  public struct Cell: Sendable {
    /// Bytes.
    public var hugepage: UInt64
    /// The configuration.
    public var configuration: CheckedConfiguration
    /// The words.
    public var words: Words
    /// What is gained; nil where nothing was simulated or nothing is given back.
    public var saving: Saving?
    /// What the simulation saw; nil where nothing was simulated.
    public var observation: Observation?
    /// Errors and warnings that concern it.
    public var findings: [Noted]
    /// The reason in parts, without what is true of all sizes.
    var clauses: [Clause]
  }

  /// One row.
  public struct Row: Sendable {
    /// What was checked; with the opt-in symbol where the row is a what-if.
    public var architecture: Architecture
    /// HugeTLB page size in bytes; nil where the row is about all of them.
    public var hugepage: UInt64?
    /// The words.
    public var words: Words
    /// Not selected: flush, remap, saving and findings are what would be if it were.
    public var isWhatIf: Bool
    /// What is assumed of symbols on which the descriptor is silent; empty where it makes no difference to the words.
    public var assumptions: String
    /// Why, on one line.
    public var reason: String
    /// What the row was made from: one for each HugeTLB page size and configuration.
    public var cells: [Cell]

    /// The architecture's name with its variant.
    public var name: String { architecture.name }
    /// The kernel version with its patches.
    public var kernel: String { architecture.kernelDescription }
    /// Bytes of a base page.
    public var pageSize: UInt64 { 1 << UInt64(architecture.layout.pageShift) }
    /// What one HugeTLB page gives back; nil where the row is about several sizes.
    public var saving: Saving? { hugepage == nil ? nil : cells.first?.saving }
    /// The first HugeTLB page size with the row's own words: the one to show.
    public var example: Cell? { cells.first { $0.words == words } ?? cells.first }
  }

  /// What made it.
  public var stamp: Stamp
  /// What one row is about.
  public var grouping: Grouping
  /// The rows: architectures in the order of the descriptors, each with its kernels in the order of releases.
  public var rows: [Row]

  /// Makes a matrix.
  public init(stamp: Stamp, grouping: Grouping, rows: [Row]) {
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
