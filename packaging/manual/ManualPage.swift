/// The manual page of a command; commands below it that group others have none of their own and are sections here.
struct ManualPage {
  /// The edition that the foot of a page names.
  struct Edition {
    let date: String
    let version: String
  }

  private typealias Command = ToolDescription.Command
  private typealias Argument = ToolDescription.Argument

  /// hvocheck-check
  let name: String
  let source: String

  /// The page of the tool itself, then one for each of its commands.
  static func all(of tool: ToolDescription, edition: Edition) -> [ManualPage] {
    let root = tool.command
    return [ManualPage(root, in: root, edition: edition)]
      + root.documented.map { ManualPage($0, in: root, edition: edition) }
  }

  private init(_ command: Command, in root: Command, edition: Edition) {
    let isRoot = command.commandName == root.commandName
    let words = isRoot ? [root.commandName] : [root.commandName, command.commandName]
    name = words.joined(separator: "-")
    let writer = Writer(command: command, root: root, isRoot: isRoot, words: words)
    source = writer.page(name: name, edition: edition)
  }

  /// The sections, in the order that mdoc(7) wants.
  private struct Writer {
    let command: Command
    let root: Command
    let isRoot: Bool
    let words: [String]

    func page(name: String, edition: Edition) -> String {
      var mdoc = Mdoc()
      mdoc.macro("\\\"", "SPDX-License-Identifier: Apache-2.0")
      mdoc.macro("Dd", edition.date)
      mdoc.macro("Dt", name.uppercased(), "1")
      mdoc.macro("Os", root.commandName, edition.version)
      mdoc.macro("Sh", "NAME")
      mdoc.macro("Nm", name)
      mdoc.macro("Nd", Mdoc.escaped(subject[...]))
      mdoc.macro("Sh", "SYNOPSIS")
      synopsis(into: &mdoc)
      mdoc.macro("Sh", "DESCRIPTION")
      description(into: &mdoc)
      options(into: &mdoc)
      for section in help.sections where !["EXAMPLES", "EXIT STATUS"].contains(section.title) {
        mdoc.macro("Sh", Mdoc.escaped(section.title[...]))
        mdoc.display(section.lines)
      }
      mdoc.macro("Sh", "ENVIRONMENT")
      environment(into: &mdoc)
      files(into: &mdoc)
      mdoc.macro("Sh", "EXIT STATUS")
      exitStatus(into: &mdoc)
      examples(into: &mdoc)
      seeAlso(into: &mdoc)
      return mdoc.source
    }

    private var help: HelpText { HelpText(command.discussion ?? "") }

    /// The abstract as the rest of a sentence.
    private var subject: String {
      let abstract = (command.abstract ?? "").trimmingSuffix(".")
      return abstract.prefix(1).lowercased() + abstract.dropFirst()
    }

    private func synopsis(into mdoc: inout Mdoc) {
      if isRoot {
        mdoc.macro("Nm")
        mdoc.macro("Ar", "command")
        mdoc.macro("Op", "Ar", "argument", "...")
        mdoc.macro("Nm")
        let options = own(of: command).map { "Fl " + flags($0, separator: " | Fl ") }
        mdoc.macro(options.joined(separator: " | "))
      } else {
        for (words, member) in members where member.documented.isEmpty {
          mdoc.macro("Nm", words.map(Mdoc.word).joined(separator: " "))
          for argument in own(of: member) { mdoc.macro(usage(argument)) }
        }
      }
    }

    private func description(into mdoc: inout Mdoc) {
      mdoc.text(command.abstract ?? "")
      mdoc.blocks(help.introduction)
      if isRoot {
        mdoc.macro("Pp")
        mdoc.text("Each command has a page of its own:")
        mdoc.list(
          command.documented.map { member in
            ("Xr \(Mdoc.word(root.commandName + "-" + member.commandName)) 1", [member.abstract ?? ""])
          })
      }
      for (words, member) in members.dropFirst() where !isRoot {
        mdoc.macro("Ss", words.map(Mdoc.word).joined(separator: " "))
        mdoc.text(member.abstract ?? "")
        let help = HelpText(member.discussion ?? "")
        mdoc.blocks(help.introduction)
        for section in help.sections where section.title != "EXAMPLES" {
          mdoc.blocks([.paragraph(section.title + ":"), .display(section.lines)])
        }
        list(own(of: member), into: &mdoc)
      }
    }

    private func options(into mdoc: inout Mdoc) {
      let arguments = own(of: command)
      mdoc.macro("Sh", "OPTIONS")
      list(arguments, into: &mdoc)
      guard !isRoot else { return }
      if !arguments.isEmpty { mdoc.macro("Pp") }
      mdoc.text("Every command takes these, too:")
      list(own(of: root), into: &mdoc)
    }

    private func list(_ arguments: [Argument], into mdoc: inout Mdoc) {
      guard !arguments.isEmpty else { return }
      mdoc.list(arguments.map { (term($0), meaning($0)) })
    }

