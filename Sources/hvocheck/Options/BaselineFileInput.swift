import ArgumentParser
import Workspace

/// The baseline that a command reads, and the descriptors whose findings are meant.
struct BaselineFileInput: ParsableArguments {
  @OptionGroup var descriptors: BaselineInput

  @Option(help: "The file; by default baseline.json beside the first path.", completion: .file())
  var baseline: String?

  /// The file.
  var file: BaselineFile { BaselineFile(chosen: baseline, paths: descriptors.paths) }
}
