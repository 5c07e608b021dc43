import Diagnostics

/// Saying what became of what the user set. Kernel: `conf_append_changed_input_warning` in scripts/kconfig/confdata.c of
/// v7.2.
extension KconfigRun {
  /// Warns about each symbol that has another value than the user gave it, if that is asked for.
  func warnAboutChangedInput() {
    guard model.language.has(.changedInputWarning), !(environment["KCONFIG_WARN_CHANGED_INPUT"] ?? "").isEmpty else {
      return
    }
    var lines: [UInt8] = []
    var reasons: [String] = []
    var isSeen = IDTable<SymbolID, Bool>(repeating: false, count: model.symbols.count)
    for symbol in model.menu.symbols(inside: .root) where !isSeen[symbol] && !model.symbols[symbol].isChoice {
      isSeen[symbol] = true
      guard let wanted = wantedText(symbol), !evaluation.bytes(of: symbol).elementsEqual(wanted) else { continue }
      let line: [UInt8] = .text(
        prefix, model.nameText(of: symbol), ": ".utf8, wanted, " -> ".utf8,
        evaluation.bytes(of: symbol))
      lines += Array(ascii: "  ") + line + [.newline]
      reasons.append(String(decoding: line, as: UTF8.self))
    }
    guard !lines.isEmpty else { return }
    let title = "user-provided values changed by Kconfig"
    say(
      KconfigMessage(
        .warning, id: "KCONFIG171", exactly: Array(ascii: "warning: \(title):\n") + lines, summary: Array(title.utf8),
        reasons: reasons))
  }

  /// What the user said about a symbol; nil for nothing.
  private func wantedText(_ symbol: SymbolID) -> [UInt8]? {
    guard evaluation.user.isSet[symbol] else { return nil }
    switch model.symbols[symbol].type {
    case .unknown: return nil
    case .bool, .tristate: return Array(evaluation.user.truth[symbol].bytes)
    case .int, .hex, .string: return evaluation.user.text(of: symbol) ?? []
    }
  }
}
