import Diagnostics
import Files
import Workspace

/// What a run checks: what the command line says, else the configuration file, else what is usual.
struct CheckSettings {
  let request: CheckRequest
  let configuration: Settings
  /// Settings of the file that the command line replaces, by their keys.
  let replaced: [String]

  /// Reads the configuration file, if there is one.
  /// - Throws: everything that is wrong with it.
  init(_ input: CheckInput) throws(CommandFailure) {
    let file = try input.configuration.configuration(for: input.paths.first)
    configuration = file
    let types = Self.identities(input.types)
    let ignored = Self.identities(input.ignored)
    let fromFile = (input.paths.isEmpty ? file.paths : nil) ?? []
    let paths = !input.paths.isEmpty ? input.paths : file.paths?.map(\.text) ?? ["./arches"]
    let selects = input.selects.isEmpty ? file.selects ?? [] : input.selects.map { UserWord($0) }
    var rules = input.rules.settings(file)
    rules.types = types.isEmpty ? file.types ?? [] : types
    rules.ignored = ignored.isEmpty ? file.ignored ?? [] : ignored
    // Either flag about the baseline is an answer to the same question.
    let saysBaseline = input.baseline != nil || input.ignoresBaseline
    let known = saysBaseline ? input.baseline.map { UserWord($0) } : file.baseline
    let ignoresBaseline = saysBaseline ? input.ignoresBaseline : file.ignoresBaseline ?? false
    request = CheckRequest(
      paths: paths, selects: selects, rules: rules,
      baseline: ignoresBaseline ? .none : known.map { .file($0.text) } ?? .besideFirstPath,
      severityOfStaleEntries: input.severityOfStaleEntries, today: input.today.date)
    let answers: [(key: String, isGiven: Bool, isSet: Bool)] = [
      ("paths", !input.paths.isEmpty, file.paths != nil), ("rules", !input.rules.folders.isEmpty, file.rules != nil),
      ("types", !types.isEmpty, file.types != nil), ("ignore", !ignored.isEmpty, file.ignored != nil),
      ("select", !input.selects.isEmpty, file.selects != nil),
      ("baseline", saysBaseline, file.baseline != nil || file.ignoresBaseline != nil),
    ]
    replaced = answers.filter { $0.isGiven && $0.isSet }.map(\.key)
    try Self.requireExisting(fromFile + (saysBaseline ? [] : [file.baseline].compactMap { $0 }), file)
  }

  /// Where the settings come from, for `--verbose`.
  var origin: String {
    guard let file = configuration.files.first else { return "no \(Settings.fileName)" }
    return "settings of \(file.path)"
      + (replaced.isEmpty ? "" : "; the command line replaces " + replaced.joined(separator: ", "))
  }

  /// `HVO001,HVO002`, as checkpatch takes them.
  private static func identities(_ words: [String]) -> [UserWord] {
    words.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }.map { UserWord(String($0)) }
  }

  private static func requireExisting(_ paths: [UserWord], _ file: Settings) throws(CommandFailure) {
    let fileSystem = FileSystem()
    var problems: [Diagnostic] = []
    for path in paths {
      do throws(Diagnostic) {
        _ = try fileSystem.kind(of: path.text)
      } catch {
        problems.append(path.blamed(for: error))
      }
    }
    guard problems.isEmpty else { throw CommandFailure(problems, files: file.files) }
  }
}

extension CheckRun {
  /// Runs what the command line asks for.
  /// - Throws: everything that is wrong with the files; nothing to check.
  init(_ input: CheckInput) throws(CommandFailure) {
    try self.init(try CheckSettings(input).request)
  }
}
