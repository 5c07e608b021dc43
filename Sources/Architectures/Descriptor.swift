public import Diagnostics
public import LocatedYAML

/// A descriptor file after inheritance: one resolved mapping for each thing that is checked.
public struct Descriptor: Sendable {
  /// A variant with everything that it inherits, or the base itself.
  public struct Resolved: Sendable {
    /// `arm64-4k`, or the file's name where there are no variants.
    public let name: String
    /// The merged mapping; every node knows where it was written.
    public let node: Node
    /// Where a message about the whole variant points.
    public let place: SourceRange
  }

  /// The file's name without folder and `.yaml`.
  public let name: String
  /// The file, as reports print it.
  public let path: String
  /// What is checked.
  public let variants: [Resolved]
}

/// Reads descriptor files and resolves `extends:` and `variants:`.
public struct DescriptorLoader {
  private let sources: any SourceProvider

  /// A loader that reads through a provider.
  public init(sources: any SourceProvider) {
    self.sources = sources
  }

  /// Reads a descriptor.
  /// - Parameters:
  ///   - path: the file.
  ///   - differences: a mapping that is merged over the base as a variant is; nil for none.
  /// - Throws: everything that is wrong with the file, in text order.
  public func load(_ path: String, with differences: Node? = nil) throws(Diagnostics) -> Descriptor {
    var (base, variants) = try flattened(path, extendedBy: [])
    if case .mapping(let overlay)? = differences?.content {
      base = try located { () throws(Diagnostic) in try Inheritance.merge(overlay, over: base) }
    }
    let name = Self.name(of: path)
    let place = base.first { $0.key.text == "arch" }?.key.range ?? SourceRange.startOfFile(path)
    let isAbstract = base.contains { $0.key.text == "abstract" && $0.value.scalar?.text == "true" }
    var resolved: [Descriptor.Resolved] = []
    if variants.isEmpty, !isAbstract {
      let variant = base.first { $0.key.text == "variant" }?.value.scalar?.text
      resolved.append(
        .init(
          name: variant.map { "\(name)-\($0)" } ?? name, node: Node(content: .mapping(base), range: place), place: place
        ))
    }
    for variant in variants {
      guard case .mapping(let overlay) = variant.value.content else { continue }
      let merged = try located { () throws(Diagnostic) in try Inheritance.merge(overlay, over: base) }
      resolved.append(
        .init(
          name: "\(name)-\(variant.key.text)", node: Node(content: .mapping(merged), range: variant.value.range),
          place: variant.key.range))
    }
    let problems = resolved.flatMap { Self.problems(in: $0) }
    guard problems.isEmpty else { throw Diagnostics(problems.uniqued()) }
    return Descriptor(name: name, path: path, variants: resolved)
  }

  /// The base mapping and the variants of a file, `extends:` included.
  private func flattened(
    _ path: String, extendedBy chain: [Scalar]
  ) throws(Diagnostics) -> (base: [Node.Entry], variants: [Node.Entry]) {
    let file = try located { () throws(Diagnostic) in try sources.read(path) }
    let node = try LocatedYAML.parse(file)
    let problems = DescriptorSchema.file.problems(in: node)
    guard problems.isEmpty, case .mapping(let entries) = node.content else { throw Diagnostics(problems) }
    var base = entries.filter { $0.key.text != "variants" && $0.key.text != "extends" }
    var variants: [Node.Entry] = []
    if case .mapping(let own)? = entries.first(where: { $0.key.text == "variants" })?.value.content { variants = own }
    if let parent = entries.first(where: { $0.key.text == "extends" })?.value.scalar {
      let parentPath = Self.folder(of: path) + parent.text + ".yaml"
      if parentPath == path || chain.contains(where: { $0.text == parent.text }) || chain.count >= 16 {
        let links = (chain + [parent]).map { Diagnostic.Note("extends '\($0.text)'", at: $0.range) }
        throw Diagnostics([
          Diagnostic(id: "ARCH002", "'extends' leads back to '\(parent.text)'", at: parent.range, notes: links)
        ])
      }
      let inherited = try flattened(parentPath, extendedBy: chain + [parent])
      // What a parent says of itself, being abstract, is not inherited.
      let parentFacts = inherited.base.filter { $0.key.text != "abstract" }
      base = try located { () throws(Diagnostic) in try Inheritance.merge(base, over: parentFacts) }
      variants = try located { () throws(Diagnostic) in try Inheritance.merge(variants, over: inherited.variants) }
    }
    return (base, variants)
  }

  private static func problems(in resolved: Descriptor.Resolved) -> [Diagnostic] {
    DescriptorSchema.resolved.problems(in: resolved.node).map { problem in
      var problem = problem
      if problem.id == "SCHEMA002", problem.place?.path == resolved.place.path {
        problem.message += " in '\(resolved.name)'"
        problem.place = resolved.place
      }
      return problem
    }
  }

  private func located<Value>(_ body: () throws(Diagnostic) -> Value) throws(Diagnostics) -> Value {
    do throws(Diagnostic) {
      return try body()
    } catch {
      throw Diagnostics([error])
    }
  }

  private static func name(of path: String) -> String {
    let file = path.split(separator: "/").last ?? path[...]
    return String(file.hasSuffix(".yaml") ? file.dropLast(5) : file.hasSuffix(".yml") ? file.dropLast(4) : file)
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }
}

extension Array where Element: Hashable {
  /// The elements in order, each once.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
