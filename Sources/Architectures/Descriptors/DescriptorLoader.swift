package import Diagnostics
package import LocatedYAML

/// Reads descriptor files and resolves `extends:` and `variants:`.
package struct DescriptorLoader {
  /// How many files may extend each other.
  package static let longestChain = 16

  private let sources: any SourceProvider

  /// A loader that reads through a provider.
  package init(sources: any SourceProvider) {
    self.sources = sources
  }

  /// A descriptor with what is right in it, and what is not.
  package struct Loaded {
    /// The descriptor, with those of its variants that are complete.
    package var descriptor: Descriptor
    /// What is wrong with the others, in text order.
    package var mistakes: [Diagnostic]
    /// The names of the others.
    package var incomplete: [String]
  }

  /// Reads a descriptor.
  /// - Parameters:
  ///   - path: the file.
  ///   - differences: a mapping that is merged over the base as a variant is; nil for none.
  /// - Throws: everything that is wrong with the file and those that it extends, in text order.
  package func load(_ path: String, with differences: Node? = nil) throws(Diagnostics) -> Descriptor {
    let loaded = try loadVariants(path, with: differences)
    guard loaded.mistakes.isEmpty else { throw Diagnostics(loaded.mistakes) }
    return loaded.descriptor
  }

  /// Reads a descriptor, of which a variant that is wrong hides nothing of the others.
  /// - Parameters:
  ///   - path: the file.
  ///   - differences: a mapping that is merged over the base as a variant is; nil for none.
  /// - Throws: what is wrong with all of it, in text order.
  package func loadVariants(_ path: String, with differences: Node? = nil) throws(Diagnostics) -> Loaded {
    let layers = try layers(of: path, extendedBy: [])
    var inheritance = Inheritance()
    let inherited = layers.reduce([]) { inheritance.merge($1.facts, over: $0) }
    let base = inheritance.merge(differences?.entries ?? [], over: inherited)
    let name = Self.name(of: path)
    let variants = Self.variants(of: layers, &inheritance)
    var resolved: [Descriptor.Resolved] = []
    if let file = layers.last, !Self.isAbstract(layers) {
      let place = file.facts.first { $0.key.text == "arch" }?.key.range ?? SourceRange.startOfFile(path)
      resolved.append(
        .init(
          name: file.variant.map { "\(name)-\($0)" } ?? name,
          node: Node(content: .mapping(base), range: place), place: place))
    }
    for variant in variants {
      let facts = variant.differences.reduce(base) { inheritance.merge($1, over: $0) }
      resolved.append(
        .init(
          name: "\(name)-\(variant.key.text)", node: Node(content: .mapping(facts), range: variant.key.range),
          place: variant.key.range))
    }
    let wrongName = resolved.isEmpty ? nil : Self.problem(withName: name, of: path)
    // What could not be merged is missing afterwards; saying that as well would be noise.
    let problems = (wrongName.map { [$0] } ?? []) + inheritance.problems
    guard problems.isEmpty else { throw Diagnostics(problems.inTextOrder()) }
    return Self.complete(resolved, of: Descriptor(name: name, path: path, variants: []), variants)
  }

  /// Those of a descriptor's variants that are complete, and what is wrong with the others.
  private static func complete(
    _ resolved: [Descriptor.Resolved], of descriptor: Descriptor, _ variants: [Variant]
  ) -> Loaded {
    var problems: [Diagnostic] = []
    var incomplete: [String] = []
    for resolved in resolved {
      let isVariant = variants.contains { $0.key.range == resolved.place }
      let own = Self.problems(
        in: resolved, missingAt: isVariant ? resolved.place : .startOfFile(descriptor.path),
        help: isVariant || variants.isEmpty ? [] : ["write 'abstract: true' if only the variants are to be checked"])
      if !own.isEmpty { incomplete.append(resolved.name) }
      problems += own
    }
    let right = resolved.filter { !incomplete.contains($0.name) }
    return Loaded(
      descriptor: Descriptor(name: descriptor.name, path: descriptor.path, variants: right),
      mistakes: problems.inTextOrder(), incomplete: incomplete)
  }

  /// Has a resolved mapping every fact that an architecture needs?
  package static func isComplete(_ node: Node) -> Bool {
    DescriptorSchema.resolved.problems(in: node).isEmpty
  }

  // MARK: extends

  /// What one file says, apart from `extends:`.
  private struct Layer {
    /// Its facts, which may be differences from the file that it extends.
    var facts: [Node.Entry]
    /// Its variants.
    var variants: [Node.Entry]
    /// Whether nothing is to be checked but its variants; nil where it does not say.
    var isAbstract: Bool?
    /// What it calls itself besides its file's name; not inherited.
    var variant: String?
  }

  /// The file's layer behind those of the files that it extends.
  private func layers(of path: String, extendedBy chain: [Scalar]) throws(Diagnostics) -> [Layer] {
    let node = try LocatedYAML.parse(try read(path, for: chain.last))
    let problems = DescriptorSchema.file.problems(in: node)
    guard problems.isEmpty, let entries = node.entries else { throw Diagnostics(problems) }
    let notFacts: Set<String> = ["variants", "variant", "extends", "abstract"]
    let layer = Layer(
      facts: entries.filter { !notFacts.contains($0.key.text) }, variants: node["variants"]?.entries ?? [],
      isAbstract: node["abstract"].map { $0.scalar?.text == "true" }, variant: node["variant"]?.scalar?.text)
    guard let parent = node["extends"]?.scalar else { return [layer] }
    let links = chain + [parent]
    let parentPath = FilePath(path).folderPrefix + parent.text + ".yaml"
    // The first file was not named by an `extends:`, but by the user.
    let isCycle =
      chain.contains { $0.text == parent.text } || FilePath(parentPath) == FilePath(chain.first?.range.path ?? path)
    guard !isCycle else {
      throw Diagnostics([
        Diagnostic(
          id: "ARCH002", "'extends' leads back to '\(parent.text)'", at: parent.range,
          notes: chain.map { Diagnostic.Note("extends '\($0.text)'", at: $0.range) })
      ])
    }
    guard links.count <= Self.longestChain else {
      throw Diagnostics([
        Diagnostic(
          id: "ARCH002", "more than \(Self.longestChain) descriptors extend each other", at: parent.range)
      ])
    }
    return try self.layers(of: parentPath, extendedBy: links) + [layer]
  }

  private func read(_ path: String, for extending: Scalar?) throws(Diagnostics) -> SourceFile {
    do throws(Diagnostic) {
      return try sources.read(path)
    } catch {
      guard let extending else { throw Diagnostics([error]) }
      throw Diagnostics([
        Diagnostic(
          id: "ARCH001", "the descriptor '\(extending.text)' that this one extends cannot be read",
          at: extending.range, reasons: [error.message], help: error.help)
      ])
    }
  }

  /// A file that does not say it is abstract is as its parent is where it inherits the parent's variants; a parent
  /// without variants is a mere template, and what extends it is to be checked.
  private static func isAbstract(_ layers: [Layer]) -> Bool {
    var hasVariants = false
    var isAbstract = false
    for layer in layers {
      isAbstract = layer.isAbstract ?? (isAbstract && hasVariants)
      hasVariants = hasVariants || !layer.variants.isEmpty
    }
    return isAbstract
  }

  // MARK: variants

  /// A variant: the differences that each layer has for it, from the file that is extended to the one that extends.
  private struct Variant {
    var key: Scalar
    var differences: [[Node.Entry]]
  }

  private static func variants(of layers: [Layer], _ inheritance: inout Inheritance) -> [Variant] {
    var variants: [Variant] = []
    var names: [Node.Entry] = []
    for layer in layers {
      // Only the names are merged here: the differences apply one after the other, over the base that they mean.
      names = inheritance.merge(layer.variants.map(\.withoutFacts), over: names)
      variants = names.map { name in
        let earlier = variants.first { $0.key.text == name.key.text }?.differences ?? []
        let own = layer.variants.first { $0.key.text == name.key.text }?.value.entries
        return Variant(key: name.key, differences: earlier + (own.map { [$0] } ?? []))
      }
    }
    return variants
  }

  private static func problems(
    in resolved: Descriptor.Resolved, missingAt place: SourceRange, help: [String]
  ) -> [Diagnostic] {
    let firstKey = resolved.node.entries?.first?.key.range
    return DescriptorSchema.resolved.problems(in: resolved.node).map { problem in
      guard problem.id == "SCHEMA002", problem.place == firstKey else { return problem }
      // A fact that is not there has no place: the variant lacks it, not the file in which its first key stands.
      var problem = problem
      problem.message += " in '\(resolved.name)'"
      problem.place = place
      problem.help += help
      return problem
    }
  }

  // MARK: paths

  private static func name(of path: String) -> String {
    let file = FilePath(path).name
    let ending = [".yaml", ".yml"].first { file.hasSuffix($0) } ?? ""
    return String(file.dropLast(ending.count))
  }

  /// Names are in commands, files and other tools' reports: letters, digits, `.`, `_` and `-` are the same everywhere.
  private static func problem(withName name: String, of path: String) -> Diagnostic? {
    let isName =
      !name.isEmpty
      && name.utf8.allSatisfy { byte in
        byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber)
          || "._-".utf8.contains(byte)
      }
    if isName { return nil }
    return Diagnostic(
      id: "ARCH022", "'\(name)' is no name of an architecture", at: .startOfFile(path),
      reasons: ["the architecture is named after the file"],
      help: ["rename the file: letters, digits, '.', '_' and '-', such as arm64.yaml"])
  }
}

extension Node.Entry {
  fileprivate var withoutFacts: Node.Entry {
    value.isNull ? self : Node.Entry(key: key, value: Node(content: .mapping([]), range: value.range))
  }
}
