import Architectures
package import Diagnostics
import Files
import LocatedYAML
package import Policy
import ShippedRules

/// All rules that there are: those in the binary and those in the user's folders.
package struct RuleLibrary {
  /// In the order of their identities.
  package let rules: [Rule]
  /// The rules in the user's folders.
  package let own: [Rule]
  /// The rule files, for source lines.
  package let files: [SourceFile]

  /// Reads the rules.
  /// - Parameter tree: where the user's folders are.
  /// - Throws: everything that is wrong with them, a folder without rules included.
  init(_ settings: RuleSettings, catalog: KernelCatalog, tree: any SourceTree) throws(CommandFailure) {
    let shippedFiles = ShippedRules.files.map { SourceFile(path: $0.path, text: $0.text) }
    let ownFiles = try Self.files(in: settings, tree)
    let reader = RuleReader(symbols: Set(catalog.symbols.keys))
    do throws(Diagnostics) {
      let shipped = try reader.read(shippedFiles)
      let own = ownFiles.isEmpty ? [] : try reader.read(ownFiles)
      let problems = own.compactMap { rule in Self.clash(of: rule, with: shipped) }
      guard problems.isEmpty else { throw Diagnostics(problems) }
      self.own = own
      rules = (shipped + own).sorted { $0.id < $1.id }
      files = shippedFiles + ownFiles
    } catch {
      throw CommandFailure(error.all, files: ownFiles + shippedFiles)
    }
  }

  /// Shipped rules cannot be replaced: a run would look like one with them.
  private static func clash(of rule: Rule, with shipped: [Rule]) -> Diagnostic? {
    if let other = shipped.first(where: { $0.id == rule.id || $0.name == rule.name }) {
      let isSameID = other.id == rule.id
      return Diagnostic(
        id: isSameID ? "RULE001" : "RULE010",
        isSameID ? "\(rule.id) is a shipped rule" : "'\(rule.name)' is the name of the shipped rule \(other.id)",
        at: rule.range, reasons: ["shipped rules cannot be replaced"], notes: [.init("shipped here", at: other.range)],
        help: ["choose another one; --ignore \(other.id) leaves the shipped rule out of a run"])
    }
    return rule.id.hasPrefix(RuleSkeleton.shippedPrefix) ? .shippedIdentity(rule.id, at: rule.range) : nil
  }

  /// A rule by its identity or its name.
  /// - Throws: an unknown one, with a suggestion.
  package func rule(_ given: UserWord) throws(Diagnostic) -> Rule {
    if let rule = rules.first(where: { $0.id == given.text || $0.name == given.text }) { return rule }
    throw Diagnostic(
      id: "USAGE001", "no rule '\(given.text)'", at: given.place,
      help: didYouMean(given.text, among: rules.map(\.id) + rules.map(\.name)) + ["hvocheck rules list shows all"])
  }

  /// The rules that are evaluated, and those that are left out.
  /// - Throws: unknown rules; nothing left to be evaluated.
  func chosen(_ settings: RuleSettings) throws(CommandFailure) -> (evaluated: [Rule], ignored: [Rule]) {
    var problems: [Diagnostic] = []
    func identities(_ given: [UserWord]) -> Set<String> {
      Set(
        given.compactMap { given in
          do throws(Diagnostic) {
            return try rule(given).id
          } catch {
            problems.append(error)
            return nil
          }
        })
    }
    let (wanted, unwanted) = (identities(settings.types), identities(settings.ignored))
    let evaluated = rules.filter { (settings.types.isEmpty || wanted.contains($0.id)) && !unwanted.contains($0.id) }
    if problems.isEmpty, evaluated.isEmpty {
      problems.append(
        Diagnostic(
          id: "USAGE010", "no rule is left: nothing would be checked", at: settings.ignored.first?.place,
          help: ["--types says which rules are evaluated, --ignore leaves some of them out"]))
    }
    guard problems.isEmpty else { throw CommandFailure(problems, files: settings.files) }
    let left = Set(evaluated.map(\.id))
    return (evaluated, rules.filter { !left.contains($0.id) })
  }

  // MARK: files

  private static func files(
    in settings: RuleSettings, _ tree: any SourceTree
  ) throws(CommandFailure) -> [SourceFile] {
    var files: [SourceFile] = []
    var problems: [Diagnostic] = []
    for folder in settings.folders {
      do throws(Diagnostic) {
        let found = try ruleFiles(tree.shortened(folder.text), tree)
        guard !found.isEmpty else {
          throw Diagnostic(
            id: "USAGE011", "no rules in \(folder.text)", at: nil,
            help: ["a rule file is YAML with 'schema: \(RuleReader.name)'; hvocheck rules new writes one"])
        }
        files += found.filter { !files.contains($0) }
      } catch {
        problems.append(folder.blamed(for: error))
      }
    }
    guard problems.isEmpty else { throw CommandFailure(problems, files: settings.files) }
    return files
  }

  private static func ruleFiles(_ path: String, _ tree: any SourceTree) throws(Diagnostic) -> [SourceFile] {
    switch try tree.kind(of: path) {
    case .file: return [try tree.read(path)]
    case .folder:
      var files: [SourceFile] = []
      let listing = try tree.yamlFiles(in: path)
      if let mistake = listing.mistakes.first { throw mistake }
      for path in listing.files { files.append(try tree.read(path)) }
      return files.filter { !DocumentFormat.rules.excludes($0) }
    }
  }
}
