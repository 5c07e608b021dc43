import Diagnostics
import Files
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

  /// What a user says, and what the toolchain answers where that is open.
  typealias Witness = (settings: [KconfigReachability.Setting], answers: [ToolchainAnswer])

  /// Writes the configurations, and the list last.
  func write(_ witnesses: [Witness], index: JSON, of model: KconfigModel) throws(Diagnostic) {
    var evaluation = KconfigEvaluation(model)
    for (number, witness) in witnesses.enumerated() {
      evaluation.read(witness.settings, answers: witness.answers)
      try files.write(evaluation.configuration(), to: path + "/" + ReachabilityList.fileName(number))
    }
    var text = ""
    JSONText.writeDocument(index, into: &text)
    try files.write(Array(text.utf8), to: path + "/index.json")
  }
}
