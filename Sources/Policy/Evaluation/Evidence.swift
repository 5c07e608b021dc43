package import Architectures
import Diagnostics
import Kconfig
import KernelC
import Simulation
import Vmemmap

/// Fills a rule's evidence from what was seen.
struct Evidence {
  let rule: Rule
  let subject: Subject
  let run: (outcome: RunOutcome, structPages: StructPageSet)?
  let architecture: Architecture

  /// The text of a placeholder; nil where there is nothing to say.
  func text(_ placeholder: MessageTemplate.Placeholder) -> String? {
    switch placeholder {
    case .oops: witness.map { architecture.oopsSentence(at: $0.address) }
    case .store: witness?.operation.map { $0.isCName ? $0 + "()" : $0 }
    case .index: witness.map { String($0.firstIndex) }
    case .pages: subject.observation.map { String($0.structPages) }
    case .count: witness.map { String($0.count) }
    case .indices: witness?.indices
    case .address: witness.map { "0x" + hexadecimal($0.address) }
    case .hugepage: subject.hugepage.map(sizeText)
    case .page: sizeText(1 << UInt64(architecture.layout.pageShift))
    case .scenario: witness?.scenario
    case .alias: run?.outcome.alias.map { String($0.changedIndex) }
    case .size: subject.structPageSize.map { String($0) }
    case .kernel: architecture.kernelDescription
    case .symbol: subject.select?.symbol.value
    case .versions: subject.optInRanges.joined(separator: ", ")
    case .construct: construct
    case .path: pathCondition
    case .vmemmapPages: subject.observation.map { vmemmapPagesText($0) }
    case .replaced: subject.observation.map { String($0.replacedLivePTEs) }
    case .split: subject.observation.map { String($0.splitLiveBlocks) }
    case .because: subject.because
    }
  }

  /// What the simulation saw, for machine-readable reports.
  var witness: Finding.Witness? {
    guard let run, let observation = subject.observation, let first = run.structPages.first else { return nil }
    let outcome = run.outcome
    var (address, operation): (UInt64, String?) = (outcome.address, nil)
    if let alias = aliasWrite {
      (address, operation) = (alias.address, alias.operation)
    } else if let fault = outcome.path.faults.first {
      (address, operation) = (fault.access.address, fault.operation)
    }
    return Finding.Witness(
      firstIndex: first, address: address, count: run.structPages.count, structPages: observation.structPages,
      indices: run.structPages.summary,
      scenario: "\(outcome.scenario.description), \(outcome.startState.description)", operation: operation,
      steps: WitnessSteps(architecture: architecture, hugepage: subject.hugepage ?? 0, observation: observation).all(
        of: outcome))
  }

  /// The silent store that the rule is about; a fault behind it on the same path is another rule's.
  private var aliasWrite: AliasWrite? {
    guard let outcome = run?.outcome else { return nil }
    if case .returned = outcome.path.ending { return outcome.alias }
    return rule.demandNames("run.writes_alias") ? outcome.alias : nil
  }

  /// The line of C that stores, else the fact that the rule is about.
  var place: SourceRange {
    if let path = run?.outcome.path {
      if let alias = aliasWrite, let store = path.stores.first(where: { $0.address == alias.address }) {
        return store.place
      }
      switch path.ending {
      case .stopped: return path.faults.first?.place ?? architecture.flushRange
      case .notUnderstood(let construct): return construct.place
      case .returned:
        return rule.quantifier == .icacheSync
          ? architecture.icacheSync?.origin.range ?? architecture.flushRange : architecture.flushRange
      }
    }
    if let select = subject.select { return select.symbol.range }
    switch (rule.quantifier, rule.axis) {
    case (.cell, .remap): return architecture.livePTEReplace.range
    case (.architecture, _): return architecture.optInSelect?.symbol.range ?? architecture.directory.range
    case (.cell, _): return hugepageRange ?? architecture.directory.range
    default:
      return subject.hugepage == nil && rule.demandNames("struct_page.power_of_two")
        ? structPageRange ?? architecture.directory.range : architecture.flushRange
    }
  }

  /// Where the kernel tree has what the finding is about.
  var kernelPlace: KernelPlace? {
    switch rule.quantifier {
    case .flush: architecture.flush?.origin.at
    case .icacheSync: architecture.icacheSync?.origin.at
    case .select: subject.select?.symbol.at
    case .cell: rule.axis == .remap ? architecture.livePTEReplace.at : nil
    case .architecture: architecture.optInSelect?.symbol.at
    case .configuration: nil
    }
  }

  /// The way out of what was not understood, which knows more than the rule: a misspelled name, say.
  var wayOut: [String]? {
    guard case .notUnderstood(let construct)? = run?.outcome.path.ending, !construct.help.isEmpty else { return nil }
    return construct.help
  }

  private var hugepageRange: SourceRange? {
    architecture.hugepages.first { $0.value == subject.hugepage }?.range
  }

  private var structPageRange: SourceRange? {
    architecture.structPageSizes.first { $0.bytes.value == subject.structPageSize }?.bytes.range
  }

  private var construct: String? {
    if case .notUnderstood(let construct)? = run?.outcome.path.ending { construct.construct } else { nil }
  }

  private var pathCondition: String? {
    let conditions = run?.outcome.path.conditions ?? []
    return conditions.map { $0.isTrue ? $0.text : "!(\($0.text))" }.joined(separator: " && ")
  }

  private func vmemmapPagesText(_ observation: Observation) -> String {
    let pageSize = UInt64(1) << UInt64(architecture.layout.pageShift)
    let bytes = observation.vmemmapBytes
    return bytes % pageSize == 0 ? String(bytes / pageSize) : "\(bytes)/\(pageSize)"
  }
}

extension Architecture {
  /// The kernel's own sentence for a write to read-only memory at an address.
  package func oopsSentence(at address: UInt64) -> String {
    guard let open = oops.range(ofPlaceholder: "{address}") else { return oops }
    return String(oops[..<open.lowerBound]) + hexadecimal(address) + String(oops[open.upperBound...])
  }
}

extension String {
  fileprivate func range(ofPlaceholder text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}

extension StringProtocol {
  /// A store is named by the function that is called, or by its text where the code assigns.
  fileprivate var isCName: Bool {
    !isEmpty && unicodeScalars.allSatisfy { $0 == "_" || $0.isASCII && $0.properties.isAlphabetic || $0.isASCIIDigit }
  }
}

extension Unicode.Scalar {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

extension Rule {
  fileprivate func demandNames(_ fact: String) -> Bool {
    switch demand {
    case .forbid(let expression), .require(let expression): expression.symbols.contains { $0.text == fact }
    }
  }
}

/// 16 hexadecimal digits, as the kernel prints addresses.
func hexadecimal(_ value: UInt64) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
