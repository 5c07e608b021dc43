import Diagnostics
import Kconfig

/// Which lines of a descriptor contradict one another.
extension ConfigurationSpace {
  /// A message about lines of `config:` that no `.config` can have together, though it could without any one of them.
  func contradiction(between requirements: [KconfigSpace.Requirement]) -> Diagnostic {
    let set = requirements.first { $0.value != .n && kconfig.known($0.symbol)?.depends != nil }
    if let set, let depends = kconfig.known(set.symbol)?.depends {
      return unmet(set.symbol, depends: depends, among: requirements)
    }
    let selected = requirements.first { requirement in
      requirement.value == .n && architecture.selects.contains { $0.symbol.value == requirement.symbol }
    }
    let headline = selected ?? requirements.last ?? KconfigSpace.Requirement("config", is: .n)
    let others = requirements.filter { $0 != headline }
    var reasons = others.map { "\($0.symbol) is \($0.value.letter)" }
    var notes = others.compactMap { other in
      architecture.config[other.symbol].map { Diagnostic.Note("\(other.value.letter) here", at: $0.range) }
    }
    let known = kconfig.known(headline.symbol)
    if selected != nil {
      notes += architecture.selects.filter { $0.symbol.value == headline.symbol }
        .map { .init("selected here", at: $0.symbol.range) }
    } else if headline.symbol == kconfig.uses.own {
      reasons.append("it is y wherever arch/\(architecture.directory.value) is built")
    } else if headline.value == .m, !kconfig.uses.isTristate(headline.symbol) {
      reasons.append("it is y or n")
    } else if let size = known?.pageSize, size.trailingZeroBitCount != architecture.layout.pageShift {
      reasons.append("it needs pages of \(sizeText(size)), and 'page_size' is \(pageSizeText)")
    } else if let choice = known?.choice {
      reasons.append("of the choice \(choice) exactly one symbol is y")
    }
    return Diagnostic(
      id: "ARCH019",
      selected == nil
        ? "no .config can set \(headline.symbol)\(headline.value == .y ? "" : " to \(headline.value.letter)")"
        : "\(headline.symbol) is selected and cannot be n",
      at: architecture.config[headline.symbol]?.range ?? architecture.directory.range, reasons: reasons, notes: notes,
      help: ["remove the line, or correct what it depends on"])
  }

  private var pageSizeText: String { sizeText(1 << UInt64(architecture.layout.pageShift)) }

  private func unmet(
    _ symbol: String, depends: KconfigExpression, among requirements: [KconfigSpace.Requirement]
  ) -> Diagnostic {
    let others = said.filter { $0.symbol != symbol }.map { ($0.symbol, $0.value) }
    // Without the line there may be another contradiction, of which this message is not.
    let rest = requirements.filter { $0.symbol != symbol }.map { ($0.symbol, $0.value) }
    let missing = depends.symbols.map(\.text).filter { dependency in
      (onlyValue(of: dependency, where: others) ?? onlyValue(of: dependency, where: rest)) == .n
    }
    let contradicting = rest.filter { !missing.contains($0.0) }
    return Diagnostic(
      id: "ARCH019", "no .config can set \(symbol)", at: architecture.config[symbol]?.range,
      reasons: ["it depends on \(depends)"] + missing.map(whyN),
      notes: missing.compactMap { architecture.config[$0].map { .init("n here", at: $0.range) } }
        + missing.flatMap { dependency in
          architecture.selects.filter { $0.symbol.value == dependency }
            .compactMap(\.condition).map { .init("this condition is n", at: $0.range) }
        }
        + contradicting.compactMap { name, value in
          architecture.config[name].map { .init("\(value.letter) here", at: $0.range) }
        },
      help: ["remove the line, or correct what it depends on"])
  }

  private func whyN(_ symbol: String) -> String {
    if architecture.config[symbol] != nil { return "\(symbol) is n" }
    if kconfig.names.isAbsent(symbol) { return "this kernel has no \(symbol) here" }
    return architecture.selects.contains { $0.symbol.value == symbol }
      ? "\(symbol) is selected under a condition that is n" : "\(symbol) is n"
  }
}
