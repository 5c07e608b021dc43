package import Architectures
package import Diagnostics

/// Descriptors with the files that were read for them, and what is wrong with others.
package struct LoadedDescriptors {
  /// The descriptor files.
  package var descriptors: [Descriptor] = []
  /// What they describe.
  package var architectures: [Architecture] = []
  /// Everything that was read for them, in the order of paths.
  package var files: [SourceFile] = []
  /// What is wrong, each mistake once.
  package var mistakes: [Diagnostic] = []
  /// What could not be read although it is there.
  var unread = UnreadDescriptors()

  /// The mistakes as what stops a command; nil where there are none.
  package var failure: CommandFailure? {
    mistakes.isEmpty ? nil : CommandFailure(mistakes, files: files)
  }
}

/// Descriptors that are there and could not be read: nothing of them is gone, and nothing is without use because of them.
struct UnreadDescriptors {
  private var descriptors: Set<String> = []
  private var architectures: Set<String> = []
  private var folders: Set<FilePath> = []

  /// A file of which nothing could be read.
  mutating func insert(file: FilePath) {
    descriptors.insert(Self.name(of: file))
    folders.insert(file.folder)
  }

  /// A variant, or what a file itself describes.
  mutating func insert(architecture name: String, of file: FilePath) {
    architectures.insert(name)
    folders.insert(file.folder)
  }

  /// May something of this name be what could not be read?
  func mayBe(_ name: String) -> Bool {
    architectures.contains(name) || descriptors.contains { $0 == name || name.hasPrefix($0 + "-") }
  }

  /// May one of them extend a file? It does so in its own folder.
  func mayExtend(_ file: FilePath) -> Bool { folders.contains(file.folder) }

  private static func name(of file: FilePath) -> String {
    let ending = [".yaml", ".yml"].first { file.name.lowercased().hasSuffix($0) } ?? ""
    return String(file.name.dropLast(ending.count))
  }
}
