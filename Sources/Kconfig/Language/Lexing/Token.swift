/// What the lexer cuts a Kconfig file into.
enum Token: UInt8 {
  case end
  case endOfLine
  /// A bare word; the lexer has its name.
  case word
  /// A quoted text; the lexer has its name.
  case quoted
  /// The text of a `help`; the lexer has its extent.
  case helpText
  /// The right side of an assignment; the lexer has its text.
  case assignedText
  case or
  case and
  case equal
  case unequal
  case less
  case lessOrEqual
  case greater
  case greaterOrEqual
  case not
  case open
  case close
  case colonEqual
  case plusEqual

  // The keywords; their order is that of `keywords`.
  case bool
  case choice
  case comment
  case config
  case defBool
  case defTristate
  case `default`
  case depends
  case endchoice
  case endif
  case endmenu
  case help
  case hex
  case `if`
  case imply
  case int
  case mainmenu
  case menu
  case menuconfig
  case modules
  case on
  case prompt
  case range
  case select
  case source
  case string
  case tristate
  case visible
  case optional
  case rsource
  case osource
  case orsource
  case transitional

  /// The spellings of the keywords, beginning with `bool`.
  static let keywords = [
    "bool", "choice", "comment", "config", "def_bool", "def_tristate", "default", "depends", "endchoice", "endif",
    "endmenu", "help", "hex", "if", "imply", "int", "mainmenu", "menu", "menuconfig", "modules", "on", "prompt",
    "range", "select", "source", "string", "tristate", "visible", "optional", "rsource", "osource", "orsource",
    "transitional",
  ]

  /// The keyword of a name, if the name is one in this language. Keywords are the first names of every table.
  static func keyword(_ name: NameID, in language: KconfigLanguage) -> Token? {
    guard name.position < keywords.count,
      let token = Token(rawValue: Token.bool.rawValue + UInt8(truncatingIfNeeded: name.number))
    else { return nil }
    switch token {
    case .optional: return language.has(.noOptionalChoices) ? nil : token
    case .transitional: return language.has(.transitionalSymbols) ? token : nil
    case .rsource, .osource, .orsource: return language.readsPatterns ? token : nil
    default: return token
    }
  }

  /// The comparison that it stands for, if it is one.
  var relation: ExpressionKind? {
    switch self {
    case .equal: .equal
    case .unequal: .unequal
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    default: nil
    }
  }
}
