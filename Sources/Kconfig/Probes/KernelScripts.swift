/// The scripts of a kernel tree that its Kconfig files ask, by what they find out, and the files that they read.
///
/// A script does what the kernel's script of that name does; that it is there is looked up, what is in it is not read.
struct KernelScripts {
  private let folder: [UInt8]
  private let sources: any KconfigSources

  init(folder: String, sources: any KconfigSources) {
    self.folder = Array(folder.utf8) + [UInt8(ascii: "/")]
    self.sources = sources
  }

  /// The script at a path; nil where no known one is.
  func script(at path: [UInt8]) -> KernelScript? {
    guard path.starts(with: folder) else { return nil }
    return KernelScript(rawValue: String(decoding: path.dropFirst(folder.count), as: UTF8.self))
  }

  /// Whether the tree has a file; nil for files that are not of the tree.
  func hasFile(at path: [UInt8]) -> Bool? {
    guard path.starts(with: folder) else { return nil }
    let inside = path.dropFirst(folder.count)
    // Only names that mean one file, whatever is a link.
    let isPlain = inside.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part != [UInt8(ascii: ".")] && part != [UInt8(ascii: "."), UInt8(ascii: ".")]
        && part.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
    guard isPlain else { return nil }
    return try? sources.read(String(decoding: inside, as: UTF8.self)) != nil
  }

  func has(_ script: KernelScript) -> Bool {
    hasFile(at: folder + Array(script.rawValue.utf8)) ?? false
  }

  func mentions(_ word: String, in script: KernelScript) -> Bool {
    guard let text = try? sources.read(script.rawValue) else { return false }
    return ShellMachine.holds(text, Array(word.utf8))
  }

  /// The versions of a tool that scripts/min-tool-version.sh names: which of them counts may depend on the architecture.
  func leastVersions(of tool: String) -> [ToolVersion]? {
    guard let script = try? sources.read("scripts/min-tool-version.sh") else { return nil }
    var versions: [ToolVersion] = []
    var isInside = false
    for line in ShellMachine.lines(of: script) {
      let words = line.split { $0.isBlank }.map { String(decoding: $0, as: UTF8.self) }
      if words == [tool + ")"] { isInside = true }
      guard isInside else { continue }
      if words == [";;"] { return versions.isEmpty ? nil : versions }
      guard words.first == "echo" else { continue }
      guard words.count == 2, let version = ToolVersion(words[1]) else { return nil }
      versions.append(version)
    }
    return nil
  }
}

/// A version such as 2.35.1; what is missing is 0, what is behind the third number does not count.
struct ToolVersion: Comparable {
  let parts: [Int]

  init?(_ text: some StringProtocol) {
    let numbers = text.split(separator: ".", omittingEmptySubsequences: false).prefix(3)
    var parts: [Int] = []
    for number in numbers {
      guard number.utf8.allSatisfy(\.isDigit), number.utf8.count < 6, let value = Int(number) else { return nil }
      parts.append(value)
    }
    while parts.count < 3 { parts.append(0) }
    self.parts = parts
  }

  /// As the kernel's scripts write versions: 10000 for each major, 100 for each minor.
  var canonical: Int { 10_000 * parts[0] + 100 * parts[1] + parts[2] }

  static func < (left: ToolVersion, right: ToolVersion) -> Bool { left.canonical < right.canonical }
}