    private func environment(into mdoc: inout Mdoc) {
      mdoc.list([
        ("Ev NO_COLOR", ["Set and not empty: no colour."]),
        ("Ev HVOCHECK_CONF", ["The options that it takes when it is called by the name conf."]),
        ("Ev PATH", ["Where the shell of --allow-shell looks for commands."]),
        ("Ev CLICOLOR_FORCE , FORCE_COLOR", ["Set, not empty and not 0: colour, even where the output is a file."]),
        ("Ev TERM", ["No colour on a terminal that is called dumb."]),
        ("Ev CI", ["true or 1: an entry of the baseline whose finding is gone fails, as with --strict-baseline."]),
      ])
      mdoc.macro("Pp")
      mdoc.text("Of those about colour the first decides; the option --color of commands that have it beats them all.")
    }

    /// Files and folders that are meant where none is given: default values, and what an abstract calls one.
    private func files(into mdoc: inout Mdoc) {
      var items: [(term: String, text: [String])] = []
      for argument in command.family.flatMap({ $0.arguments ?? [] }) {
        let abstract = argument.abstract ?? ""
        let standard = argument.defaultValue.flatMap { $0.hasPrefix("./") ? $0 : nil }
        let named = abstract.matches(of: /(?:by default|else) ([\w.\/-]*(?:\/[\w-]+|\.(?:json|ya?ml)))\b/)
        for path in [standard].compactMap(\.self) + named.map({ String($0.1) }) {
          let term = "Pa " + Mdoc.word(path)
          if !items.contains(where: { $0.term == term }) { items.append((term, [abstract])) }
        }
      }
      guard !items.isEmpty else { return }
      mdoc.macro("Sh", "FILES")
      mdoc.list(items)
    }

    private func exitStatus(into mdoc: inout Mdoc) {
      let own = help.section("EXIT STATUS")
      var items: [(term: String, text: [String])] = []
      for line in own.isEmpty ? HelpText(root.discussion ?? "").section("EXIT STATUS") : own {
        if let row = line.wholeMatch(of: /(\d+) +(.*)/) {
          items.append(("Li " + row.1, [String(row.2)]))
        } else if !items.isEmpty {
          items[items.count - 1].text.append(String(line.drop { $0 == " " }))
        }
      }
      mdoc.list(items)
    }

    private func examples(into mdoc: inout Mdoc) {
      var lines: [String] = []
      for member in isRoot ? [command] : command.family {
        for line in HelpText(member.discussion ?? "").section("EXAMPLES") where !lines.contains(line) {
          lines.append(line)
        }
      }
      guard !lines.isEmpty else { return }
      mdoc.macro("Sh", "EXAMPLES")
      mdoc.display(lines)
    }

    private func seeAlso(into mdoc: inout Mdoc) {
      mdoc.macro("Sh", "SEE ALSO")
      let pages =
        isRoot
        ? command.documented.map { root.commandName + "-" + $0.commandName }.sorted() : [root.commandName]
      for page in pages.dropLast() { mdoc.macro("Xr", Mdoc.word(page), "1", ",") }
      if let last = pages.last { mdoc.macro("Xr", Mdoc.word(last), "1") }
      mdoc.macro("Pp")
      mdoc.macro("Pa", "Documentation/mm/vmemmap_dedup.rst")
      mdoc.text("in the kernel tree, about HugeTLB vmemmap optimization.")
    }

    /// The command and the commands below it, each with the words that call it.
    private var members: [(words: [String], command: Command)] { members(command, words) }

    private func members(_ command: Command, _ words: [String]) -> [(words: [String], command: Command)] {
      [(words, command)] + command.documented.flatMap { members($0, words + [$0.commandName]) }
    }

    /// The arguments of a command without those that every command has.
    private func own(of command: Command) -> [Argument] {
      let common = command.commandName == root.commandName ? [] : (root.arguments ?? []).compactMap(\.names)
      return (command.arguments ?? []).filter { argument in
        argument.shouldDisplay && !common.contains { $0 == argument.names }
      }
    }

    /// `.Op Fl -select Ar symbol ...`
    private func usage(_ argument: Argument) -> String {
      let words: String
      switch argument.kind {
      case .positional: words = value(argument)
      case .flag: words = "Fl " + flags(argument, separator: " | Fl ")
      case .option: words = "Fl " + flags(argument, separator: " | Fl ") + " " + value(argument)
      }
      return (argument.isOptional ? "Op " : "") + words + (argument.isRepeating ? " ..." : "")
    }

    private func term(_ argument: Argument) -> String {
      switch argument.kind {
      case .positional: value(argument) + (argument.isRepeating ? " ..." : "")
      case .flag: "Fl " + flags(argument, separator: " , Fl ")
      case .option: "Fl " + flags(argument, separator: " , Fl ") + " " + value(argument)
      }
    }

    private func flags(_ argument: Argument, separator: String) -> String {
      (argument.names ?? []).map { Mdoc.escaped($0.flag[...]) }.joined(separator: separator)
    }

    private func value(_ argument: Argument) -> String {
      "Ar " + Mdoc.word(argument.valueName ?? "value")
    }

    private func meaning(_ argument: Argument) -> [String] {
      var text = [argument.abstract, argument.discussion].compactMap(\.self).filter { !$0.isEmpty }
      let values = argument.allValues ?? []
      if !values.allSatisfy({ value in text.contains { $0.contains(value) } }) {
        text.append("One of: " + values.joined(separator: ", ") + ".")
      }
      if let standard = argument.defaultValue, argument.kind != .flag { text.append("Default: \(standard).") }
      return text
    }
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
