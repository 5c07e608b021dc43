import Architectures
import Diagnostics
import Kconfig
import Simulation
import Vmemmap

/// Makes the matrix from what was checked, and asks what would be where an architecture does not opt in.
package struct MatrixBuilder: Sendable {
  private let checker: Checker
  private let isKnown: @Sendable (Finding) -> Bool

  /// A builder.
  /// - Parameters:
  ///   - checker: what-ifs are checked by the same rules.
  ///   - isKnown: does somebody accept a finding? It changes the reason, never a word.
  package init(checker: Checker, isKnown: @escaping @Sendable (Finding) -> Bool) {
    self.checker = checker
    self.isKnown = isKnown
  }

  /// The matrix of architectures in their order.
  package func matrix(of checked: [Checked], by grouping: Matrix.Grouping, stamp: Matrix.Stamp) -> Matrix {
    Matrix(
      stamp: stamp, grouping: grouping,
      rows: Self.inMatrixOrder(checked).flatMap { rows(of: columns(of: $0), by: grouping) })
  }

  /// Architectures as they come, each with all its kernels in the order of releases.
  private static func inMatrixOrder(_ checked: [Checked]) -> [Checked] {
    var names: [String: Int] = [:]
    for one in checked where names[one.architecture.name] == nil { names[one.architecture.name] = names.count }
    func position(_ one: Checked) -> (Int, KernelVersion, Int) {
      let architecture = one.architecture
      return (names[architecture.name] ?? 0, architecture.version.value, architecture.patches.count)
    }
    return checked.enumerated().sorted { left, right in
      let (a, b) = (position(left.element), position(right.element))
      return a == b ? left.offset < right.offset : a < b
    }.map(\.element)
  }

  // MARK: configurations

  /// One configuration with all its HugeTLB page sizes.
  private struct Column {
    var architecture: Architecture
    /// What the configuration assumes.
    var assumed: [String: Tristate]
    /// What is true of all sizes and said first.
    var clauses: [Matrix.Clause] = []
    /// Under which condition the words hold: `not selected; if selected`.
    var premise: String?
    var cells: [Matrix.Cell]
  }

  private func columns(of checked: Checked) -> [Column] {
    let whatIf = WhatIf(of: checked, checker: checker)
    return checked.simulated.configurations.enumerated().flatMap { index, configuration -> [Column] in
      if configuration.isEnabled {
        return [
          Column(
            architecture: checked.architecture, assumed: configuration.configuration.assumed,
            cells: cells(of: checked, at: index, verdict: nil))
        ]
      }
      return whatIf.answers(for: configuration).map { column(of: checked, configuration, answer: $0) }
    }
  }

  /// A configuration in which the feature is not built in.
  private func column(of checked: Checked, _ configuration: SimulatedConfiguration, answer: WhatIf.Answer) -> Column {
    let own = checked.evaluation.findings.of(configuration.configuration, hugepage: nil)
      .filter { $0.severity != .note }.map(noted)
    var column = Column(
      architecture: checked.architecture, assumed: answer.assumed, clauses: own.map { .init($0) },
      premise: answer.premise, cells: [])
    func unsimulated(_ word: Verdict, because: String) -> [Matrix.Cell] {
      checked.architecture.hugepages.map { size in
        Matrix.Cell(
          hugepage: size.value, configuration: configuration, words: .init(.off, flush: word, remap: word),
          saving: nil, observation: nil, findings: own, clauses: [.init(.circumstance, because, at: size.value)])
      }
    }
    switch answer.outcome {
    case .staysOff(let why): column.cells = unsimulated(.notApplicable, because: why)
    case .undecided(let why): column.cells = unsimulated(.undecided, because: why)
    case .simulated(let other, let position):
      column.architecture = other.architecture
      column.cells = cells(of: other, at: position, verdict: .off)
    }
    return column
  }

  private func noted(_ finding: Finding) -> Matrix.Noted {
    Matrix.Noted(finding: finding, isKnown: isKnown(finding))
  }

  /// The cells of a configuration in which the feature is built in.
  /// - Parameter verdict: the verdict's word, whatever the rules say; nil for that of the rules.
  private func cells(of checked: Checked, at index: Int, verdict: Verdict?) -> [Matrix.Cell] {
    let configuration = checked.simulated.configurations[index]
    let pageSize = UInt64(1) << UInt64(checked.architecture.layout.pageShift)
    return configuration.cells.enumerated().map { position, cell in
      let size = cell.hugepage.value
      let judged = checked.evaluation.verdicts[index * configuration.cells.count + position]
      let findings = checked.evaluation.findings.of(configuration.configuration, hugepage: size)
        .filter { $0.severity != .note }.map(noted)
      let observation = cell.observation
      var clauses = findings.map { Matrix.Clause($0) }
      if let obstacle = observation.obstacle {
        clauses = [.init(.circumstance, obstacle.reason, at: size)]
      } else if judged.flush == .notApplicable {
        clauses.append(.init(.circumstance, "no flush_dcache_page()", at: size))
      }
      return Matrix.Cell(
        hugepage: size, configuration: configuration,
        words: .init(verdict ?? judged.overall, flush: judged.flush, remap: judged.remap),
        saving: observation.obstacle == nil
          ? Saving(
            hugepage: size, pageSize: pageSize, vmemmapPages: observation.vmemmapBytes / pageSize,
            freedPages: observation.freedPages) : nil,
        observation: observation, findings: findings, clauses: clauses)
    }
  }

  // MARK: rows

  /// What makes two configurations one row.
  private struct Key: Hashable {
    var words: Matrix.Words
    var saving: Saving?
    var isWhatIf: Bool
  }

  private func rows(of columns: [Column], by grouping: Matrix.Grouping) -> [Matrix.Row] {
    switch grouping {
    case .architecture: return rows(of: columns, hugepage: nil)
    case .hugepage:
      let sizes = columns.first?.cells.map(\.hugepage) ?? []
      return sizes.enumerated().flatMap { position, size in
        rows(
          of: columns.map { column in
            var column = column
            column.cells = [column.cells[position]]
            return column
          }, hugepage: size)
      }
    }
  }

  private func rows(of columns: [Column], hugepage: UInt64?) -> [Matrix.Row] {
    var groups: [(key: Key, columns: [Column])] = []
    for column in columns {
      guard let first = column.cells.first else { continue }
      let words = column.cells.dropFirst().reduce(first.words) { $0.worst(with: $1.words) }
      let key = Key(words: words, saving: hugepage == nil ? nil : first.saving, isWhatIf: column.premise != nil)
      if let position = groups.firstIndex(where: { $0.key == key }) {
        groups[position].columns.append(column)
      } else {
        groups.append((key, [column]))
      }
    }
    return groups.compactMap { key, members in
      guard let first = members.first else { return nil }
      return Matrix.Row(
        architecture: first.architecture, hugepage: hugepage, words: key.words, isWhatIf: key.isWhatIf,
        assumptions: Assumptions(of: members.map(\.assumed), among: columns.map(\.assumed)).description,
        reason: reason(of: members, among: columns),
        cells: members.flatMap(\.cells))
    }
  }

  /// Why: once where all configurations of a row agree, else each with what it assumes and the other rows do not.
  private func reason(of members: [Column], among columns: [Column]) -> String {
    var reasons: [(text: String, columns: [Column])] = []
    for column in members {
      let text = reason(of: column)
      if let position = reasons.firstIndex(where: { $0.text == text }) {
        reasons[position].columns.append(column)
      } else {
        reasons.append((text, [column]))
      }
    }
    return reasons.map { text, own in
      let assumptions = Assumptions(of: own.map(\.assumed), among: columns.map(\.assumed)).description
      if assumptions.isEmpty { return text }
      if reasons.count > 1 { return "\(text.isEmpty ? "ok" : text) (with \(assumptions))" }
      return text.isEmpty ? "with \(assumptions)" : "\(text); with \(assumptions)"
    }.joined(separator: "; ")
  }

  private func reason(of column: Column) -> String {
    let sizes = column.cells.map(\.hugepage)
    var parts = Matrix.Clause.union(column.clauses).map { $0.description(among: sizes) }
    let rest = Matrix.Clause.union(column.cells.flatMap(\.clauses)).filter { clause in
      !column.clauses.contains { $0.text == clause.text }
    }.map { $0.description(among: sizes) }.joined(separator: "; ")
    parts.append(column.premise.map { "\($0): \(rest.isEmpty ? "ok" : rest)" } ?? rest)
    return parts.filter { !$0.isEmpty }.joined(separator: "; ")
  }
}
