import Diagnostics

/// Saying what became of what the user set. Kernel: `conf_append_changed_input_warning` in scripts/kconfig/confdata.c of
/// v7.2.
extension KconfigRun {
  /// Warns about each symbol that has another value than the user gave it, if that is asked for.
  func warnAboutChangedInput() {
    guard model.profile.has(.changedInputWarning), !(environment["KCONFIG_WARN_CHANGED_INPUT"] ?? "").isEmpty else {
      return
    }
    var lines: [UInt8] = []
    var reasons: [String] = []
    var isSeen = [Bool](repeating: false, count: model.symbols.count)
    for node in model.nodesInMenuOrder {
      let symbol = model.nodes[Int(node)].symbol
      guard symbol >= 0, !isSeen[Int(symbol)], !model.symbols[Int(symbol)].isChoice else { continue }
      isSeen[Int(symbol)] = true
      guard let wanted = wantedText(symbol), !evaluation.bytes(of: symbol).elementsEqual(wanted) else { continue }
      let line: [UInt8] = .text(
        prefix, model.names[max(model.symbols[Int(symbol)].name, 0)], ": ".utf8, wanted, " -> ".utf8,
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
  private func wantedText(_ symbol: Int32) -> [UInt8]? {
    let index = Int(symbol)
    guard evaluation.user.isSet[index] else { return nil }
    switch model.symbols[index].type {
    case .unknown: return nil
    case .bool, .tristate: return ["n", "m", "y"].map { Array($0.utf8) }[Int(evaluation.user.truth[index])]
    case .int, .hex, .string:
      let text = Int(evaluation.user.text[index])
      return text < 0 ? [] : evaluation.user.texts[text]
    }
  }
}
