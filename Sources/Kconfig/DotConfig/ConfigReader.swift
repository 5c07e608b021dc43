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
  private let isExact: Bool
  private let hasChoiceSymbols: Bool
  private var line = 0
  /// The line that is being read.
  private var content: ArraySlice<UInt8> = []
  private var suggestions = 0
  private(set) var messages: [KconfigMessage] = []
  /// The symbols that nobody defines, in their order.
  private(set) var unknown: [[UInt8]] = []

  /// - Parameter prefix: what stands before names, `CONFIG_` usually.
  init(_ model: KconfigModel, path: String, prefix: [UInt8], origin: Origin) {
    self.model = model
    self.path = path
    self.prefix = prefix
    self.origin = origin
    isExact = model.language.has(.exactConfigurationLines)
    hasChoiceSymbols = model.language.choices == .choiceSymbol
  }

  /// Replaces all that the user said by what a text says.
  mutating func read(_ text: [UInt8], into user: inout UserValues) {
    user.clear()
    if hasChoiceSymbols {
      for symbol in model.symbols.ids where model.symbols[symbol].isChoice { user.isSet[symbol] = true }
    }
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: .newline) ?? text.count
      line += 1
      var content = text[start..<end]
      // A carriage return is looked for only before a line end.
      if content.last == UInt8(ascii: "\r"), end < text.count { content.removeLast() }
      if let zero = content.firstIndex(of: 0) { content = content[..<zero] }
      self.content = content
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
      if isExact { warnUnexpected(line) }
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
    guard isExact ? statement.elementsEqual(expected) : statement.starts(with: expected) else { return nil }
    return named[..<space]
  }

  private mutating func set(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, _ user: inout UserValues) {
    guard let symbol = model.symbol(named: name.span) else {
      unknown.append(Array(name))
      if origin == .user(warnsAboutUnknown: true) {
        warn(.text("unknown symbol: ".utf8, name), about: name, help: suggestion(name))
      }
      return
    }
    if user.isSet[symbol] {
      warn(
        .text("override: reassigning to symbol ".utf8, name), about: name, help: ["what the file says last counts"])
    }
    guard assign(value, to: symbol, name, &user) else { return }
    if hasChoiceSymbols {
      noteMember(symbol, name, &user)
    } else if model.choice(of: symbol) != nil {
      user.prefer(symbol)
    }
  }

  /// Kernel: `conf_set_sym_val`.
  /// - Returns: whether the value was understood.
  private mutating func assign(
    _ value: ArraySlice<UInt8>, to symbol: SymbolID, _ name: ArraySlice<UInt8>, _ user: inout UserValues
  ) -> Bool {
    let type = model.symbols[symbol].type
    switch type {
    case .bool, .tristate:
      switch value.first {
      case UInt8(ascii: "m") where type == .tristate: user.set(symbol, truth: .m)
      case UInt8(ascii: "y"): user.set(symbol, truth: .y)
      case UInt8(ascii: "n"): user.set(symbol, truth: .n)
      default: return warnInvalid(value, name)
      }
    case .string where origin == .build:
      user.set(symbol, text: Array(value))
    case .string:
      guard value.first == UInt8(ascii: "\"") else { return true }
      guard let text = unquoted(value.dropFirst()) else {
        warn(
          Array(ascii: "invalid string found"), about: value, reasons: ["expected '\"' at its end"])
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

  /// What a member says about its choice symbol.
  private mutating func noteMember(_ symbol: SymbolID, _ name: ArraySlice<UInt8>, _ user: inout UserValues) {
    guard let choice = model.choice(of: symbol) else { return }
    let value = user.truth[symbol]
    switch value {
    case .m:
      if user.truth[choice] == .y {
        warn(.text(name, " creates inconsistent choice state".utf8), about: name)
        user.isSet[choice] = false
      }
    case .y:
      if user.truth[choice] != .n {
        warn(
          .text("override: ".utf8, name, " changes choice state".utf8), about: name,
          help: ["what the file says last counts"])
      }
      user.chosen[choice] = symbol
    case .n: break
    }
    user.truth[choice] = max(user.truth[choice], value)
  }

  // MARK: warnings

  private mutating func warnInvalid(_ value: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    if origin == .build { return false }
    let expected =
      switch model.symbol(named: name.span).map({ model.symbols[$0].type }) {
      case .bool: "expected 'y' or 'n'"
      case .tristate: "expected 'y', 'm' or 'n'"
      case .int: "expected a decimal number without leading zeros"
      case .hex: "expected a hexadecimal number"
      default: "expected another value"
      }
    // Of an unset symbol, there is no value to point at.
    let place = value.startIndex >= name.endIndex && value.endIndex <= content.endIndex ? value : name
    warn(.text("symbol value '".utf8, value, "' invalid for ".utf8, name), about: place, reasons: [expected])
    return false
  }

  private mutating func warnUnexpected(_ line: ArraySlice<UInt8>) {
    // Up to v6.7 it shows a line up to its first carriage return, and says nothing about one that begins with it.
    let shown = isExact ? line : line.prefix { $0 != UInt8(ascii: "\r") }
    if shown.isEmpty { return }
    let name = String(decoding: prefix, as: UTF8.self)
    warn(
      .text("unexpected data: ".utf8, shown), about: line,
      reasons: ["expected '\(name)NAME=value' or '# \(name)NAME is not set'"])
  }

  /// The symbol that was meant; few are looked for, since each costs a look at all names.
  private mutating func suggestion(_ name: ArraySlice<UInt8>) -> [String] {
    guard suggestions < Self.mostSuggestions, name.count <= Self.longestSuggestion else { return [] }
    suggestions += 1
    let defined = model.symbols.ids.lazy.filter { [model] symbol in
      !model.symbols[symbol].isConstant && model.menu.firstDefinition(of: symbol) != nil
    }.map { [model] in model.nameText(of: $0) }.filter { !$0.isEmpty && $0.count <= Self.longestSuggestion }
    return didYouMean(
      String(decoding: name, as: UTF8.self), among: defined.map { String(decoding: $0, as: UTF8.self) })
  }

  private static let mostSuggestions = 16
  private static let longestSuggestion = 64
  /// More is not kept, nor shown.
  private static let mostMessages = 1 << 18

  private mutating func warn(
    _ text: [UInt8], about part: ArraySlice<UInt8>, reasons: [String] = [], help: [String] = []
  ) {
    guard messages.count < Self.mostMessages else { return }
    let place = KconfigPlace(path: path, line: line)
    var message = KconfigMessage(
      .warning, id: "KCONFIG170", text, at: place, marked: ":warning: ", reasons: reasons, help: help)
    var lines = TextLines(content)
    let start = max(content.startIndex, min(part.startIndex, content.endIndex))
    let end = max(start, min(part.endIndex, content.endIndex))
    let column = lines.column(of: start, inLine: 1)
    let endColumn = lines.column(of: end, inLine: 1)
    message.range = SourceRange(
      path: path, start: SourcePosition(line: line, column: column),
      end: SourcePosition(line: line, column: endColumn))
    let excerpt = lines.excerpt(ofLine: 1, around: start, column: column)
    message.lines = [SourceLine(path: path, number: line, firstColumn: excerpt.firstColumn, text: excerpt.text)]
    messages.append(message)
  }
}
