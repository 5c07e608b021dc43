import Diagnostics
import Foundation
import Kconfig
import Testing

/// A kernel tree as a recorded toolchain sees it.
///
/// The trees are not part of the repository: `HVOCHECK_KERNEL_TREES` names a folder with `linux-source-6.1` and
/// `linux-source-6.12`.
struct RecordedTree {
  /// The recorded environment and answers of one toolchain.
  struct Recording: Decodable {
    struct Probe: Decodable {
      var cmd: String
      var out: String
    }

    var env: [String: String]
    var probes: [Probe]
  }

  struct Files: KconfigSources {
    var tree: String

    func read(_ path: String) throws(Diagnostic) -> [UInt8]? {
      FileManager.default.contents(atPath: path.hasPrefix("/") ? path : tree + "/" + path).map { [UInt8]($0) }
    }
  }

  static let trees: URL? = {
    guard let path = ProcessInfo.processInfo.environment["HVOCHECK_KERNEL_TREES"] else { return nil }
    let folder = URL(filePath: path)
    let first = folder.appending(path: "linux-source-6.12/scripts/Kconfig.include")
    return FileManager.default.fileExists(atPath: first.path) ? folder : nil
  }()

  static let isAvailable = trees != nil && Oracles.isAvailable
  static let absence: Comment = "no kernel trees: set HVOCHECK_KERNEL_TREES, and see \(Oracles.absence)"

  let path: String
  let files: Files
  let environment: [String: String]
  let recording: Recording

  /// - Parameter key: version, architecture and toolchain, such as `6.12-arm64-gcc12`.
  init(version: String, key: String, recordings: URL) throws {
    let path = try #require(Self.trees).appending(path: "linux-source-\(version)").path
    recording = try JSONDecoder().decode(
      Recording.self, from: Data(contentsOf: recordings.appending(path: key + ".json")))
    environment = recording.env.mapValues { $0.replacingOccurrences(of: "@SRCTREE@", with: path) }
    files = Files(tree: path)
    self.path = path
  }

  func placed(_ text: String) -> [UInt8] { Array(text.replacingOccurrences(of: "@SRCTREE@", with: path).utf8) }

  /// The Kconfig files as the recording answers them.
  func model() throws -> KconfigModel {
    var table = ProbeTable()
    for probe in recording.probes { table.record(placed(probe.out), of: placed(probe.cmd)) }
    return try KconfigModel.read(language: language, environment: environment, sources: files, probes: table)
  }

  var language: KconfigLanguage { path.hasSuffix("6.1") ? .v6_1 : .v6_12 }

  /// The recordings in a folder of their own.
  static func unpackedRecordings() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "kconfig-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let tar = Process()
    tar.executableURL = URL(filePath: "/bin/tar")
    tar.arguments = [
      "-xf", try #require(Oracles.folder).appending(path: "probes.tar.xz").path, "-C", folder.path,
    ]
    try tar.run()
    tar.waitUntilExit()
    try #require(tar.terminationStatus == 0)
    return folder
  }
}
