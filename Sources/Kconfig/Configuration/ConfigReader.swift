import Diagnostics

/// Reads the lines of a `.config` file into what the user said. Kernel: `conf_read_simple` in scripts/kconfig/confdata.c.
struct ConfigReader {
  /// Who wrote it.
  enum Origin: Equatable {
    /// A user, or `conf` for a user: texts stand between quotes.
    case user(warnsAboutUnknown: Bool)
    /// `conf` for the build: texts stand as they are, and old values that no longer fit are no mistake.
    case build
  }

  private let model: KconfigModel
  private let path: String
  private let prefix: [UInt8]
  private let origin: Origin
  private let isOld: Bool
  private var line = 0
  private(set) var messages: [KconfigMessage] = []
  /// The symbols that nobody defines, in their order.
  private(set) var unknown: [[UInt8]] = []

  /// - Parameter prefix: what stands before names, `CONFIG_` usually.
  init(_ model: KconfigModel, path: String, prefix: [UInt8], origin: Origin) {
    self.model = model
    self.path = path
    self.prefix = prefix
    self.origin = origin
    isOld = model.profile.choices == .choiceSymbol
  }

  /// Replaces all that the user said by what a text says.
  mutating func read(_ text: [UInt8], into user: inout UserValues) {
    user.clear()
    if isOld {
      for symbol in model.symbols.indices where model.symbols[symbol].isChoice { user.isSet[symbol] = true }
    }
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: .newline) ?? text.count
      line += 1
      var content = text[start..<end]
      // v6.1 looks for a carriage return only before a line end.
      if content.last == UInt8(ascii: "\r"), !isOld || end < text.count { content.removeLast() }
      if let zero = content.firstIndex(of: 0) { content = content[..<zero] }
      read(line: content, into: &user)
      start = end + 1
    }
  }

  private mutating func read(line: ArraySlice<UInt8>, into user: inout UserValues) {
    guard let first = line.first else { return }
    if first == UInt8(ascii: "#") {
      guard let name = nameOfUnset(line) else { return }
      set(name, "n".utf8.map { $0 }[...], &user)
      return
    }
    guard line.starts(with: prefix) else { return warnUnexpected(line) }
    let rest = line.dropFirst(prefix.count)
    guard let equals = rest.firstIndex(of: UInt8(ascii: "=")) else {
      if !isOld { warnUnexpected(line) }
      return
    }
    set(rest[..<equals], rest[(equals + 1)...], &user)
  }

  /// The name in `# CONFIG_NAME is not set`.
  private func nameOfUnset(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let rest = line.dropFirst(2)
    guard line.dropFirst().first == .space, rest.starts(with: prefix) else { return nil }
    let named = rest.dropFirst(prefix.count)
    guard let space = named.firstIndex(of: .space) else { return nil }
    let statement = named[(space + 1)...]
    let expected = "is not set".utf8
    guard isOld ? statement.starts(with: expected) : statement.elementsEqual(expected) else { return nil }
    return named[..<space]
  }

  private mutating func set(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, _ user: inout UserValues) {
    guard let symbol = model.symbol(named: name.span) else {
      unknown.append(Array(name))
      if origin == .user(warnsAboutUnknown: true) { warn(.text("unknown symbol: ".utf8, name)) }
      return
    }
    if user.isSet[Int(symbol)] { warn(.text("override: reassigning to symbol ".utf8, name)) }
    guard assign(value, to: symbol, name, &user) else { return }
    if isOld {
      noteMember(symbol, name, &user)
    } else if model.choices[Int(symbol)] >= 0 {
      user.prefer(symbol, of: model.choices[Int(symbol)])
    }
  }

  /// Kernel: `conf_set_sym_val`.
  /// - Returns: whether the value was understood.
  private mutating func assign(
    _ value: ArraySlice<UInt8>, to symbol: Int32, _ name: ArraySlice<UInt8>, _ user: inout UserValues
  ) -> Bool {
    let type = model.symbols[Int(symbol)].type
    switch type {
    case .bool, .tristate:
      switch value.first {
      case UInt8(ascii: "m") where type == .tristate: user.set(symbol, truth: KconfigEvaluation.module)
      case UInt8(ascii: "y"): user.set(symbol, truth: KconfigEvaluation.yes)
      case UInt8(ascii: "n"): user.set(symbol, truth: KconfigEvaluation.no)
      default: return warnInvalid(value, name)
      }
    case .string where origin == .build:
      user.set(symbol, text: Array(value))
    case .string:
      guard value.first == UInt8(ascii: "\"") else { return true }
      guard let text = unquoted(value.dropFirst()) else {
        warn(Array(ascii: "invalid string found"))
        return false
      }
      user.set(symbol, text: text)
    case .int, .hex:
      guard type.accepts(value) else { return warnInvalid(value, name) }
      user.set(symbol, text: Array(value))
    case .unknown:
      break
    }
    return true
  }

  /// The text up to the closing quote, without the backslashes that keep characters; nil without a closing quote.
  private func unquoted(_ value: ArraySlice<UInt8>) -> [UInt8]? {
    var text: [UInt8] = []
    var isKept = false
    for byte in value {
      if !isKept, byte == UInt8(ascii: "\"") { return text }
      if !isKept, byte == UInt8(ascii: "\\") {
        isKept = true
      } else {
        text.append(byte)
        isKept = false
      }
    }
    return nil
  }

  /// What a member says about its choice in v6.1.
  private mutating func noteMember(_ symbol: Int32, _ name: ArraySlice<UInt8>, _ user: inout UserValues) {
    let choice = Int(model.choices[Int(symbol)])
    guard choice >= 0 else { return }
    let value = user.truth[Int(symbol)]
    switch value {
    case KconfigEvaluation.module:
      if user.truth[choice] == KconfigEvaluation.yes {
        warn(.text(name, " creates inconsistent choice state".utf8))
        user.isSet[choice] = false
      }
    case KconfigEvaluation.yes:
      if user.truth[choice] != KconfigEvaluation.no {
        warn(.text("override: ".utf8, name, " changes choice state".utf8))
      }
      user.chosen[choice] = symbol
    default: break
    }
    user.truth[choice] = max(user.truth[choice], value)
  }

  // MARK: warnings

  private mutating func warnInvalid(_ value: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    if origin == .build { return false }
    warn(.text("symbol value '".utf8, value, "' invalid for ".utf8, name))
    return false
  }

  private mutating func warnUnexpected(_ line: ArraySlice<UInt8>) {
    // v6.1 shows a line up to its first carriage return, and says nothing about one that begins with it.
    let shown = isOld ? line.prefix { $0 != UInt8(ascii: "\r") } : line
    if shown.isEmpty { return }
    warn(.text("unexpected data: ".utf8, shown))
  }

  private mutating func warn(_ text: [UInt8]) {
    let place = KconfigPlace(path: path, line: line)
    messages.append(KconfigMessage(.warning, id: "KCONFIG170", text, at: place, marked: ":warning: "))
  }
}
