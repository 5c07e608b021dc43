import ArgumentParser

/// What is checked, for every command that checks: paths, what-ifs, known findings.
struct CheckInput: ParsableArguments {
  @Argument(help: "Descriptor files, or folders with descriptors.", completion: .file())
  var paths: [String] = ["./arches"]

  @Option(name: .customLong("select"), help: "What if the architecture selected this symbol too? May be repeated.")
  var selects: [String] = []

  @Option(help: "Known findings; by default baseline.json beside the first path.", completion: .file())
  var baseline: String?

  @Flag(name: .customLong("no-baseline"), help: "Accept no known findings.")
  var ignoresBaseline = false

  func validate() throws {
    if ignoresBaseline, baseline != nil {
      throw ValidationError("--baseline and --no-baseline exclude each other.")
    }
  }
}
