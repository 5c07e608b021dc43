import Foundation
package import Testing

/// A kernel tree, and what one toolchain answers to the shell commands in its Kconfig files.
///
/// `HVOCHECK_KERNELS` names the folder that `Scripts/kernels/prepare-all` fills; `make test-kernels` sets it.
package struct RecordedTree {
  /// A command and what it printed.
  package struct Probe: Decodable {
    package let cmd: String
    package let out: String
  }

  private struct Recording: Decodable {
    let env: [String: String]
    let probes: [Probe]
  }

  /// The folder of the tree.
  package let path: String
  /// What the kernel's Makefile tells conf.
  package let environment: [String: String]
  /// The answers, with the paths of this machine.
  package let probes: [Probe]

  private init(version: String, _ recording: Data) throws {
    let path = try Self.folder().appending(path: "\(version)/tree").path
    func placed(_ text: String) -> String { text.replacing("@SRCTREE@", with: path) }
    let read = try JSONDecoder().decode(Recording.self, from: recording)
    self.path = path
    environment = read.env.mapValues(placed)
    probes = read.probes.map { Probe(cmd: placed($0.cmd), out: placed($0.out)) }
  }

  /// A tree as the kernel's own scripts/dummy-tools answer.
  package init(version: String, architecture: String) throws {
    let file = try Self.folder().appending(path: "\(version)/answers-\(architecture).json")
    try self.init(version: version, Data(contentsOf: file))
  }

  /// A tree as another toolchain once answered: `gcc12` or `llvm`.
  package init(version: String, architecture: String, toolchain: String) throws {
    let archive = try #require(Self.recordings).appending(path: "probes.tar.xz").path
    let tar = Process()
    let output = Pipe()
    tar.executableURL = URL(filePath: "/usr/bin/env")
    tar.arguments = ["tar", "-xOf", archive, "\(version)-\(architecture)-\(toolchain).json"]
    tar.standardOutput = output
    try tar.run()
    let recording = try output.fileHandleForReading.readToEnd() ?? Data()
    tar.waitUntilExit()
    try self.init(version: version, recording)
  }

  /// The path of a file in the tree of a version, below the folder that `make test-kernels` prepares.
  package static func path(_ file: String, of version: String) throws -> String {
    try folder().appending(path: "\(version)/tree/\(file)").path
  }

  /// The architectures of a version whose answers `make test-kernels` has recorded, sorted.
  package static func architectures(of version: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder().appending(path: version).path)
      .filter { $0.hasPrefix("answers-") && $0.hasSuffix(".json") }
      .map { String($0.dropFirst(8).dropLast(5)) }.sorted()
  }

  private static func named(by variable: String) -> URL? {
    ProcessInfo.processInfo.environment[variable].flatMap { $0.isEmpty ? nil : URL(filePath: $0) }
  }

  private static func folder() throws -> URL { try #require(named(by: "HVOCHECK_KERNELS")) }
  private static let recordings = named(by: "HVOCHECK_KCONFIG_ORACLES")

  /// Whether there are trees.
  package static let isAvailable = named(by: "HVOCHECK_KERNELS") != nil
  /// Whether the answers of other toolchains are there as well.
  package static let hasOtherToolchains = isAvailable && recordings != nil
  /// Why a test does not run without trees.
  package static let absence: Comment = "needs kernel trees: 'make test-kernels' brings them"
  /// Why a test does not run without the answers of other toolchains.
  package static let absenceOfToolchains: Comment =
    "needs kernel trees and recorded answers of other toolchains: 'make test-kernels' with HVOCHECK_KCONFIG_ORACLES"
}
