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
  private var entries: [FilePath: Entry] = [FilePath(""): Entry(kind: .folder, object: "", size: 0)]
  /// Paths that no report could show.
  private var unshowable: [[UInt8]] = []
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
    let isFolder = wanted.map { tree.entries[FilePath($0)]?.kind == .folder }
    let folders = zip(wanted, isFolder).filter(\.1).map(\.0)
    let besides = zip(wanted, isFolder).filter { !$0.1 }.map { Self.folder(of: $0.0) }
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
      guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { continue }
      let fields = String(decoding: line[..<tab], as: UTF8.self).split(separator: " ")
      guard fields.count == 4 else { continue }
      let bytes = Array(line[(tab + 1)...])
      guard let path = String(validating: bytes, as: UTF8.self), FilePath(path).canBeShown else {
        unshowable.append(bytes)
        continue
      }
      let kind: Entry.Kind =
        switch fields[0] {
        case "040000": .folder
        case "120000": .link
        case "160000": .submodule
        default: .file
        }
      entries[FilePath(path)] = Entry(
        kind: kind, object: String(fields[2]), size: Int(fields[3]) ?? 0)
    }
  }

  /// Reads every file that may be a descriptor or a baseline.
  private mutating func readContents() throws(Diagnostic) {
    let wanted = entries.filter { path, entry in
      (entry.kind == .file || entry.kind == .link) && entry.size <= FileSystem.largestFile
        && (path.text.isYAML || path.text.lowercased().hasSuffix(".json"))
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

  package func yamlFiles(in folder: String) throws(Diagnostic) -> FolderListing {
    let whole = try inRepository(folder)
    let start = whole.isEmpty ? "" : whole + "/"
    let inside = relative(folder)
    let names = entries.filter { $1.kind == .file || $1.kind == .link }.keys.filter(\.text.isYAML)
      .compactMap { $0.text(behind: start).map { FilePath($0).parts } }
      .filter { $0.allSatisfy { $0.utf8.first != UInt8(ascii: ".") } }
    var listing = FolderListing()
    // In the order of the file system's walk: folder by folder.
    listing.files = names.sorted { $0.lexicographicallyPrecedes($1) { FilePath($0) < FilePath($1) } }
      .map { shortened(inside + "/" + $0.joined(separator: "/")) }
    listing.mistakes = unshowable.filter { $0.starts(with: start.utf8) }
      .filter { String(decoding: $0, as: UTF8.self).isYAML }.map { .cannotBeShown(Array(label.utf8) + $0) }
    return listing
  }

  package func read(_ path: String) throws(Diagnostic) -> SourceFile {
    var place = try inRepository(path)
    var found = try entry(path)
    for _ in 0..<8 where found.kind == .link {
      let destination = String(decoding: contents[found.object] ?? [], as: UTF8.self)
      place = Self.collapsed(Self.folder(of: place) + "/" + destination) ?? ""
      guard !FilePath(destination).isAbsolute, let next = entries[FilePath(place)] else {
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
    if !label.isEmpty, FilePath(path).hasPrefix(label) { return path }
    let relative = fileSystem.shortened(path)
    guard !label.isEmpty else { return relative }
    // git's own notation, in which a path without a folder would have to be one from the top.
    return label + (prefix.isEmpty && relative.contains("/") ? relative : "./" + relative)
  }

  private func entry(_ path: String) throws(Diagnostic) -> Entry {
    if let entry = entries[FilePath(try inRepository(path))] { return entry }
    throw Diagnostic(id: "FILE001", "cannot read \(shortened(path)): it is not in \(revision)", at: nil)
  }

  // MARK: paths

  /// A path as git's trees have it: from the top of the repository, without a final slash.
  private func inRepository(_ path: String) throws(Diagnostic) -> String {
    let relative = relative(path)
    if !FilePath(relative).isAbsolute, let whole = Self.collapsed(prefix + relative) { return whole }
    throw Diagnostic(
      id: "FILE001", "\(relative) lies outside of the repository", at: nil, help: ["name a path inside of it"])
  }

  /// A path from the working folder, without the label.
  private func relative(_ path: String) -> String {
    fileSystem.shortened((label.isEmpty ? nil : FilePath(path).text(behind: label)) ?? path)
  }

  /// Without `.` and `..`; nil where it leads out of the repository.
  private static func collapsed(_ path: String) -> String? {
    var parts: [String] = []
    for part in FilePath(path).parts where part != "." {
      if part != ".." {
        parts.append(part)
      } else if parts.popLast() == nil {
        return nil
      }
    }
    return parts.joined(separator: "/")
  }

  /// The folder of a path, empty for the top.
  private static func folder(of path: String) -> String {
    let folder = FilePath(path).folder.text
    return folder == "." ? "" : folder
  }
}
