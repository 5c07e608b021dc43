package import Diagnostics
import LocatedYAML

/// The beginning of a descriptor: every key explained as the schema describes it, with a sample, and what a cell needs
/// left open, so that nothing passes for a fact before somebody has looked it up.
package struct DescriptorSkeleton: Sendable {
  /// The directory under arch/.
  package let directory: String
  /// The kernel that is described; nil where it is still to be said.
  package let version: KernelVersion?
  private let catalog: KernelCatalog

  /// Makes the beginning of a descriptor.
  /// - Throws: a name that no architecture can have; a version that no profile covers.
  package init(directory: String, version text: String?, catalog: KernelCatalog) throws(Diagnostic) {
    let isName =
      directory.first.map { $0.isASCII && $0.isLetter } == true
      && directory.utf8.allSatisfy { byte in
        byte < 0x80 && Character(Unicode.Scalar(byte)).isLetter || (48...57).contains(byte) || byte == 95
      }
    guard isName else {
      throw Diagnostic(
        id: "USAGE008", "'\(directory)' is not the name of a directory under arch/", at: nil,
        help: ["letters, digits and _, such as arm64"])
    }
    self.directory = directory
    self.catalog = catalog
    version = try text.map { text throws(Diagnostic) in
      let version = KernelVersion(text)
      guard let version, catalog.profile(of: version, patches: []) != nil else {
        throw Diagnostic(
          id: "USAGE009", version == nil ? "'\(text)' is not a kernel version" : "no kernel profile covers \(text)",
          at: nil, help: ["covered are: " + catalog.coveredRanges.joined(separator: ", "), "such as v6.12"])
      }
      return version
    }
  }

  /// The descriptor.
  /// - Parameter port: a complete one, whose values are shown as samples.
  package func text(samples port: SourceFile) -> String {
    let samples = Self.topLevelEntries(of: port.text)
    var parts = [head]
    for field in DescriptorSchema.explained {
      var lines = Self.comment(on: field, first: "# ", rest: "#   ")
      lines += Self.comments(on: field.schema, depth: 1)
      if field.name == "source" { lines += ["# covered: " + catalog.coveredRanges.joined(separator: ", ")] }
      if field.name == "select", let symbol = optInSymbol { lines += ["# the opt-in symbol of this kernel: \(symbol)"] }
      lines += (samples[field.name] ?? []).map { "#     \($0)" }
      if field.isRequired { lines.append(value(of: field.name)) }
      parts.append(lines.joined(separator: "\n"))
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var head: String {
    """
    # arch/\(directory) for hvocheck. What is '\(Scalar.open)' has to be looked up in the kernel tree; the samples are those of a
    # port that exists nowhere. 'hvocheck check' on this file says what is left to do.
    #
    # Say where the tree has it: 'at: path:line' inside a mapping, {value: ..., at: path:line} for a single value.
    ---
    schema: \(DescriptorSchema.name)
    arch: \(directory)
    """
  }

  private func value(of key: String) -> String {
    if key == "source", let version { return "source: {version: \(version)}" }
    return "\(key): \(Scalar.open)"
  }

  private var optInSymbol: String? {
    guard let version, case .symbol(let name)? = catalog.profile(of: version, patches: [])?.optIn else { return nil }
    return name
  }

  /// The lines of each top-level key.
  private static func topLevelEntries(of text: String) -> [String: [String]] {
    var entries: [String: [String]] = [:]
    var key: String?
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") && !line.hasPrefix("---") {
      if line.first?.isWhitespace == false { key = line.firstIndex(of: ":").map { String(line[..<$0]) } }
      if let key { entries[key, default: []].append(String(line)) }
    }
    return entries
  }

  // MARK: comments

  private static let width = 110

  private static func comment(on field: Schema.Field, first: String, rest: String) -> [String] {
    let type = field.schema.scalarName.map { "; " + $0 } ?? ""
    let text = "\(field.name): \(field.description)\(type)\(field.isRequired ? "" : " (optional)")"
    return wrapped(text, first: first, rest: rest)
  }

  /// The keys inside a value, each with its description.
  private static func comments(on schema: Schema, depth: Int) -> [String] {
    let indentation = "# " + String(repeating: "  ", count: depth)
    return schema.innerFields.flatMap { field in
      comment(on: field, first: indentation, rest: indentation + "  ") + comments(on: field.schema, depth: depth + 1)
    }
  }

  private static func wrapped(_ text: String, first: String, rest: String) -> [String] {
    var lines = [first]
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let isStart = lines[lines.count - 1] == (lines.count == 1 ? first : rest)
      if !isStart, lines[lines.count - 1].count + 1 + word.count > width { lines.append(rest) }
      let needsBlank = lines[lines.count - 1] != first && lines[lines.count - 1] != rest
      lines[lines.count - 1] += (needsBlank ? " " : "") + word
    }
    return lines
  }
}

extension Schema {
  /// The keys of the mappings that a value may be, or hold in a list; without those that say where a fact is from.
  fileprivate var innerFields: [Field] {
    let fields: [Field] =
      switch self {
      case .scalar: []
      case .mapping(let fields): fields
      case .dictionary(_, let values, let besides): values.innerFields + besides
      case .list(let element): element.innerFields
      case .oneOf(let alternatives): alternatives.last?.innerFields ?? []
      case .deletable(let schema): schema.innerFields
      }
    // The long form of a single value.
    if fields.map(\.name) == ["value", "at", "ref"] { return fields.flatMap(\.schema.innerFields) }
    return fields.filter { $0.name != "at" && $0.name != "ref" }
  }

  /// What a value is called, where it may be a scalar.
  fileprivate var scalarName: String? {
    switch self {
    case .scalar(let type):
      if case .choice(let words) = type.form, words.count == 1 { nil } else { type.name }
    case .list(let element): element.scalarName.map { "each is \($0)" }
    case .oneOf(let alternatives): alternatives.lazy.compactMap(\.scalarName).first
    case .deletable(let schema): schema.scalarName
    case .mapping, .dictionary: nil
    }
  }
}
