/// A toolchain by what probes can learn of it, without running it.
public struct DescribedToolchain: Sendable, Hashable {
  /// What stands in texts for the folder of the kernel tree.
  static let treeMark = "@SRCTREE@"

  /// The tools by the variable that names them: `CC`, `LD` and so on.
  var tools: [String: DescribedTool]
  /// Further variables that a tree needs, such as `CC_VERSION_TEXT`.
  var variables: [String: String]
  /// What the variables of the tools say.
  var paths: [String: String]
  /// Files that exist besides those of the tree.
  private(set) var files: Set<[UInt8]> = []
  private var toolsByPath: [[UInt8]: DescribedTool] = [:]
  private var folder = ""

  init(tools: [String: (path: String, tool: DescribedTool)], variables: [String: String], files: [String]) {
    self.tools = tools.mapValues(\.tool)
    paths = tools.mapValues(\.path)
    self.variables = variables
    self.files = Set(files.map { Array($0.utf8) })
  }

  /// The same toolchain where the kernel tree is in a folder.
  public func placed(in folder: String) -> DescribedToolchain {
    var result = self
    result.folder = folder
    result.paths = paths.mapValues { $0.replacingMark(by: folder) }
    result.files = Set(files.map { Array(String(decoding: $0, as: UTF8.self).replacingMark(by: folder).utf8) })
    for (name, path) in result.paths { result.toolsByPath[Array(path.utf8)] = tools[name] }
    return result
  }

  /// What the environment says of the toolchain.
  public var environment: [String: String] {
    paths.merging(variables) { path, _ in path }
  }

  func tool(at path: [UInt8]) -> DescribedTool? { toolsByPath[path] }

  /// A text with the folder of the tree in it.
  func placed(_ text: String) -> [UInt8] {
    Array(text.replacingMark(by: folder).utf8)
  }
}

extension String {
  fileprivate func replacingMark(by folder: String) -> String {
    let mark = DescribedToolchain.treeMark
    return hasPrefix(mark) ? folder + dropFirst(mark.count) : self
  }
}
