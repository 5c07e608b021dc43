import FoundationEssentials
// stderr is a variable in C; this tool has one thread.
@preconcurrency import Glibc

/// Writes the manual pages of a tool from what its argument parser says about it, so that they cannot drift apart.
@main enum Manual {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 5 else {
      fputs("usage: manual DUMP FOLDER DATE VERSION    DUMP is what hvocheck --experimental-dump-help prints\n", stderr)
      exit(2)
    }
    let tool = try ToolDescription(json: Data(contentsOf: URL(filePath: arguments[1])))
    let edition = ManualPage.Edition(date: arguments[3], version: arguments[4])
    for page in ManualPage.all(of: tool, edition: edition) {
      try Data(page.source.utf8).write(to: URL(filePath: arguments[2]).appending(path: page.name + ".1"))
    }
  }
}
