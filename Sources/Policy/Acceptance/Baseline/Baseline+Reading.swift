import Architectures
package import Diagnostics
import LocatedYAML

extension Baseline {
  /// Reads a baseline file (JSON is YAML).
  /// - Throws: everything that is wrong with it, the format of an older version included.
  package static func read(_ source: SourceFile) throws(Diagnostics) -> Baseline {
    let root = try LocatedYAML.parse(source)
    if let schema = root["schema"]?.scalar, schema.text == BaselineV1.name { throw Diagnostics([.isOld(schema)]) }
    var problems = file.problems(in: root)
    guard problems.isEmpty else { throw Diagnostics(problems) }
    var entries: [Entry] = []
    for node in root["findings"]?.items ?? [] {
      do throws(Diagnostics) {
        entries += try self.entries(node)
      } catch {
        problems += error.all
      }
    }
    guard problems.isEmpty else { throw Diagnostics(problems) }
    return Baseline(entries: entries)
  }

  private static func entries(_ node: Node) throws(Diagnostics) -> [Entry] {
    guard let rule = node["rule"]?.scalar, let name = node["architecture"]?.scalar,
      let kernel = node["kernel"]?.scalar, let reason = node["reason"]?.scalar, let date = node["date"]?.scalar
    else { return [] }
    let sizes = try sizes(node)
    let site = AcceptedSite(
      text: node["site"]?.scalar?.text, number: try number(node), calls: texts(node["calls"]),
      states: texts(node["states"]))
    return (sizes.isEmpty ? [nil] : sizes).map { size in
      Entry(
        rule: rule.text, architecture: ArchitectureID(name: name.text, kernel: kernel.text), hugepage: size,
        assumptions: node["assumptions"]?.scalar?.text ?? "", site: site, reason: reason.text, date: date.text,
        range: rule.range)
    }
  }

  private static func texts(_ node: Node?) -> [String] { (node?.items ?? []).compactMap { $0.scalar?.text } }

  private static func number(_ node: Node) throws(Diagnostics) -> Int {
    guard let scalar = node["number"]?.scalar else { return 1 }
    guard let number = Int(scalar.text), number > 0 else {
      throw Diagnostics([
        Diagnostic(id: "SCHEMA004", "'\(scalar.text)' is not a number from 1", at: scalar.range)
      ])
    }
    return number
  }

  /// The HugeTLB page sizes of an entry.
  static func sizes(_ node: Node) throws(Diagnostics) -> [UInt64?] {
    var sizes: [UInt64?] = []
    var problems: [Diagnostic] = []
    for size in (node["hugepages"]?.items ?? []).compactMap(\.scalar) {
      do throws(Diagnostic) {
        sizes.append(try size.asSize())
      } catch {
        problems.append(error)
      }
    }
    guard problems.isEmpty else { throw Diagnostics(problems) }
    return sizes
  }
}

extension Diagnostic {
  /// A baseline of the first version, whose entries accept whatever is found first in a cell.
  fileprivate static func isOld(_ schema: Scalar) -> Diagnostic {
    Diagnostic(
      id: "BASE005", "this baseline has the format \(BaselineV1.name), which does not name the store that is accepted",
      at: schema.range,
      reasons: ["a second store under the same rule would hide behind the first"],
      help: [
        "convert it, which accepts nothing that was not accepted before:",
        "    hvocheck baseline convert --baseline \(schema.range.path)",
      ])
  }
}
