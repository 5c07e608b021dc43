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

  /// Reads the descriptors that paths name: files, or folders with all YAML files below them.
  /// - Throws: nothing to check, and nothing wrong; paths behind which there is nothing.
  package func load(_ paths: [String], selecting extraSelects: [String] = []) throws(CommandFailure)
    -> LoadedDescriptors
  {
    let loaded = loadAll(paths, selecting: extraSelects)
    // Where nothing could be read, there is nothing to report about.
    if loaded.files.isEmpty, let failure = loaded.failure { throw failure }
    guard loaded.architectures.isEmpty, loaded.mistakes.isEmpty else { return loaded }
    throw CommandFailure(.nothingChecked(in: paths.map(tree.shortened)))
  }

  /// Reads the descriptors that paths name, which may be none.
  func loadAll(_ paths: [String], selecting extraSelects: [String] = []) -> LoadedDescriptors {
    var search = DescriptorSearch(tree, catalog: catalog, selecting: extraSelects)
    for path in paths { search.take(tree.shortened(path)) }
    return search.result
  }

  /// The one architecture with this name, variant included.
  package func architecture(_ name: String, in path: String) throws(CommandFailure) -> (Architecture, LoadedDescriptors)
  {
    let loaded = try load([path])
    if loaded.architectures.isEmpty, let failure = loaded.failure { throw failure }
    let found = loaded.architectures.filter { $0.name == name }
    if let first = found.first, found.count == 1 { return (first, loaded) }
    if !found.isEmpty {
      throw CommandFailure(
        Diagnostic(
          id: "USAGE009", "'\(name)' is described for several kernels in \(path)", at: nil,
          help: found.map { "for \($0.kernelDescription): --arches \($0.path)" }))
    }
    let variants = loaded.architectures.filter { $0.name.hasPrefix(name + "-") }
    // What was asked for may be what could not be read.
    if let failure = loaded.failure, loaded.unread.mayBe(name) || variants.isEmpty { throw failure }
    if let only = variants.first, variants.count == 1 { return (only, loaded) }
    let names = loaded.architectures.map(\.name)
    let help =
      variants.isEmpty
      ? didYouMean(name, among: names) + ["there are: \(names.joined(separator: ", "))"]
      : ["choose a variant: \(variants.map(\.name).joined(separator: ", "))"]
    throw CommandFailure(Diagnostic(id: "USAGE003", "no architecture '\(name)' in \(path)", at: nil, help: help))
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
