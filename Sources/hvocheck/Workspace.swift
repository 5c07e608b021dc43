import Architectures
import Diagnostics
import LocatedYAML
import Policy
import ShippedKernels
import ShippedRules

/// What the commands share: kernels and rules from the binary, descriptors from the user's folders.
struct Workspace {
  let catalog: KernelCatalog
  let rules: [Rule]
  private let shippedFiles: [SourceFile]
  private let fileSystem = FileSystem()

  init() throws(CommandFailure) {
    let kernels = SourceFile(path: ShippedKernels.path, text: ShippedKernels.text)
    let ruleFiles = ShippedRules.files.map { SourceFile(path: $0.path, text: $0.text) }
    shippedFiles = [kernels] + ruleFiles
    do throws(Diagnostics) {
      catalog = try KernelCatalogReader.read(kernels)
      rules = try RuleReader(symbols: Set(catalog.symbols.keys)).read(ruleFiles)
    } catch {
      throw CommandFailure(error.all, files: [kernels] + ruleFiles)
    }
  }

  /// Digest of the rules and kernel profiles.
  var digest: String { Digest.of(shippedFiles) }

  /// A rule by its identity, or an error with a suggestion.
  func rule(_ id: String) throws(CommandFailure) -> Rule {
    if let rule = rules.first(where: { $0.id == id || $0.name == id }) { return rule }
    throw CommandFailure(
      Diagnostic(
        id: "USAGE001", "no rule '\(id)'", at: nil,
        help: didYouMean(id, among: rules.map(\.id) + rules.map(\.name)) + ["hvocheck rules list shows all"]))
  }

  /// Refuses a what-if about a symbol that opts in nowhere: it would change nothing and read like an answer.
  func requireOptInSymbols(_ symbols: [String]) throws(CommandFailure) {
    let known = catalog.optInSymbols.sorted()
    for symbol in symbols where !known.contains(symbol) {
      throw CommandFailure(
        Diagnostic(
          id: "USAGE004", "'\(symbol)' is not an opt-in symbol of any kernel", at: nil,
          help: didYouMean(symbol, among: known) + ["there are: " + known.joined(separator: ", ")]))
    }
  }

  // MARK: descriptors

  /// Descriptors with the files that were read for them.
  struct Loaded {
    var descriptors: [Descriptor]
    var architectures: [Architecture]
    var files: [SourceFile]
  }

  /// Reads the descriptors that paths name: files, or folders with all YAML files below them.
  /// - Throws: everything that is wrong with any of them; nothing to check.
  func load(_ paths: [String], selecting extraSelects: [String] = []) throws(CommandFailure) -> Loaded {
    let paths = paths.map(fileSystem.shortened)
    let recorder = RecordingProvider(base: fileSystem)
    var problems: [Diagnostic] = []
    var loaded = Loaded(descriptors: [], architectures: [], files: [])
    var seenFiles: Set<String> = []
    for path in paths {
      do throws(Diagnostic) {
        for file in try descriptorFiles(path, through: recorder)
        where seenFiles.insert(file).inserted {
          load(file, through: recorder, selecting: extraSelects, into: &loaded, &problems)
        }
      } catch {
        problems.append(error)
      }
    }
    loaded.files = recorder.files
    if problems.isEmpty, loaded.architectures.isEmpty {
      problems.append(
        Diagnostic(
          id: "USAGE002", "nothing was checked: no descriptors in \(paths.joined(separator: ", "))", at: nil,
          help: ["a descriptor is a YAML file with 'schema: \(DescriptorSchema.name)' that is not abstract"]))
    }
    var seen: [String: Architecture] = [:]
    for architecture in loaded.architectures {
      let kernel = architecture.kernelDescription
      if let first = seen["\(architecture.name) \(kernel)"] {
        problems.append(
          Diagnostic(
            id: "ARCH018", "two descriptors are named '\(architecture.name)' and describe kernel \(kernel)",
            at: architecture.directory.range, notes: [.init("first here", at: first.directory.range)]))
      }
      seen["\(architecture.name) \(kernel)"] = architecture
    }
    guard problems.isEmpty else { throw CommandFailure(problems, files: loaded.files) }
    return loaded
  }

  /// The one architecture with this name, variant included.
  func architecture(_ name: String, in path: String) throws(CommandFailure) -> (Architecture, Loaded) {
    let loaded = try load([path])
    let found = loaded.architectures.filter { $0.name == name }
    if let first = found.first, found.count == 1 { return (first, loaded) }
    if !found.isEmpty {
      throw CommandFailure(
        Diagnostic(
          id: "USAGE009", "'\(name)' is described for several kernels in \(path)", at: nil,
          help: found.map { "for \($0.kernelDescription): --arches \($0.path)" }))
    }
    let variants = loaded.architectures.filter { $0.name.hasPrefix(name + "-") }
    if let only = variants.first, variants.count == 1 { return (only, loaded) }
    let names = loaded.architectures.map(\.name)
    let help =
      variants.isEmpty
      ? didYouMean(name, among: names) + ["there are: \(names.joined(separator: ", "))"]
      : ["choose a variant: \(variants.map(\.name).joined(separator: ", "))"]
    throw CommandFailure(Diagnostic(id: "USAGE003", "no architecture '\(name)' in \(path)", at: nil, help: help))
  }

