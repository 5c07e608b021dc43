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
    asked.forget()
    ask(for: [model.modules])
    guard isThere else { return false }
    ask(for: model.hashOrder)
    var unsaved = 0
    for symbol in model.hashOrder where !model.symbols[Int(symbol)].isChoice && isUnsaved(symbol) { unsaved += 1 }
    if model.profile.choices == .choiceSymbol { forgetWhatDoesNotFit(&unsaved) }
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
  private func isUnsaved(_ symbol: Int32) -> Bool {
    let index = Int(symbol)
    guard evaluation.user.isSet[index], evaluation.isWritten[index] else {
      return evaluation.user.isSet[index] || evaluation.isWritten[index]
    }
    let record = model.symbols[index]
    if record.type.isLogical { return evaluation.user.truth[index] != evaluation.truth[index] }
    return !evaluation.bytes(of: symbol).elementsEqual(evaluation.user.texts[Int(evaluation.user.text[index])])
  }

  /// Up to v6.10 it forgets what it was told about symbols that cannot be seen, up to v6.7 numbers out of range.
  private mutating func forgetWhatDoesNotFit(_ unsaved: inout Int) {
    var outOfRange: [Int32] = []
    for symbol in model.hashOrder {
      let index = Int(symbol)
      guard evaluation.user.isSet[index], !model.symbols[index].isMember else { continue }
      let text = evaluation.user.text[index]
      if evaluation.visibility[index] == KconfigEvaluation.no, unsaved == 0 { evaluation.user.isSet[index] = false }
      guard !model.symbols[index].type.isLogical, text >= 0 else { continue }
      if !evaluation.allows(evaluation.user.texts[Int(text)], for: symbol) {
        if !model.profile.has(.outOfRangeIsKept) { evaluation.user.isSet[index] = false }
        outOfRange.append(symbol)
        unsaved += 1
        // What comes behind it is measured by its new value.
        evaluation.reevaluate(symbol)
        asked.forget(symbol)
      }
    }
    for symbol in outOfRange { evaluation.reevaluate(symbol) }
  }
}
