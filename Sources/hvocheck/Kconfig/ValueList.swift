import Diagnostics
import Kconfig
import Reports

/// Answers `--get`: the values of symbols in the present configuration, a line each.
struct ValueList {
  private let present: PresentConfiguration
  private let symbols: [SymbolID]

  init(of names: SymbolNames, in input: KernelTreeInput) throws {
    if let entry = names.entries.first(where: { $0.value != nil }) {
      throw Diagnostic(
        id: "KCONFIG241", "--get takes symbols without values", at: nil,
        help: ["whether it can be \(entry.value ?? "") says --why \(entry.name)=\(entry.value ?? "")"])
    }
    present = try PresentConfiguration(input)
    try present.model.requireClosedProbes()
    symbols = try names.numbers(in: present.model, of: input.architecture)
  }

  func write(as format: AnswerFormat) {
    var output = OutputStream.standardOutput
    switch format {
    case .text:
      present.sayOrigin()
      for symbol in symbols { output.write(present.values.value(of: symbol).text.printable + "\n") }
    case .json:
      let values = symbols.map { symbol -> JSON in
        ["symbol": .text(present.model.name(of: symbol)), "value": .text(present.values.value(of: symbol).text)]
      }
      JSONText.writeDocument(
        [
          "schema": .text(AnswerFormat.schema), "configuration": present.path.map { .text($0) },
          "values": .array(values),
        ], into: &output)
    }
  }
}
