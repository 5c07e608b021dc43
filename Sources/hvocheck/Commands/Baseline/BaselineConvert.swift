import Architectures
import ArgumentParser
import Diagnostics
import Files
import Policy
import Workspace

/// `hvocheck baseline convert`: rewrites a file of an older format.
struct BaselineConvert: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Rewrite a baseline of an older format; nothing is accepted that was not accepted before.",
    discussion: """
      An entry of hvo/baseline/v1 accepted the first finding of its rule in a cell, whatever came behind it. Converted, it \
      names that one store; what hid behind it is open from now on.

      EXAMPLE
        hvocheck baseline convert
      """)

  @OptionGroup var descriptors: BaselineInput

  @Option(help: "The file; by default baseline.json beside the first path.", completion: .file())
  var baseline: String?

  func run() throws {
    let file = BaselineFile(chosen: baseline, paths: descriptors.paths)
    let old = try file.readV1()
    let run = try descriptors.run(besides: file)
    try BaselineInput.requireEverything(run, file)
    let conversion = BaselineConversion(old, findings: run.findings)
    var output = OutputStream.standardOutput
    for entry in conversion.dropped { output.write("dropped: \(entry.line.printable): it accepts nothing\n") }
    try file.write(conversion.baseline.text)
    output.write(
      "\(file.path.printable): \(conversion.baseline.entries.count) kept, \(conversion.dropped.count) dropped\n")
  }
}
