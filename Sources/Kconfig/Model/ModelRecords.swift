/// A symbol, a constant or a choice.
struct SymbolRecord: Sendable {
  /// -1 for a choice without a name.
  var name: Int32
  var type = KconfigType.unknown
  var isConstant = false
  var isChoice = false
  /// A choice symbol with `optional`.
  var isOptional = false
  /// Read from `.config` files and never written.
  var isTransitional = false
  /// In the list of a choice.
  var isMember = false
  /// The choice symbol that it is a member of.
  var choice: Int32 = -1
  var wereItsPropertiesChecked = false
  /// Property list in source order, over all definitions.
  var firstProperty: Int32 = -1
  var lastProperty: Int32 = -1
  /// Its definitions in source order.
  var firstNode: Int32 = -1
  var lastNode: Int32 = -1
  /// What all definitions together depend on.
  var dependency = ExpressionStore.none
  /// What selects it.
  var selection = ExpressionStore.none
  /// What implies it.
  var implication = ExpressionStore.none
}

/// An entry of the menu.
struct NodeRecord: Sendable {
  var parent: Int32
  var next: Int32 = -1
  /// The first entry inside.
  var inside: Int32 = -1
  /// -1 for menus, comments and ifs.
  var symbol: Int32
  /// Its properties lie one behind the other from here on.
  var firstProperty: Int32
  /// The property with the prompt or title.
  var prompt: Int32 = -1
  /// What `visible if` says.
  var visibility = ExpressionStore.none
  var dependency = ExpressionStore.none
  /// The file and place of its help text; -1 without.
  var helpFile: Int32 = -1
  var helpStart: Int32 = 0
  /// The next definition of the same symbol.
  var nextDefinition: Int32 = -1
  var path: Int32
  var line: Int32
}

/// What a statement says about a symbol or a menu entry.
struct PropertyRecord: Sendable {
  enum Kind: UInt8, Sendable {
    /// Where a symbol is defined.
    case definition
    case prompt
    case comment
    case menu
    case `default`
    case select
    case imply
    case range

    /// The name in messages about v6.1's dependency loops.
    var name: String {
      switch self {
      case .definition: "symbol"
      case .prompt: "prompt"
      case .comment: "comment"
      case .menu: "menu"
      case .default: "default"
      case .select: "select"
      case .imply: "imply"
      case .range: "range"
      }
    }
  }

  var kind: Kind
  /// The text of a prompt; -1 without.
  var text: Int32 = -1
  /// The condition, with all that its place depends on once the model is complete.
  var condition = ExpressionStore.none
  /// The default, the selected symbol or the range.
  var value = ExpressionStore.none
  var node: Int32
  /// The next property of the same symbol.
  var next: Int32 = -1
  var path: Int32
  var line: Int32
}