  private func descriptorFiles(_ path: String, through recorder: RecordingProvider) throws(Diagnostic) -> [String] {
    switch try fileSystem.kind(of: path) {
    case .file: return [path]
    case .folder:
      var files: [String] = []
      for file in try fileSystem.yamlFiles(in: path) where !isOtherDocument(try recorder.read(file)) {
        files.append(file)
      }
      return files
    }
  }

  /// Rules, kernel profiles and test cases may lie in the same folders. A format that nobody knows is no reason to leave
  /// a file out: it may be a descriptor with a typing error. Nor is a second format: which one holds, nobody knows, and
  /// reading the file says so.
  private func isOtherDocument(_ file: SourceFile) -> Bool {
    let lines = file.text.split(whereSeparator: \.isNewline)
    let formats = lines.compactMap(Self.format)
    // A document of another form, in braces say, may have its format where no line shows it.
    guard let opening = lines.first(where: Self.isContent), opening.first?.isLetter == true,
      let first = formats.first, formats.allSatisfy({ $0 == first })
    else { return false }
    return [RuleReader.name, KernelCatalogReader.name, RuleCases.name, Baseline.name].contains(first)
  }

  private static func isContent(_ line: Substring) -> Bool {
    !line.allSatisfy(\.isWhitespace) && !line.hasPrefix("#") && !line.hasPrefix("---") && !line.hasPrefix("%")
  }

  /// The value of a top-level `schema` key, should the line give one: without quotes and comment.
  private static func format(_ line: Substring) -> String? {
    let key = "schema:"
    guard line.hasPrefix(key) else { return nil }
    let value = line.dropFirst(key.count)
    guard value.first?.isWhitespace ?? true else { return nil }
    let word = value.drop(while: \.isWhitespace).prefix { !$0.isWhitespace }
    for quote in ["'", "\""] where word.count >= 2 && word.hasPrefix(quote) && word.hasSuffix(quote) {
      return String(word.dropFirst().dropLast())
    }
    return String(word)
  }

  private func load(
    _ path: String, through recorder: RecordingProvider, selecting extraSelects: [String], into loaded: inout Loaded,
    _ problems: inout [Diagnostic]
  ) {
    do throws(Diagnostics) {
      let descriptor = try DescriptorLoader(sources: recorder).load(path)
      loaded.descriptors.append(descriptor)
      for var architecture in try ArchitectureReader(catalog: catalog).read(descriptor) {
        architecture.selectAlso(extraSelects)
        loaded.architectures.append(architecture)
      }
    } catch {
      problems += error.all.map { problem in
        guard problem.id == "YAML007" else { return problem }
        var problem = problem
        problem.help.append("start with 'schema: \(DescriptorSchema.name)'; what is missing is then listed")
        return problem
      }
    }
  }

  /// Reads a baseline.
  /// - Throws: everything that is wrong with it, entries that no rule could match included.
  func baseline(_ path: String) throws(CommandFailure) -> Baseline {
    let file: SourceFile
    do throws(Diagnostic) {
      file = try fileSystem.read(path)
    } catch {
      throw CommandFailure(error)
    }
    let baseline: Baseline
    do throws(Diagnostics) {
      baseline = try Baseline.read(file)
    } catch {
      throw CommandFailure(error.all, files: [file])
    }
    let problems = baseline.problems(knowing: rules)
    guard problems.isEmpty else { throw CommandFailure(problems, files: [file]) }
    return baseline
  }

  /// The baseline that lies beside the first path, if there is one.
  func baselineBeside(_ paths: [String]) -> String? {
    guard let first = paths.first else { return nil }
    let isFolder = (try? fileSystem.kind(of: first)) == .folder
    let folder = isFolder ? first : first.lastIndex(of: "/").map { String(first[...$0]) } ?? "."
    let path = fileSystem.shortened(folder + "/baseline.json")
    return (try? fileSystem.kind(of: path)) == .file ? path : nil
  }
}

/// Remembers what was read, so that messages can show source lines, and reads each file once.
final class RecordingProvider: SourceProvider {
  private let base: FileSystem
  private var byPath: [String: SourceFile] = [:]

  init(base: FileSystem) {
    self.base = base
  }

  /// The files in the order of their paths.
  var files: [SourceFile] { byPath.values.sorted { $0.path < $1.path } }

  func read(_ path: String) throws(Diagnostic) -> SourceFile {
    if let known = byPath[path] { return known }
    let file = try base.read(path)
    byPath[path] = file
    return file
  }
}
