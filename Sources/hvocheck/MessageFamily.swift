import Policy

/// What messages that belong to no rule have in common: the letters of their identities say what they are about.
struct MessageFamily {
  private let id: String
  private let words: (subject: String, wayOut: String)

  /// The family of a message; nil where the text is no identity, or that of a rule.
  init?(of id: String, rules: [Rule]) {
    guard !rules.contains(where: { $0.id == id }) else { return nil }
    let letters = String(id.prefix { $0.isLetter })
    let digits = id.dropFirst(letters.count)
    guard digits.count == 3, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let words = Self.families[letters] else {
      return nil
    }
    (self.id, self.words) = (id, words)
  }

  /// The explanation.
  var text: String {
    """
    \(id) is about \(words.subject).

    The message itself has the place, the reason and the way out. In general:
      \(words.wayOut)

    """
  }

  private static let families: [String: (subject: String, wayOut: String)] = [
    "YAML": (
      "the text of a YAML file, whatever it describes",
      "anchors, aliases, merge keys, tags, duplicate keys and second documents are refused; y is no boolean"
    ),
    "SCHEMA": (
      "the form of a file: its keys and the kinds of their values", "hvocheck schema FORMAT prints all keys of a format"
    ),
    "ARCH": (
      "what a descriptor says of an architecture",
      "hvocheck show NAME --resolved --origin prints each value with its line"
    ),
    "KCONFIG": (
      "an expression in Kconfig syntax", "write it as behind 'depends on'; names in capital letters are symbols"
    ),
    "RULE": ("a rule file, or the cases of a rule", "hvocheck rules new writes a rule that can be read, with cases"),
    "BASE": ("the file of known findings", "an entry names rule, architecture, HugeTLB page sizes, reason and date"),
    "CONFIG": ("the configuration file", "hvocheck schema config prints its keys; --no-config leaves it out"),
    "SIM": (
      "a simulation that 'hvocheck sim' was asked for", "hvocheck help sim has examples and the steps of scripts"
    ),
    "GIT": ("a repository or a revision of 'hvocheck diff'", "what git itself said stands in the message"),
    "USAGE": ("the command line", "hvocheck help COMMAND has examples"),
    "FILE": ("a file that is not there, or not what it should be", "correct the path, or the file"),
    "IO": ("the machine: a file that cannot be read or written although it is there", "look at permissions and disk"),
  ]
}
