import Diagnostics
import Foundation
import Kconfig

/// Reads a kernel tree once and evaluates configurations on it, for an instruction count to be taken from the difference:
/// `kconfig-evaluations TREE PROBES COUNT`. Each configuration answers one more tristate with m.
@main struct KconfigEvaluations {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let count = Int(arguments[3]) else {
      FileHandle.standardError.write(Data("usage: kconfig-evaluations TREE PROBES COUNT\n".utf8))
      exit(2)
    }
    let recording = try Recording(arguments[2], tree: arguments[1])
    let files = TreeFiles(tree: arguments[1])
    guard let makefile = try files.read("Makefile"), let language = KconfigLanguage(makefile: makefile) else {
      FileHandle.standardError.write(Data("\(arguments[1]) is no kernel tree\n".utf8))
      exit(2)
    }
    let model = try KconfigModel.read(
      language: language, environment: recording.environment, sources: files, probes: recording.probes)
    let tristates = model.symbolIDs.filter {
      model.symbol($0).type == .tristate && !model.symbol($0).isConstant
    }
    var evaluation = KconfigEvaluation(model)
    var unmet = 0
    for round in 0..<count {
      evaluation.set(tristates[round % tristates.count], to: .m)
      evaluation.recompute()
      unmet += evaluation.unmetSymbols.count
    }
    print("\(model.symbolIDs.count) symbols, \(count) evaluations, \(unmet) unmet dependencies")
  }
}

/// Files of a tree that is trusted.
struct TreeFiles: KconfigSources {
  let tree: String

  func read(_ path: String) throws(Diagnostic) -> [UInt8]? {
    FileManager.default.contents(atPath: path.hasPrefix("/") ? path : tree + "/" + path).map { [UInt8]($0) }
  }
}

/// A recording as `hvocheck kconfig --probes` takes it.
struct Recording {
  private struct Document: Decodable {
    struct Probe: Decodable {
      var cmd: String
      var out: String
    }
    var env: [String: String]
    var probes: [Probe]
  }

  let environment: [String: String]
  let probes: ProbeTable

  init(_ path: String, tree: String) throws {
    let document = try JSONDecoder().decode(Document.self, from: Data(contentsOf: URL(filePath: path)))
    func placed(_ text: String) -> String { text.replacingOccurrences(of: "@SRCTREE@", with: tree) }
    environment = document.env.mapValues(placed)
    var table = ProbeTable()
    for probe in document.probes { table.record(Array(placed(probe.out).utf8), of: Array(placed(probe.cmd).utf8)) }
    probes = table
  }
}
