import Diagnostics
import Kconfig
import Reports

/// Answers `--reachable` about symbols: every combination of values that they can have, a line each, for one architecture
/// or for several, whose names the lines begin with.
struct ReachabilityLists {
  private let lists: [ReachabilityList]
  private let inputs: [KernelTreeInput]

  /// - Throws: names that no file of any of the architectures defines, and questions without an answer.
  init(of names: SymbolNames, in inputs: [KernelTreeInput]) throws {
    self.inputs = inputs
    var lists: [ReachabilityList] = []
    for input in inputs {
      // A model is large; none is kept for the next architecture.
      let model = try Self.model(of: input, among: inputs)
      if inputs.count == 1 { _ = try names.numbers(in: model, of: input.architecture) }
      lists.append(try ReachabilityList(of: names, model, in: input))
    }
    self.lists = lists
    let undefined = lists.map { Set($0.reachability.undefined) }
    let nowhere = names.entries.map(\.name).filter { name in undefined.allSatisfy { $0.contains(name) } }
    guard nowhere.isEmpty else {
      throw Diagnostic(
        id: "KCONFIG197", "no Kconfig file of these architectures defines \(nowhere.joined(separator: ", "))", at: nil)
    }
  }

  private static func model(of input: KernelTreeInput, among inputs: [KernelTreeInput]) throws -> KconfigModel {
    do throws(KconfigRejection) {
      return try input.model()
    } catch {
      if inputs.count > 1 {
        var errors = OutputStream.standardError
        errors.write("with ARCH=\(input.architecture):\n")
      }
      throw error
    }
  }

  /// Writes the combinations in a stable order, and a configuration of each into a folder; one for each architecture where
  /// there are several.
  func write(as format: AnswerFormat, witnesses folder: String?) throws {
    if let folder {
      for (list, input) in zip(lists, inputs) {
        let path = lists.count == 1 ? folder : "\(folder)/\(list.architecture)"
        try list.writeWitnesses(of: try input.model(), into: path)
      }
    }
    var output = OutputStream.standardOutput
    switch format {
    case .json: JSONText.writeDocument(document, into: &output)
    case .text:
      var errors = OutputStream.standardError
      for list in lists {
        let start = lists.count == 1 ? "" : list.architecture + ": "
        for line in list.lines { output.write(start + line) }
        if let remark = list.remark { errors.write(start + remark) }
      }
    }
  }

  private var document: JSON {
    if lists.count == 1 { return lists[0].document }
    let architectures = lists.map { $0.json.with(["undefined": .texts($0.reachability.undefined)]) }
    return [
      "schema": .text(AnswerFormat.schema), "symbols": .texts(lists.first?.reachability.symbols ?? []),
      "architectures": .array(architectures),
    ]
  }
}
