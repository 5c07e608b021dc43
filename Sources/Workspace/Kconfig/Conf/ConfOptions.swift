import Kconfig

/// The command line of `conf`, read as getopt_long of glibc reads it; kernel: `main` in scripts/kconfig/conf.c.
///
/// A wrong option is complained about and left out, as there.
package struct ConfOptions {
  private(set) var mode = KconfigMode.oldaskconfig
  private(set) var isSilent = false
  /// Whether `-h` was asked for; what stands behind it was not looked at.
  private(set) var asksForHelp = false
  /// The first argument that is no option.
  private(set) var kconfig: String?
  /// What is to be said about wrong options, a line each.
  private(set) var complaints: [String] = []

  private enum Option: Sendable {
    case help
    case silent
    case mode(KconfigMode)
    case file(@Sendable (String) -> KconfigMode)
  }

  /// In the order in which `conf` lists them.
  private static let options: [(name: String, option: Option)] = [
    ("help", .help), ("silent", .silent), ("oldaskconfig", .mode(.oldaskconfig)), ("oldconfig", .mode(.oldconfig)),
    ("syncconfig", .mode(.syncconfig)), ("defconfig", .file { .defconfig($0) }),
    ("savedefconfig", .file { .savedefconfig($0) }), ("allnoconfig", .mode(.allnoconfig)),
    ("allyesconfig", .mode(.allyesconfig)), ("allmodconfig", .mode(.allmodconfig)),
    ("alldefconfig", .mode(.alldefconfig)), ("randconfig", .mode(.randconfig)),
    ("listnewconfig", .mode(.listnewconfig)), ("helpnewconfig", .mode(.helpnewconfig)),
    ("olddefconfig", .mode(.olddefconfig)), ("yes2modconfig", .mode(.yes2modconfig)),
    ("mod2yesconfig", .mode(.mod2yesconfig)), ("mod2noconfig", .mode(.mod2noconfig)),
  ]

  /// - Parameter name: what complaints begin with, the command as it was called.
  init(_ arguments: [String], name: String) {
    var words = arguments[...]
    var others: [String] = []
    while !asksForHelp, let word = words.popFirst() {
      if word == "--" {
        others += words
        break
      } else if word.hasPrefix("--") {
        takeLong(word.dropFirst(2), &words, name)
      } else if word.hasPrefix("-"), word != "-" {
        takeLetters(word.dropFirst(), name)
      } else {
        others.append(word)
      }
    }
    kconfig = others.first
  }

  private mutating func takeLetters(_ letters: Substring, _ name: String) {
    for letter in letters where !asksForHelp {
      switch letter {
      case "h": asksForHelp = true
      case "s": isSilent = true
      default: complaints.append("\(name): invalid option -- '\(letter)'")
      }
    }
  }

  private mutating func takeLong(_ word: Substring, _ words: inout ArraySlice<String>, _ name: String) {
    let equals = word.firstIndex(of: "=")
    let asked = String(word[..<(equals ?? word.endIndex)])
    let matches = Self.options.filter { $0.name.hasPrefix(asked) }
    guard let found = matches.first(where: { $0.name == asked }) ?? (matches.count == 1 ? matches.first : nil) else {
      let possible = matches.map { " '--\($0.name)'" }.joined()
      complaints.append(
        matches.isEmpty
          ? "\(name): unrecognized option '--\(word)'"
          : "\(name): option '--\(word)' is ambiguous; possibilities:\(possible)")
      return
    }
    if case .file(let mode) = found.option {
      if let equals {
        self.mode = mode(String(word[word.index(after: equals)...]))
      } else if let file = words.popFirst() {
        self.mode = mode(file)
      } else {
        complaints.append("\(name): option '--\(found.name)' requires an argument")
      }
      return
    }
    guard equals == nil else {
      complaints.append("\(name): option '--\(found.name)' doesn't allow an argument")
      return
    }
    switch found.option {
    case .help: asksForHelp = true
    case .silent: isSilent = true
    case .mode(let mode): self.mode = mode
    case .file: break
    }
  }
}
