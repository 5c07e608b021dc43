package import Diagnostics
import Files
import Kconfig

/// The Kconfig files that `conf` finds: in the working folder, or else in the kernel tree; and no others.
package struct ConfSources: KconfigSources {
  let here: KernelTreeFiles
  /// What `srctree` names; nil where it names no folder.
  let tree: KernelTreeFiles?

  /// - Parameter tree: what `srctree` says.
  init(tree folder: String?) throws(Diagnostic) {
    here = try KernelTreeFiles(".", allowing: [folder ?? "."])
    // A folder that is not there holds nothing, and is said to be missing where a file is looked for in vain.
    if let folder, !folder.isEmpty {
      do throws(Diagnostic) { tree = try KernelTreeFiles(folder, allowing: ["."]) } catch { tree = nil }
    } else {
      tree = nil
    }
  }

  package func read(_ path: String) throws(Diagnostic) -> [UInt8]? {
    if let bytes = try here.read(path) { return bytes }
    return path.hasPrefix("/") ? nil : try tree?.read(path)
  }
}
