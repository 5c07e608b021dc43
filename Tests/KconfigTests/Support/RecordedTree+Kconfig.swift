import Diagnostics
import Foundation
import Kconfig
import TestSupport

extension RecordedTree {
  /// The files of a tree.
  struct Files: KconfigSources {
    var tree: String

    func read(_ path: String) throws(Diagnostic) -> [UInt8]? {
      FileManager.default.contents(atPath: path.hasPrefix("/") ? path : tree + "/" + path).map { [UInt8]($0) }
    }
  }

  var files: Files { Files(tree: path) }

  /// The Kconfig files as the toolchain answers them.
  func model(_ language: KconfigLanguage) throws -> KconfigModel {
    var table = ProbeTable()
    for probe in probes { table.record(Array(probe.out.utf8), of: Array(probe.cmd.utf8)) }
    return try KconfigModel.read(language: language, environment: environment, sources: files, probes: table)
  }
}
