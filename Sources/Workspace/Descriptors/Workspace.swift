package import Architectures
package import Diagnostics
package import Files
import LocatedYAML
package import Policy
import ShippedKernels

/// What the commands share: kernels from the binary, rules from there and from the user's folders, descriptors.
package struct Workspace {
  package let catalog: KernelCatalog
  /// The rules that are evaluated.
  package let rules: [Rule]
  /// The rules that the user leaves out.
  let ignoredRules: [Rule]
  /// All rules, also those that are left out.
  package let library: RuleLibrary
  /// Digest of the rules and kernel profiles.
  let digest: String
  private let tree: any SourceTree

  /// Reads the kernels that the binary carries, and the rules.
  /// - Parameter tree: where descriptors and baselines are.
  package init(_ settings: RuleSettings = RuleSettings(), tree: any SourceTree = FileSystem()) throws(CommandFailure) {
    self.tree = tree
    let kernels = SourceFile(path: ShippedKernels.path, text: ShippedKernels.text)
    do throws(Diagnostics) {
      catalog = try KernelCatalogReader.read(kernels)
    } catch {
      throw CommandFailure(error.all, files: [kernels])
    }
    library = try RuleLibrary(settings, catalog: catalog, tree: tree)
    (rules, ignoredRules) = try library.chosen(settings)
    digest = Digest.of([kernels] + library.files)
  }

  /// Refuses a what-if about a symbol that opts in nowhere: it would change nothing and read like an answer.
  package func requireOptInSymbols(_ symbols: [UserWord], files: [SourceFile] = []) throws(CommandFailure) {
    let known = catalog.optInSymbols.sorted()
    let problems = symbols.filter { !known.contains($0.text) }.map { symbol in
      Diagnostic(
        id: "USAGE004", "'\(symbol.text)' is not an opt-in symbol of any kernel", at: symbol.place,
        help: didYouMean(symbol.text, among: known) + ["there are: " + known.joined(separator: ", ")])
    }
    guard problems.isEmpty else { throw CommandFailure(problems, files: files) }
  }

  /// Refuses a what-if of the command line about a symbol that opts in nowhere.
  package func requireOptInSymbols(_ symbols: [String]) throws(CommandFailure) {
    try requireOptInSymbols(symbols.map { UserWord($0) })
  }

  // MARK: descriptors

  /// Descriptors with the files that were read for them.
  package struct Loaded {
    /// The descriptor files.
    package var descriptors: [Descriptor]
    /// What they describe.
    package var architectures: [Architecture]
    /// Everything that was read for them, in the order of paths.
    package var files: [SourceFile]
  }

  /// Reads the descriptors that paths name: files, or folders with all YAML files below them.
  /// - Throws: everything that is wrong with any of them; nothing to check.
  func load(_ paths: [String], selecting extraSelects: [String] = []) throws(CommandFailure) -> Loaded {
    let loaded = try loadAll(paths, selecting: extraSelects)
    guard loaded.architectures.isEmpty else { return loaded }
    throw CommandFailure(.nothingChecked(in: paths.map(tree.shortened)))
  }

  /// Reads the descriptors that paths name, which may be none.
  /// - Throws: everything that is wrong with any of them.
  func loadAll(_ paths: [String], selecting extraSelects: [String] = []) throws(CommandFailure) -> Loaded {
    let paths = paths.map(tree.shortened)
    let recorder = RecordingProvider(base: tree)
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
  package func architecture(_ name: String, in path: String) throws(CommandFailure) -> (Architecture, Loaded) {
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
    switch try tree.kind(of: path) {
    case .file: return [path]
    case .folder:
      var files: [String] = []
      for file in try tree.yamlFiles(in: path) where !DocumentFormat.descriptor.excludes(try recorder.read(file)) {
        files.append(file)
      }
      return files
    }
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
  package func baseline(_ path: String) throws(CommandFailure) -> Baseline {
    let file: SourceFile
    do throws(Diagnostic) {
      file = try tree.read(path)
    } catch {
      throw CommandFailure(error)
    }
    let baseline: Baseline
    do throws(Diagnostics) {
      baseline = try Baseline.read(file)
    } catch {
      throw CommandFailure(error.all, files: [file])
    }
    let problems = baseline.problems(knowing: library.rules)
    guard problems.isEmpty else { throw CommandFailure(problems, files: [file]) }
    return baseline
  }

  /// The baseline that lies beside the first path, if there is one.
  func baselineBeside(_ paths: [String]) -> String? {
    guard let first = paths.first else { return nil }
    let path = tree.baselinePath(beside: first)
    return (try? tree.kind(of: path)) == .file ? path : nil
  }
}

extension Diagnostic {
  /// Silence must not look like success.
  static func nothingChecked(in paths: [String]) -> Diagnostic {
    Diagnostic(
      id: "USAGE002", "nothing was checked: no descriptors in \(paths.joined(separator: ", "))", at: nil,
      help: ["a descriptor is a YAML file with 'schema: \(DescriptorSchema.name)' that is not abstract"])
  }
}
