import Diagnostics
package import Kconfig

/// Every combination of values that symbols of one architecture can have.
package struct ReachabilityList {
  /// The combinations.
  package let reachability: KconfigReachability
  /// The architecture.
  package let architecture: String

  /// The combinations of an architecture.
  package init(_ reachability: KconfigReachability, architecture: String) {
    self.reachability = reachability
    self.architecture = architecture
  }

  /// The name of the file with a combination's configuration, which counts from 0.
  package static func fileName(_ number: Int) -> String {
    let digits = String(number + 1)
    return String(repeating: "0", count: max(0, 3 - digits.count)) + digits + ".config"
  }

  /// The combinations in a stable order, a line each.
  package var lines: [String] {
    reachability.combinations.map { combination in
      zip(reachability.symbols, combination.values).map { "\($0)=\($1)" }.joined(separator: " ").printable + "\n"
    }
  }

  /// What has to be known about lines that look like all there is; nil where they are.
  package var remark: String? {
    if reachability.openEnded.isEmpty { return nil }
    let names = reachability.openEnded.joined(separator: ", ").printable
    return "\(names): further values are possible; those listed are all that comparisons can tell apart\n"
  }

  /// The same as members of an object.
  private var json: JSON {
    let combinations = reachability.combinations.enumerated().map { number, combination -> JSON in
      let values = zip(reachability.symbols, combination.values).map { ($0, JSON.text($1)) }
      return [
        "values": .object(Dictionary(values) { first, _ in first }), "file": .text(Self.fileName(number)),
        "witness": .texts(combination.witness.map(\.line)), "toolchain": KconfigJSON.toolchain(combination.answers),
      ]
    }
    return [
      "architecture": .text(architecture), "openEnded": .texts(reachability.openEnded),
      "combinations": .array(combinations),
    ]
  }

  /// The list for itself, with its format and question.
  package var document: JSON {
    let head: JSON = ["schema": .text(KconfigJSON.schema), "symbols": .texts(reachability.symbols)]
    return head.merging(json)
  }

  /// The lists of several architectures as one document.
  package static func document(of lists: [ReachabilityList]) -> JSON {
    if lists.count == 1 { return lists[0].document }
    let architectures = lists.map { $0.json.merging(["undefined": .texts($0.reachability.undefined)]) }
    return [
      "schema": .text(KconfigJSON.schema), "symbols": .texts(lists.first?.reachability.symbols ?? []),
      "architectures": .array(architectures),
    ]
  }
}
