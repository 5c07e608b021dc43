import Architectures
import Diagnostics

extension Matrix {
  /// A part of a reason, with the HugeTLB page sizes of which it is true: `HVO001, 7 of 511 tails at 2M`.
  struct Clause: Hashable, Sendable {
    /// How many struct pages of one size.
    struct Count: Hashable, Sendable {
      var number: Int
      var of: Int
      var noun: String
    }

    /// One size.
    struct Occurrence: Hashable, Sendable {
      var hugepage: UInt64
      var count: Count?
    }

    /// The order of a reason: what fails comes first.
    enum Rank: Int, Sendable {
      case error
      case warning
      case circumstance
    }

    var rank: Rank
    /// What is true.
    var text: String
    /// Where; empty where it is true of the architecture, whatever the size.
    var occurrences: [Occurrence]

    init(_ rank: Rank, _ text: String, at hugepage: UInt64? = nil, count: Count? = nil) {
      self.rank = rank
      self.text = text
      occurrences = hugepage.map { [Occurrence(hugepage: $0, count: count)] } ?? []
    }

    /// What the findings of one cell add to the reason: a clause for each rule, with the store that most struct pages
    /// reach, and how many stores there are.
    static func clauses(of findings: [Noted]) -> [Clause] {
      var groups: [[Noted]] = []
      for noted in findings {
        if let position = groups.firstIndex(where: { $0.first.map { heading($0) } == heading(noted) }) {
          groups[position].append(noted)
        } else {
          groups.append([noted])
        }
      }
      return groups.compactMap { group in
        let most = group.max { ($0.finding.witness?.count ?? 0) < ($1.finding.witness?.count ?? 0) }
        return most.map { Clause($0, stores: group.count) }
      }
    }

    /// What a finding is called in a reason.
    private static func heading(_ noted: Noted) -> String {
      let finding = noted.finding
      var remarks = finding.outcome == .undecided ? ["cannot decide"] : []
      if noted.isKnown { remarks.append("known") }
      let severity = finding.severity == .error ? "" : "\(finding.severity.rawValue) "
      return severity + finding.rule + (remarks.isEmpty ? "" : " (\(remarks.joined(separator: ", ")))")
    }

    private init(_ noted: Noted, stores: Int) {
      let finding = noted.finding
      let count = finding.witness.map { witness in
        // The head is no tail.
        witness.firstIndex == 0
          ? Count(number: witness.count, of: witness.structPages, noun: "struct pages")
          : Count(number: witness.count, of: witness.structPages - 1, noun: "tails")
      }
      self.init(
        finding.severity == .error ? .error : .warning,
        Self.heading(noted) + (stores > 1 ? " at \(stores) places" : ""), at: finding.hugepage,
        count: finding.outcome == .violated ? count : nil)
    }

    /// Clauses of several cells in the order of a reason: the same text once, with all its sizes.
    static func union(_ clauses: [Clause]) -> [Clause] {
      var result: [Clause] = []
      for clause in clauses {
        if let position = result.firstIndex(where: { $0.text == clause.text }) {
          for occurrence in clause.occurrences where !result[position].occurrences.contains(occurrence) {
            result[position].occurrences.append(occurrence)
          }
        } else {
          result.append(clause)
        }
      }
      let ranks = Set(result.map(\.rank)).sorted { $0.rawValue < $1.rawValue }
      return ranks.flatMap { rank in result.filter { $0.rank == rank } }
    }

    /// The clause for people.
    /// - Parameter sizes: the HugeTLB page sizes of which the reader knows; a clause that is true of all does not say so.
    func description(among sizes: [UInt64]) -> String {
      var noun: String?
      let places = occurrences.map { occurrence -> String in
        let place = sizes.count == 1 ? "" : " at \(sizeText(occurrence.hugepage))"
        guard let count = occurrence.count else { return place }
        // Said once: 7 of 511 tails at 2M, 4095 of 262143 at 1G.
        defer { noun = count.noun }
        return " \(count.number) of \(count.of)" + (noun == count.noun ? "" : " \(count.noun)") + place
      }
      if occurrences.contains(where: { $0.count != nil }) { return text + "," + places.joined(separator: ",") }
      let isEverywhere = sizes.allSatisfy { size in occurrences.contains { $0.hugepage == size } }
      return occurrences.isEmpty || isEverywhere
        ? text : "\(text) at " + occurrences.map { sizeText($0.hugepage) }.joined(separator: ", ")
    }
  }
}
