import Diagnostics
import Foundation
import Kconfig
import Testing

/// The configurations that the kernel's own `conf` made of whole kernel trees, byte for byte.
///
/// The trees are not part of the repository: `HVOCHECK_KERNEL_TREES` names a folder with `linux-source-6.1` and
/// `linux-source-6.12`.
struct TreeOracleTests {
  struct Entry: Decodable, Sendable {
    var id: String
    var version: String
    var arch: String
    var profile: String
    var mode: String
    var rc: Int
    var file: String
    var input_config: String?
    var extra_env: [String: String]?
    var KCONFIG_SEED: Int?
    var stderr_lines: Int
  }

  /// The recorded environment and answers of one toolchain.
  struct Recording: Decodable {
    struct Probe: Decodable {
      var cmd: String
      var out: String
    }

    var env: [String: String]
    var probes: [Probe]
  }

  static let trees: URL? = {
    guard let path = ProcessInfo.processInfo.environment["HVOCHECK_KERNEL_TREES"] else { return nil }
    let folder = URL(filePath: path)
    let first = folder.appending(path: "linux-source-6.12/scripts/Kconfig.include")
    return FileManager.default.fileExists(atPath: first.path) ? folder : nil
  }()

  static let isAvailable = trees != nil && Oracles.isAvailable
  static let absence: Comment = "no kernel trees: set HVOCHECK_KERNEL_TREES, and see \(Oracles.absence)"

  @Test(.enabled(if: isAvailable, absence), arguments: ["6.1", "6.12"])
  func everyConfiguration(version: String) throws {
    let folder = try Self.unpacked()
    defer { try? FileManager.default.removeItem(at: folder) }
    let entries: [Entry] = try Oracles.lines(of: "manifest.jsonl").filter { $0.id.hasPrefix(version + "/") }
    #expect(entries.count > 300)
    var equal = 0
    for (key, group) in Dictionary(grouping: entries, by: { "\(version)-\($0.arch)-\($0.profile)" }) {
      let tree = try Tree(version: version, key: key, folder: folder)
      for entry in group {
        let wanted = [UInt8](try Data(contentsOf: folder.appending(path: entry.file)))
        let isEqual = try tree.run(entry, folder) == wanted
        #expect(isEqual, "\(entry.id)")
        if isEqual { equal += 1 }
      }
    }
    print("configurations of \(version): \(equal) of \(entries.count) equal")
  }

  /// The kernel's own scripts/dummy-tools are described, not run: what they answer, and what comes of it.
  @Test(.enabled(if: isAvailable, absence), arguments: ["6.1", "6.12"])
  func everyConfigurationOfTheDescribedToolchain(version: String) throws {
    let folder = try Self.unpacked()
    defer { try? FileManager.default.removeItem(at: folder) }
    let entries: [Entry] = try Oracles.lines(of: "manifest.jsonl").filter {
      $0.id.hasPrefix(version + "/") && $0.profile == "dummy"
    }
    #expect(entries.count > 200)
    var (equal, answered, asked) = (0, 0, 0)
    for (key, group) in Dictionary(grouping: entries, by: { "\(version)-\($0.arch)-dummy" }) {
      let tree = try Tree(version: version, key: key, folder: folder, describing: .dummy)
      for probe in tree.recording.probes {
        let isEqual = tree.probes.output(of: Array(tree.placed(probe.cmd).utf8)) == Array(tree.placed(probe.out).utf8)
        #expect(isEqual, "\(key): \(probe.cmd)")
        answered += isEqual ? 1 : 0
        asked += 1
      }
      for entry in group {
        let isEqual = try tree.run(entry, folder) == [UInt8](try Data(contentsOf: folder.appending(path: entry.file)))
        #expect(isEqual, "\(entry.id)")
        equal += isEqual ? 1 : 0
      }
    }
    print("answers of the described toolchain, \(version): \(answered) of \(asked) equal")
    print("configurations of the described toolchain, \(version): \(equal) of \(entries.count) equal")
  }

  /// The archives of configurations and answers in a folder of their own.
  static func unpacked() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "kconfig-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["configs.tar.xz", "probes.tar.xz"] {
      let tar = Process()
      tar.executableURL = URL(filePath: "/bin/tar")
      tar.arguments = ["-xf", try #require(Oracles.folder).appending(path: name).path, "-C", folder.path]
      try tar.run()
      tar.waitUntilExit()
      try #require(tar.terminationStatus == 0)
    }
    return folder
  }

  /// A kernel tree as one toolchain sees it.
  struct Tree {
    let path: String
    let model: KconfigModel
    let environment: [String: String]
    let recording: Recording
    let probes: any KconfigProbes

    /// - Parameter toolchain: what answers in place of the recording, if anything.
    init(version: String, key: String, folder: URL, describing toolchain: DescribedToolchain? = nil) throws {
      let path = try #require(TreeOracleTests.trees).appending(path: "linux-source-\(version)").path
      let recording = try JSONDecoder().decode(
        Recording.self, from: Data(contentsOf: folder.appending(path: key + ".json")))
      func placed(_ text: String) -> String { text.replacingOccurrences(of: "@SRCTREE@", with: path) }
      var environment = recording.env.mapValues(placed)
      let sources = TreeFiles(tree: path)
      if let toolchain = toolchain?.placed(in: path) {
        for (name, value) in toolchain.environment {
          #expect(environment[name] == value, "\(name) of \(key)")
          environment[name] = value
        }
        probes = BuiltInProbes(toolchain, folder: path, sources: sources, environment: environment)
      } else {
        var table = ProbeTable()
        for probe in recording.probes { table.record(Array(placed(probe.out).utf8), of: Array(placed(probe.cmd).utf8)) }
        probes = table
      }
      self.environment = environment
      self.recording = recording
      self.path = path
      model = try KconfigModel.read(
        profile: version == "6.1" ? .v6_1 : .v6_12, environment: environment, sources: sources, probes: probes)
    }

    func placed(_ text: String) -> String { text.replacingOccurrences(of: "@SRCTREE@", with: path) }

    /// What a mode writes, or prints where it writes nothing.
    func run(_ entry: Entry, _ folder: URL) throws -> [UInt8] {
      var environment = environment.merging(entry.extra_env ?? [:]) { $1 }
      environment["KCONFIG_SEED"] = entry.KCONFIG_SEED.map(String.init)
      var files = TreeFiles(tree: path)
      if let input = entry.input_config {
        let place =
          input.hasPrefix("@")
          ? URL(filePath: input.replacingOccurrences(of: "@SRCTREE@", with: path)) : folder.appending(path: input)
        files.configuration = [UInt8](try Data(contentsOf: place))
      }
      let terminal = KconfigTranscript()
      var run = KconfigRun(model, environment: environment, files: files, terminal: terminal)
      let file = try run.perform(MicroCaseTests.mode(entry.mode), existing: files.configuration)
      #expect(terminal.errors.count { $0 == UInt8(ascii: "\n") } == entry.stderr_lines, "messages of \(entry.id)")
      if entry.mode == "listnewconfig" { return terminal.output }
      return file?.bytes ?? files.configuration ?? []
    }
  }

  struct TreeFiles: KconfigSources {
    var tree: String
    var configuration: [UInt8]?

    func read(_ path: String) throws(Diagnostic) -> [UInt8]? {
      if path == ".config" { return configuration }
      let place = path.hasPrefix("/") ? path : tree + "/" + path
      return FileManager.default.contents(atPath: place).map { [UInt8]($0) }
    }
  }
}
