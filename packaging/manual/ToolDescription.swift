import FoundationEssentials

/// What the argument parser says about the tool: `hvocheck --experimental-dump-help`.
struct ToolDescription: Decodable {
  let command: Command

  /// A command with its arguments and the commands below it.
  struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let shouldDisplay: Bool
    let arguments: [Argument]?
    let subcommands: [Command]?

    /// The commands that have a page or a section: `help` is the argument parser's own and says nothing new.
    var documented: [Command] { (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" } }

    /// The command and everything below it.
    var family: [Command] { [self] + documented.flatMap(\.family) }
  }

  /// An option, a flag or a positional argument.
  struct Argument: Decodable {
    let kind: Kind
    let isOptional: Bool
    let isRepeating: Bool
    let shouldDisplay: Bool
    let names: [Name]?
    let valueName: String?
    let defaultValue: String?
    let allValues: [String]?
    let abstract: String?
    let discussion: String?
  }

  enum Kind: String, Decodable {
    case positional
    case option
    case flag
  }

  struct Name: Decodable, Equatable {
    let kind: String
    let name: String

    /// What `.Fl` takes: the name without its first dash.
    var flag: String { (kind == "long" ? "-" : "") + name }
  }

  init(json: Data) throws {
    self = try JSONDecoder().decode(Self.self, from: json)
  }
}
