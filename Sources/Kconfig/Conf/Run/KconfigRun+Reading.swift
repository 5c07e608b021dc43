import Diagnostics

/// Reading configurations. Kernel: `conf_read` in scripts/kconfig/confdata.c.
extension KconfigRun {
  /// Reads a configuration and computes all values; without a name, the usual one or one of those that
  /// `KCONFIG_DEFCONFIG_LIST` names.
  /// - Returns: whether there is one.
  mutating func readConfiguration(_ path: String?) throws(KconfigRejection) -> Bool {
    isChanged = false
    let isThere = if let path { try read(path) } else { try readUsual() }
    evaluation.evaluate()
    order.invalidateAll()
    calculate([model.modules])
    guard isThere else { return false }
    calculate(model.hashOrder)
    var unsaved = 0
    for symbol in model.hashOrder where !model.symbols[symbol].isChoice && isUnsaved(symbol) { unsaved += 1 }
    if model.language.choices == .choiceSymbol { forgetWhatDoesNotFit(&unsaved) }
    if warnings > 0 || unsaved > 0 { isChanged = true }
    return true
  }

  /// Reads the present configuration as `olddefconfig` does, and says what there is to say about the files.
  /// - Returns: whether there is one; without one everything has its default.
  /// - Throws: where `conf` would stop.
  public mutating func readPresent() throws(KconfigRejection) -> Bool {
    for message in model.messages { say(message) }
    return try readConfiguration(nil)
  }

  private mutating func readUsual() throws(KconfigRejection) -> Bool {
    if try read(configurationPath) { return true }
    isChanged = true
    let names = (environment["KCONFIG_DEFCONFIG_LIST"] ?? "").utf8.split(whereSeparator: \.isSpace)
    for name in names.map({ String(Substring($0)) }) {
      guard let bytes = try contents(of: name) else { continue }
      inform("using defaults found in \(name)")
      read(bytes, path: name)
      return true
    }
    return false
  }

  /// Reads a configuration without computing anything.
  /// - Returns: whether there is one.
  mutating func read(_ path: String) throws(KconfigRejection) -> Bool {
    guard let bytes = try contents(of: path) else { return false }
    read(bytes, path: path)
    return true
  }

  private mutating func read(_ bytes: [UInt8], path: String) {
    var reader = ConfigReader(
      model, path: path, prefix: prefix,
      origin: .user(warnsAboutUnknown: environment["KCONFIG_WARN_UNKNOWN_SYMBOLS"] != nil))
    reader.read(bytes, into: &evaluation.user)
    for message in reader.messages { say(message) }
    warnings = reader.messages.count
    if !reader.unknown.isEmpty { isChanged = true }
  }

  func contents(of path: String) throws(KconfigRejection) -> [UInt8]? {
    do throws(Diagnostic) {
      return try files.read(path)
    } catch {
      let text = Array(error.message.utf8)
      throw KconfigRejection([KconfigMessage(.error, id: error.id, text, at: nil, help: error.help)], status: 2)
    }
  }

  /// Whether the configuration says something else about a symbol than what comes out.
  private func isUnsaved(_ symbol: SymbolID) -> Bool {
    guard evaluation.user.isSet[symbol], evaluation.isWritten[symbol] else {
      return evaluation.user.isSet[symbol] || evaluation.isWritten[symbol]
    }
    if model.symbols[symbol].type.isLogical { return evaluation.user.truth[symbol] != evaluation.truth(symbol) }
    return !evaluation.bytes(of: symbol).elementsEqual(evaluation.user.text(of: symbol) ?? [])
  }

  /// Up to v6.10 it forgets what it was told about symbols that cannot be seen, up to v6.7 numbers out of range.
  private mutating func forgetWhatDoesNotFit(_ unsaved: inout Int) {
    var outOfRange: [SymbolID] = []
    for symbol in model.hashOrder where evaluation.user.isSet[symbol] && !model.symbols[symbol].isMember {
      let text = evaluation.user.text(of: symbol)
      if evaluation.visibility[symbol] == .n, unsaved == 0 { evaluation.user.isSet[symbol] = false }
      guard !model.symbols[symbol].type.isLogical, let text else { continue }
      if !evaluation.allows(text, for: symbol) {
        if !model.language.has(.outOfRangeIsKept) { evaluation.user.isSet[symbol] = false }
        outOfRange.append(symbol)
        unsaved += 1
        // What comes behind it is measured by its new value.
        evaluation.reevaluate(symbol)
        order.invalidate(symbol)
      }
    }
    for symbol in outOfRange { evaluation.reevaluate(symbol) }
  }
}
