import Architectures
package import Diagnostics
package import LocatedYAML
package import Reports

/// The settings of a source tree (`hvo/config/v1`): what the command line does not say. A flag replaces a setting, they
/// are never merged.
package struct Settings {
  /// The value of the `schema:` key.
  package static let name = "hvo/config/v1"

  /// The name under which the file is looked for.
  package static let fileName = ".hvocheck.yaml"

  /// The format `hvo/config/v1`.
  package static let schema = Schema.mapping([
    .required("schema", .scalar(.choice([name])), "the format and its version"),
    .optional("paths", texts, "what is checked: descriptor files, or folders with descriptors (paths)"),
    .optional("rules", texts, "folders with rules of your own (--rules)"),
    .optional("types", texts, "the rules that are evaluated; all if not given (--types)"),
    .optional("ignore", texts, "rules that are left out (--ignore)"),
    .optional("select", texts, "what if the architectures selected these symbols too? (--select)"),
    .optional("baseline", .scalar(.text), "known findings (--baseline)"),
    .optional("no-baseline", .scalar(.choice(["y", "n"])), "y: accept no known findings (--no-baseline)"),
    .optional("format", .scalar(.choice(ReportFormat.allCases.map(\.rawValue))), "the format of the report (--format)"),
    .optional(
      "fail-on", .scalar(.choice(FailureThreshold.allCases.map(\.rawValue))),
      "the least severity with which an open finding gives exit status 1 (--fail-on)"),
  ])

  private static let texts = Schema.list(.scalar(.text))

  /// The file as a list of one, for source lines; empty where there is none.
  package var files: [SourceFile] = []
  /// What is checked.
  package var paths: [UserWord]?
  /// Folders with rules.
  package var rules: [UserWord]?
  /// The rules that are evaluated.
  package var types: [UserWord]?
  /// Rules that are left out.
  package var ignored: [UserWord]?
  /// Symbols that are selected too.
  package var selects: [UserWord]?
  /// Known findings.
  package var baseline: UserWord?
  /// Accept no known findings?
  package var ignoresBaseline: Bool?
  /// The format of the report.
  package var format: ReportFormat?
  /// What makes a run fail.
  package var threshold: FailureThreshold?

  /// No file, no settings.
  package static let none = Settings()

  private init() {}

  /// Reads a configuration file; paths in it are relative to its folder.
  /// - Throws: everything that is wrong with it.
  package init(_ file: SourceFile) throws(CommandFailure) {
    files = [file]
    let root: Node
    do throws(Diagnostics) {
      root = try LocatedYAML.parse(file)
      let problems = Self.schema.problems(in: root) + Self.contradictions(in: root)
      guard problems.isEmpty else { throw Diagnostics(problems) }
    } catch {
      throw CommandFailure(error.all, files: [file])
    }
    let folder = file.identity.folderPrefix
    func words(_ key: String) -> [UserWord]? {
      root[key]?.items?.compactMap { item in item.scalar.map { UserWord($0.text, at: $0.range) } }
    }
    func inFolder(_ path: UserWord) -> UserWord {
      path.text.hasPrefix("/") ? path : UserWord(folder + path.text, at: path.place)
    }
    paths = words("paths")?.map(inFolder)
    rules = words("rules")?.map(inFolder)
    (types, ignored, selects) = (words("types"), words("ignore"), words("select"))
    baseline = root["baseline"]?.scalar.map { inFolder(UserWord($0.text, at: $0.range)) }
    ignoresBaseline = root["no-baseline"]?.scalar.map { $0.text == "y" }
    format = root["format"]?.scalar.flatMap { ReportFormat(rawValue: $0.text) }
    threshold = root["fail-on"]?.scalar.flatMap { FailureThreshold(rawValue: $0.text) }
  }

  /// Lists that name nothing, and settings that exclude each other.
  private static func contradictions(in root: Node) -> [Diagnostic] {
    var problems = (root.entries ?? []).filter { $0.value.items?.isEmpty == true }.map { entry in
      Diagnostic(
        id: "CONFIG001", "'\(entry.key.text)' is empty", at: entry.key.range,
        help: ["remove the line, or list something"])
    }
    if root["baseline"] != nil, let off = root["no-baseline"]?.scalar, off.text == "y" {
      problems.append(Diagnostic(id: "CONFIG002", "'baseline' and 'no-baseline' exclude each other", at: off.range))
    }
    return problems
  }
}
