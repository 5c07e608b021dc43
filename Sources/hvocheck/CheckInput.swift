import ArgumentParser
import Diagnostics
import Glibc

/// What is checked, for every command that checks: paths, what-ifs, known findings.
struct CheckInput: ParsableArguments {
  /// What is checked where the command line names nothing.
  static let defaultPaths = ["./arches"]

  @Argument(help: "Descriptor files, or folders with descriptors.")
  var paths: [String] = Self.defaultPaths

  @Option(name: .customLong("select"), help: "What if the architecture selected this symbol too? May be repeated.")
  var selects: [String] = []

  @Option(help: "Known findings; by default baseline.json beside the first path.")
  var baseline: String?

  @Flag(name: .customLong("no-baseline"), help: "Accept no known findings.")
  var ignoresBaseline = false

  @Flag(
    name: .customLong("strict-baseline"), inversion: .prefixedNo,
    help: "Fail where the baseline accepts a finding that is gone; the default where the environment has CI=true.")
  var isStrict: Bool?

  @OptionGroup var today: Today

  func validate() throws {
    if ignoresBaseline, baseline != nil {
      throw ValidationError("--baseline and --no-baseline exclude each other.")
    }
  }

  /// What the command line asks for.
  var request: CheckRequest {
    CheckRequest(
      paths: paths, selects: selects,
      baseline: ignoresBaseline ? .none : baseline.map { .file($0) } ?? .besideFirstPath,
      severityOfStaleEntries: isStrict ?? Self.runsInCI ? .error : .note, today: today.date)
  }

  private static var runsInCI: Bool {
    getenv("CI").map { ["true", "1"].contains(String(cString: $0).lowercased()) } ?? false
  }
}
