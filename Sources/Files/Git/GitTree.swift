package import Diagnostics

/// The descriptors of one commit, read from git's objects in two or three processes, whatever their number.
package struct GitTree: SourceTree {
  /// Something in the commit.
  private struct Entry {
    enum Kind {
      case file
      case folder
      case link
      case submodule
    }

    var kind: Kind
    var object: String
    var size: Int
  }

  /// In front of paths in reports; empty where they are shown as those of the work tree.
  private let label: String
  private let revision: String
  private let prefix: String
  private var entries: [String: Entry] = ["": Entry(kind: .folder, object: "", size: 0)]
  private var contents: [String: [UInt8]] = [:]
  private let fileSystem = FileSystem()

  /// Reads what paths name, and what lies beside files: descriptors that they extend, a baseline.
  /// - Parameters:
  ///   - revision: the revision as reports name it.
  ///   - commit: the commit.
  ///   - label: in front of paths in reports, such as `v6.1:`; empty for none.
  ///   - paths: relative to the working folder.
  package static func read(
    _ repository: GitRepository, revision: String, commit: String, label: String, paths: [String]
  ) throws(Diagnostic) -> GitTree {
    var tree = GitTree(label: label, revision: revision, prefix: repository.prefix)
    let wanted = try paths.map { path throws(Diagnostic) in try tree.inRepository(path) }
    try tree.list(commit, wanted.filter { !$0.isEmpty }, options: [])
    let folders = wanted.filter { tree.entries[$0]?.kind == .folder }
    let besides = wanted.filter { !folders.contains($0) }.map { Self.folder(of: $0) }
    for (options, places) in [(["-r", "-t"], folders), ([], besides.map { $0.isEmpty ? "" : $0 + "/" })]
    where !places.isEmpty {
      // Without a path git lists everything.
      try tree.list(commit, places.contains("") ? [] : places, options: options)
    }
    try tree.readContents()
    return tree
  }

  private init(label: String, revision: String, prefix: String) {
    (self.label, self.revision, self.prefix) = (label, revision, prefix)
  }

  // MARK: reading objects

  private mutating func list(_ commit: String, _ paths: [String], options: [String]) throws(Diagnostic) {
    let answer = try GitCommand.run(["ls-tree", "-z", "-l", "--full-tree"] + options + [commit, "--"] + paths)
    guard answer.status == 0 else { throw Diagnostic.gitFailed(answer.complaint) }
    for line in answer.output.split(separator: 0) {
      let text = String(decoding: line, as: UTF8.self)
      guard let tab = text.firstIndex(of: "\t") else { continue }
      let fields = text[..<tab].split(separator: " ")
      guard fields.count == 4 else { continue }
      let kind: Entry.Kind =
        switch fields[0] {
        case "040000": .folder
        case "120000": .link
        case "160000": .submodule
        default: .file
        }
      entries[String(text[text.index(after: tab)...])] = Entry(
        kind: kind, object: String(fields[2]), size: Int(fields[3]) ?? 0)
    }
  }

  /// Reads every file that may be a descriptor or a baseline.
  private mutating func readContents() throws(Diagnostic) {
    let wanted = entries.filter { path, entry in
      (entry.kind == .file || entry.kind == .link) && entry.size <= FileSystem.largestFile
        && (path.isYAML || path.lowercased().hasSuffix(".json"))
    }
    let objects = Set(wanted.values.map(\.object)).sorted()
    guard !objects.isEmpty else { return }
    let answer = try GitCommand.run(
      ["cat-file", "--batch"], input: Array(objects.joined(separator: "\n").utf8) + [UInt8(ascii: "\n")])
    guard answer.status == 0 else { throw Diagnostic.gitFailed(answer.complaint) }
    var rest = answer.output[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let header = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
      guard header.count == 3, let size = Int(header[2]), rest.count > end - rest.startIndex + size else {
        throw Diagnostic.gitFailed(
          "an object of \(revision) is missing",
          help: ["if this clone is partial: git fetch --refetch --filter=blob:limit=4m"])
      }
      contents[String(header[0])] = Array(rest[(end + 1)...].prefix(size))
      rest = rest[(end + 1)...].dropFirst(size + 1)
    }
  }

  // MARK: SourceTree

  package func kind(of path: String) throws(Diagnostic) -> FileKind {
    switch try entry(path).kind {
    case .folder: return .folder
    case .file, .link: return .file
    case .submodule:
      throw Diagnostic(id: "FILE002", "\(shortened(path)) is another git repository, which is not read", at: nil)
    }
  }

  package func yamlFiles(in folder: String) throws(Diagnostic) -> [String] {
    let whole = try inRepository(folder)
    let start = whole.isEmpty ? "" : whole + "/"
    let names = entries.filter { path, entry in
      (entry.kind == .file || entry.kind == .link) && path.hasPrefix(start) && path.isYAML
    }.keys.map { $0.dropFirst(start.count) }
    let inside = relative(folder)
    // In the order of the file system's walk: folder by folder.
    return names.map { $0.split(separator: "/") }.filter { $0.allSatisfy { !$0.hasPrefix(".") } }
      .sorted { $0.lexicographicallyPrecedes($1) }
      .map { shortened(inside + "/" + $0.joined(separator: "/")) }
  }

  package func read(_ path: String) throws(Diagnostic) -> SourceFile {
    var place = try inRepository(path)
    var found = try entry(path)
    for _ in 0..<8 where found.kind == .link {
      let destination = String(decoding: contents[found.object] ?? [], as: UTF8.self)
      place = Self.collapsed(Self.folder(of: place) + "/" + destination) ?? ""
      guard !destination.hasPrefix("/"), let next = entries[place] else {
        throw Diagnostic(id: "FILE001", "\(shortened(path)) is a link out of what was read", at: nil)
      }
      found = next
    }
    guard found.kind == .file else {
      throw Diagnostic(id: "FILE002", "\(shortened(path)) is not a regular file", at: nil)
    }
    guard found.size <= FileSystem.largestFile else {
      throw .tooLarge(shortened(path), found.size, atMost: FileSystem.largestFile)
    }
    return try FileSystem.sourceFile(shortened(path), contents[found.object] ?? [])
  }

  package func shortened(_ path: String) -> String {
    if !label.isEmpty, path.hasPrefix(label) { return path }
    let relative = fileSystem.shortened(path)
    guard !label.isEmpty else { return relative }
    // git's own notation, in which a path without a folder would have to be one from the top.
    return label + (prefix.isEmpty && relative.contains("/") ? relative : "./" + relative)
  }

  private func entry(_ path: String) throws(Diagnostic) -> Entry {
    if let entry = entries[try inRepository(path)] { return entry }
    throw Diagnostic(id: "FILE001", "cannot read \(shortened(path)): it is not in \(revision)", at: nil)
  }

  // MARK: paths

  /// A path as git's trees have it: from the top of the repository, without a final slash.
  private func inRepository(_ path: String) throws(Diagnostic) -> String {
    let relative = relative(path)
    if !relative.hasPrefix("/"), let whole = Self.collapsed(prefix + relative) { return whole }
    throw Diagnostic(
      id: "FILE001", "\(relative) lies outside of the repository", at: nil, help: ["name a path inside of it"])
  }

  /// A path from the working folder, without the label.
  private func relative(_ path: String) -> String {
    let isLabelled = !label.isEmpty && path.hasPrefix(label)
    return fileSystem.shortened(isLabelled ? String(path.dropFirst(label.count)) : path)
  }

  /// Without `.` and `..`; nil where it leads out of the repository.
  private static func collapsed(_ path: String) -> String? {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part != ".." {
        parts.append(part)
      } else if parts.popLast() == nil {
        return nil
      }
    }
    return parts.joined(separator: "/")
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }
}
