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
  package func matrix(of judged: [JudgedArchitecture], by grouping: Matrix.Grouping, stamp: Matrix.Stamp) -> Matrix {
    Matrix(
      stamp: stamp, grouping: grouping,
      rows: Self.inMatrixOrder(judged).flatMap { rows(of: columns(of: $0), by: grouping) })
  }

  /// Architectures as they come, each with all its kernels in the order of releases.
  private static func inMatrixOrder(_ judged: [JudgedArchitecture]) -> [JudgedArchitecture] {
    var names: [String: Int] = [:]
    for one in judged where names[one.architecture.name] == nil { names[one.architecture.name] = names.count }
    func position(_ one: JudgedArchitecture) -> (Int, KernelVersion, Int) {
      let architecture = one.architecture
      return (names[architecture.name] ?? 0, architecture.version.value, architecture.patches.count)
    }
    return judged.enumerated().sorted { left, right in
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

  private func columns(of judged: JudgedArchitecture) -> [Column] {
    let whatIf = WhatIf(of: judged, checker: checker)
    return judged.configurations.flatMap { configuration -> [Column] in
      if configuration.simulated.isEnabled {
        return [
          Column(
            architecture: judged.architecture, assumed: configuration.simulated.configuration.assumed,
            cells: cells(of: judged, configuration, verdict: nil))
        ]
      }
      return whatIf.answers(for: configuration.simulated).map { column(of: judged, configuration, answer: $0) }
    }
  }

  /// A configuration in which the feature is not built in.
  private func column(
    of judged: JudgedArchitecture, _ configuration: JudgedConfiguration, answer: WhatIf.Answer
  ) -> Column {
    let own = judged.findings(of: configuration).filter { $0.severity != .note }.map(noted)
    var column = Column(
      architecture: judged.architecture, assumed: answer.assumed, clauses: Matrix.Clause.clauses(of: own),
      premise: answer.premise, cells: [])
    func unsimulated(_ word: Verdict, because: String) -> [Matrix.Cell] {
      judged.architecture.hugepages.map { size in
        Matrix.Cell(
          hugepage: size.value, configuration: configuration.simulated, words: .init(.off, flush: word, remap: word),
          saving: nil, observation: nil, findings: own, clauses: [.init(.circumstance, because, at: size.value)])
      }
    }
    switch answer.outcome {
    case .staysOff(let why): column.cells = unsimulated(.notApplicable, because: why)
    case .undecided(let why): column.cells = unsimulated(.undecided, because: why)
    case .simulated(let other, let configuration):
      column.architecture = other.architecture
      column.cells = cells(of: other, configuration, verdict: .off)
    }
    return column
  }

  private func noted(_ finding: Finding) -> Matrix.Noted {
    Matrix.Noted(finding: finding, isKnown: isKnown(finding))
  }

  /// The cells of a configuration in which the feature is built in.
  /// - Parameter verdict: the verdict's word, whatever the rules say; nil for that of the rules.
  private func cells(
    of judged: JudgedArchitecture, _ configuration: JudgedConfiguration, verdict: Verdict?
  ) -> [Matrix.Cell] {
    let pageSize = UInt64(1) << UInt64(judged.architecture.layout.pageShift)
    return configuration.cells.compactMap { cell in
      guard let observation = cell.simulated.observation else { return nil }
      let (own, size) = (cell.verdict, cell.verdict.hugepage)
      let findings = judged.findings(of: cell, in: configuration).filter { $0.severity != .note }.map(noted)
      var clauses = Matrix.Clause.clauses(of: findings)
      if let obstacle = observation.obstacle {
        clauses = [.init(.circumstance, obstacle.reason, at: size)]
      } else if own.flush == .notApplicable {
        clauses.append(.init(.circumstance, "no flush_dcache_page()", at: size))
      }
      return Matrix.Cell(
        hugepage: size, configuration: configuration.simulated,
        words: .init(verdict ?? own.overall, flush: own.flush, remap: own.remap),
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
