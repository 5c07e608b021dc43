import Diagnostics
import Glibc
import Kconfig
import Reports

/// A folder with a whole `.config` for each combination, and a list of them: `index.json`.
struct WitnessFolder {
  private let path: String
  private let files: ConfigurationFiles

  /// Makes the folder where there is none.
  init(_ path: String, _ files: ConfigurationFiles) throws(Diagnostic) {
    self.path = path.hasSuffix("/") ? String(path.dropLast()) : path
    self.files = files
    try NewFile(self.path + "/index.json", "").makeFolders()
  }

  /// The name of a combination's file.
  static func name(_ number: Int) -> String {
    let digits = String(number + 1)
    return String(repeating: "0", count: max(0, 3 - digits.count)) + digits + ".config"
  }

  /// What a user says, and what the toolchain answers where that is open.
  typealias Witness = (settings: [KconfigReachability.Setting], answers: [ToolchainAnswer])

  /// Writes the configurations, and the list last.
  func write(_ witnesses: [Witness], index: JSON, of model: KconfigModel) throws(Diagnostic) {
    var evaluation = KconfigEvaluation(model)
    for (number, witness) in witnesses.enumerated() {
      evaluation.read(witness.settings, answers: witness.answers)
      try files.write(evaluation.configuration(), to: path + "/" + Self.name(number))
    }
    var text = ""
    JSONText.writeDocument(index, into: &text)
    try files.write(Array(text.utf8), to: path + "/index.json")
  }
}
