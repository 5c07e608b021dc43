package import Diagnostics
package import Files

/// Architectures as the user names them: one, several, or all of a tree.
package enum ArchitectureNames: Equatable {
  case some([String])
  /// Every ARCH that the tree has Kconfig files for.
  case all

  /// - Parameter text: names with commas between them, or `all`.
  package init?(_ text: String) {
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    // A name is part of the path of a file.
    guard names.allSatisfy(Self.isName) else { return nil }
    self = names == ["all"] ? .all : .some(names)
  }

  /// The name, where it is one.
  package var one: String? {
    guard case .some(let names) = self, names.count == 1 else { return nil }
    return names[0]
  }

  /// The names, each once; all of them in the order of the alphabet.
  /// - Throws: where the tree has no architecture at all.
  package func names(in tree: KernelTreeFiles) throws(Diagnostic) -> [String] {
    switch self {
    case .some(let names):
      var met: Set<String> = []
      return names.filter { met.insert($0).inserted }
    case .all:
      var names: [String] = []
      for folder in tree.folders(in: "arch") where Self.isName(folder) {
        guard try tree.read("arch/\(folder)/Kconfig") != nil else { continue }
        names += KernelEnvironment.architectures(inFolder: folder)
      }
      guard !names.isEmpty else {
        throw Diagnostic(
          id: "KCONFIG195", "no architecture in '\(tree.folder)'", at: nil, help: ["there is no arch/*/Kconfig"])
      }
      return names.sorted()
    }
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
  }
}
