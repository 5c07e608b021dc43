import Files
import Kconfig

/// Looks for `select` lines in the Kconfig files of architectures that are not read: where a symbol is selected elsewhere
/// says what a port would have to do.
package struct SelectionScan {
  private let files: KernelTreeFiles

  init(_ files: KernelTreeFiles) {
    self.files = files
  }

  /// The places of `select NAME` in `arch/*/Kconfig`, without one architecture's.
  func places(selecting name: String, except folder: String) -> [KconfigPlace] {
    files.folders(in: "arch").filter { $0 != folder }.flatMap { places(selecting: name, in: "arch/\($0)/Kconfig") }
  }

  private func places(selecting name: String, in path: String) -> [KconfigPlace] {
    // What cannot be read is not needed for the answer.
    guard let bytes = try? files.read(path) else { return [] }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let wanted = Array(name.utf8)
    return lines.indices.compactMap { index in
      let words = lines[index].split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      guard words.count > 1, words[0].elementsEqual("select".utf8), words[1].elementsEqual(wanted) else { return nil }
      return KconfigPlace(path: path, line: index + 1)
    }
  }
}
