package import Architectures
package import Diagnostics

/// The beginning of a rule: a rule file that reads well and never fires, and cases that say when it has to.
///
/// A new rule is red: its failing case fails until somebody writes down what the rule forbids.
package struct RuleSkeleton: Sendable {
  /// The identity, such as `ACME001`.
  package let id: String
  /// The name in kebab-case.
  package let name: String
  /// What the rule speaks of.
  package let quantifier: Rule.Quantifier

  /// The letters with which the identities of shipped rules begin.
  package static let shippedPrefix = "HVO"

  /// Makes the beginning of a rule.
  /// - Throws: an identity or a name that no rule can have.
  package init(id: String, name: String, quantifier: Rule.Quantifier) throws(Diagnostic) {
    guard RuleReader.isIdentity(id) else {
      throw Diagnostic(
        id: "RULE012", "'\(id)' is not an identity", at: nil, help: ["capital letters and a number, such as ACME001"])
    }
    guard !id.hasPrefix(Self.shippedPrefix) else { throw .shippedIdentity(id, at: nil) }
    guard RuleReader.isName(name) else {
      throw Diagnostic(
        id: "RULE012", "'\(name)' is not the name of a rule", at: nil,
        help: ["small letters, digits and hyphens, such as flush-takes-lock"])
    }
    (self.id, self.name, self.quantifier) = (id, name, quantifier)
  }

  /// The rule file.
  /// - Parameters:
  ///   - catalog: whose symbols the rule may name.
  ///   - folder: where it is written to, for the commands in its comments.
  package func ruleFile(catalog: KernelCatalog, folder: String) -> String {
    let facts = Vocabulary(for: quantifier, symbols: Set(catalog.symbols.keys)).facts.sorted { $0.key < $1.key }
    let names = facts.map { name, type in
      switch type {
      case .truth: name
      case .words(let words): "\(name) (\(words.joined(separator: ", ")))"
      }
    }
    let placeholders = MessageTemplate.Placeholder.allCases.map { "{\($0.rawValue)}" }
    return """
      # \(id): a rule of your own. It never fires yet.
      #
      #   1. Say in tests/\(id).yaml what has to be found, and what must not be.
      #   2. hvocheck rules test --rules \(folder)       its failing case fails
      #   3. Write down here what is forbidden, until all cases pass.
      #   4. hvocheck check --rules \(folder)
      ---
      schema: hvo/rules/v1
      rules:
        - id: \(id)
          name: \(name)
          # The part of the verdict: \(Rule.Axis.allCases.map(\.rawValue).joined(separator: ", ")).
          axis: \(sample.axis.rawValue)
          # How much it weighs: \(Severity.allCases.map(\.rawValue).joined(separator: ", ")).
          severity: error
          title: \(name.replacing("-", with: " "))
          # What it speaks of: \(Rule.Quantifier.allCases.map(\.rawValue).joined(separator: ", ")).
          for_each: \(quantifier.rawValue)
          # What it forbids, in the syntax of Kconfig; 'require:' says what has to hold instead. Names in capital letters
          # are Kconfig symbols, the facts here are:
      \(Self.wrapped(names, indentation: "    #   "))
          # such as: \(sample.forbidden)
          forbid: n
          # Lines of evidence. A line whose placeholders are all empty is left out:
      \(Self.wrapped(placeholders, indentation: "    #   "))
          evidence: |
            \(sample.evidence)
          why: |
            Say which kernel broke, and how.
          help: |
            say what to do instead.
          references: []

      """
  }

  /// The file with its cases: one that the rule has to find, one that it must not.
  package var caseFile: String {
    """
    # The cases of \(id), differences from bases/\(Self.base).yaml. 'findings:' lists everything that the rule reports:
    # hugepage, first (struct page), count, address, message and evidence, as far as they matter.
    ---
    schema: hvo/cases/v1
    rule: \(id)
    cases:
      - name: what the rule has to find
        base: \(Self.base)
        changes:
    \(sample.changes.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n"))
        findings: [\(sample.finding)]

      - name: a port that is sound
        base: \(Self.base)
        findings: []

    """
  }

  /// The name of the descriptor under `bases/` from which the cases differ.
  package static let base = "port"

  // MARK: a sample for each quantifier

  private struct Sample {
    var axis: Rule.Axis
    var forbidden: String
    var evidence: String
    var changes: String
    var finding: String
  }

  private var sample: Sample {
    switch quantifier {
    case .select:
      Sample(
        axis: .kconfig, forbidden: "select.is_opt_in && !select.exists", evidence: "kernel {kernel} has no {symbol}",
        changes: """
          select:
            - {symbol: SPARSEMEM_VMEMMAP_ENABLE}
            - {symbol: ARCH_WANT_HUGETLB_PAGE_FREE_VMEMMAP}
          """, finding: "{}")
    case .architecture:
      Sample(
        axis: .kconfig, forbidden: "opt_in.selected && !feature.reachable", evidence: "kernel {kernel}: {because}",
        changes: "config: {HUGETLBFS: n}", finding: "{}")
    case .configuration:
      Sample(
        axis: .kconfig, forbidden: "feature.enabled && !struct_page.power_of_two",
        evidence: "sizeof(struct page) is {size}", changes: "struct_page: {size: 56}", finding: "{}")
    case .cell:
      Sample(
        axis: .remap, forbidden: "remap.replaces_live_pte && live_pte_replace = forbidden",
        evidence: "one {hugepage} HugeTLB page replaces {replaced} live entries",
        changes: "live_pte_replace: forbidden", finding: "{hugepage: 2M}")
    case .flush:
      Sample(
        axis: .flush, forbidden: "run.faults",
        evidence: "struct page #{index} of {pages}: {count} of them, {indices}",
        changes: """
          flush_dcache_page:
            body: |
              if (test_bit(PG_dcache_clean, &page->flags))
                      clear_bit(PG_dcache_clean, &page->flags);
          """, finding: "{hugepage: 2M, first: 64, count: 7}")
    case .icacheSync:
      Sample(
        axis: .flush, forbidden: "run.faults",
        evidence: "struct page #{index} of {pages}: {count} of them, {indices}",
        changes: """
          hugepages: [32M]
          icache_sync:
            body: |
              struct page *page = pte_page(pte);
              set_bit(PG_dcache_clean, &page->flags);
          """, finding: "{hugepage: 32M, first: 512, count: 1}")
    }
  }

  private static func wrapped(_ words: [String], indentation: String) -> String {
    var lines: [String] = []
    for (index, word) in words.enumerated() {
      let word = index + 1 < words.count ? word + "," : word
      if let last = lines.last, last.count + 1 + word.count <= 100 {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(indentation + word)
      }
    }
    return lines.joined(separator: "\n")
  }
}

extension Diagnostic {
  /// Somebody's own rule has an identity that a shipped rule has, or may have one day.
  package static func shippedIdentity(_ id: String, at place: SourceRange?) -> Diagnostic {
    Diagnostic(
      id: "RULE011", "'\(id)' is an identity of a shipped rule, today or later", at: place,
      reasons: ["identities that begin with \(RuleSkeleton.shippedPrefix) belong to hvocheck itself"],
      help: ["begin with letters of your own, such as ACME001"])
  }
}
