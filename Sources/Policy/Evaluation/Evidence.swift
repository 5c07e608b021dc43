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
  let run: ViolatingRun?
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
    case .alias: alias.map { String($0.changedIndex) }
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
    let (address, operation): (UInt64, String?) =
      switch run.event {
      case .fault(let fault): (fault.access.address, fault.operation)
      case .aliasWrite(let alias): (alias.address, alias.operation)
      case .lostFlush, .notUnderstood, .run: (outcome.address, nil)
      }
    return Finding.Witness(
      firstIndex: first, address: address, count: run.structPages.count, structPages: observation.structPages,
      indices: run.structPages.summary,
      scenario: outcome.stateInWords, operation: operation,
      steps: WitnessSteps(architecture: architecture, hugepage: subject.hugepage ?? 0, observation: observation)
        .all(of: run))
  }

  private var alias: AliasWrite? {
    if case .aliasWrite(let alias)? = run?.event { alias } else { nil }
  }

  /// What the finding is about, by what is written there.
  var site: FindingSite {
    if let run {
      let (event, sites) = (run.event, codeSites)
      let site = event.place.flatMap { sites?.site(at: $0) }
      if case .lostFlush = event { return .lostFlush(exit: site, from: run.states) }
      return site.map { .statement($0, calls: event.calls.compactMap { sites?.site(at: $0) }) } ?? .whole
    }
    guard let select = subject.select else { return .whole }
    let same = architecture.selects.filter { $0.symbol.value == select.symbol.value }
    let number = same.firstIndex { $0.symbol.range == select.symbol.range } ?? 0
    return .select(CodeSite(text: "select \(select.symbol.value)", number: number + 1))
  }

  private var codeSites: CodeSites? {
    let code = rule.quantifier == .icacheSync ? architecture.icacheSync : architecture.flush
    return code.map { CodeSites(of: $0.routine) }
  }

  /// The line of C that stores, else the fact that the rule is about.
  var place: SourceRange {
    if let event = run?.event {
      if let place = event.place { return place }
      return rule.quantifier == .icacheSync
        ? architecture.icacheSync?.origin.range ?? architecture.flushRange : architecture.flushRange
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
    guard case .notUnderstood(let construct)? = run?.event, !construct.help.isEmpty else { return nil }
    return construct.help
  }

  private var hugepageRange: SourceRange? {
    architecture.hugepages.first { $0.value == subject.hugepage }?.range
  }

  private var structPageRange: SourceRange? {
    architecture.structPageSizes.first { $0.bytes.value == subject.structPageSize }?.bytes.range
  }

  private var construct: String? {
    if case .notUnderstood(let construct)? = run?.event { construct.construct } else { nil }
  }

  private var pathCondition: String? {
    let conditions = run.map { $0.outcome.path.conditions.prefix($0.conditionsBefore) } ?? []
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
  /// Does what the rule demands speak of a fact?
  func demandNames(_ fact: String) -> Bool {
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
