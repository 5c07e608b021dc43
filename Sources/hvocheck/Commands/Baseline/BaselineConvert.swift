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

  @OptionGroup var input: BaselineFileInput

  func run() throws {
    let file = input.file
    let old = try file.readV1()
    let run = try input.descriptors.runWithoutBaseline()
    try BaselineInput.requireEverything(run, file)
    let conversion = BaselineConversion(old, findings: run.findings)
    var output = OutputStream.standardOutput
    for entry in conversion.dropped { output.write("dropped: \(entry.line.printable): it accepts nothing\n") }
    try file.write(conversion.baseline.text)
    output.write(
      "\(file.path.printable): \(conversion.baseline.entries.count) kept, \(conversion.dropped.count) dropped\n")
  }
}
