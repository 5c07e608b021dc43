import Diagnostics
import FoundationEssentials
import Kconfig

/// What a machine answered to the questions of a kernel tree: the environment and what each command printed.
///
/// `@SRCTREE@` stands for the folder of the tree.
package struct ProbeRecording {
  package let environment: [String: String]
  let probes: ProbeTable

  private struct Document: Decodable {
    struct Probe: Decodable {
      var cmd: String
      var out: String
    }

    var env: [String: String]
    var probes: [Probe]
  }

  init(_ bytes: [UInt8], path: String, tree: String) throws(Diagnostic) {
    let document: Document
    do {
      document = try JSONDecoder().decode(Document.self, from: Data(bytes))
    } catch {
      throw Diagnostic(
        id: "KCONFIG193", "\(path) is no recording of probes", at: nil,
        help: ["it is a JSON object with 'env' and 'probes', each probe with 'cmd' and 'out'"])
    }
    func placed(_ text: String) -> String { text.replacing("@SRCTREE@", with: tree) }
    environment = document.env.mapValues(placed)
    var table = ProbeTable()
    for probe in document.probes {
      table.record(Array(placed(probe.out).utf8), of: Array(placed(probe.cmd).utf8))
    }
    probes = table
  }
}
