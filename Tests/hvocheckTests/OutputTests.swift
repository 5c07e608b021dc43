import Foundation
import Testing

/// A report that does not arrive must not look like a short one.
struct OutputTests {
  static let lines = [
    ["check"], ["check", "--format", "json"], ["check", "--no-baseline"], ["check", "-o", "sarif"],
    ["check", "-o", "tap=-"], ["sim", "arm64-4k", "--hugepage", "2M"],
    ["explain", "HVO001"], ["rules", "list"], ["show", "x86_64", "--resolved"], ["schema", "arch"], ["--help"],
    ["--version"], ["sim", "--help"],
  ]

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "no /dev/full"), arguments: lines)
  func `a full disk is an I/O error`(line: [String]) throws {
    let result = try Tool.run(line, in: .withShippedDescriptors(), output: .path("/dev/full"))
    #expect(result.status == 3)
    #expect(result.errors == "error: cannot write the report: No space left on device [IO002]\n")
  }

  @Test(arguments: lines)
  func `closed standard output is an I/O error`(line: [String]) throws {
    let result = try Tool.run(line, in: .withShippedDescriptors(), output: .closed)
    #expect(result.status == 3)
    #expect(result.errors == "error: cannot write the report: Bad file descriptor [IO002]\n")
  }

  /// As `git log | head`: no message, and no success either.
  @Test(arguments: lines)
  func `a reader that went away ends the tool silently`(line: [String]) throws {
    let result = try Tool.run(line, in: .withShippedDescriptors(), output: .brokenPipe)
    #expect(result.signal == SIGPIPE)
    #expect(result.errors == "")
  }
}
