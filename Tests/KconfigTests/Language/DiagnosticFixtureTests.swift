import Diagnostics
import Foundation
import Kconfig
import TestSupport
import Testing

/// Trees in `Fixtures/err` are refused, those in `Fixtures/ok` are read, with the recorded messages as a user sees them.
@Suite struct DiagnosticFixtureTests {
  static let folder = Repository.url("Tests/KconfigTests/Fixtures")

  static func names(in name: String) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: name).path)) ?? []
    return files.filter { $0.hasSuffix(".kconfig") }.sorted().map { "\(name)/\($0)" }
  }

  /// The files beside a fixture.
  private struct Sources: KconfigSources {
    let folder: URL

    func read(_ path: String) throws(Diagnostic) -> [UInt8]? {
      (try? Data(contentsOf: folder.appending(path: path))).map { Array($0) }
    }
  }

  /// Only the messages, as `hvocheck kconfig` shows them.
  private final class Terminal: KconfigTerminal {
    var text = ""
    let echoes = true
    func write(_ text: [UInt8], on stream: KconfigMessage.Stream) {}
    func show(_ message: KconfigMessage) { text += DiagnosticFixtureTests.rendered([message]) }
    func readLine() -> [UInt8]? { nil }
  }

  private static func rendered(_ messages: [KconfigMessage]) -> String {
    var text = ""
    for message in messages {
      DiagnosticRenderer(lines: message.lines).render(message.diagnostic, into: &text)
    }
    return text
  }

  private func read(_ path: String, _ language: KconfigLanguage) throws(KconfigRejection) -> KconfigModel {
    let url = Self.folder.appending(path: path)
    return try KconfigModel.read(
      url.lastPathComponent, language: language, sources: Sources(folder: url.deletingLastPathComponent()))
  }

  /// Compares with the text that was recorded for a tree.
  private func expect(_ text: String, recordedFor path: String) {
    Recorded.expect(text, in: Self.folder.appending(path: path.replacing(".kconfig", with: ".expected")))
  }

  @Test(arguments: names(in: "err"))
  func `is refused with every mistake, its place and the way out`(path: String) throws {
    var text = ""
    do throws(KconfigRejection) {
      _ = try read(path, .v6_12)
      Issue.record("\(path) is read")
    } catch {
      text = Self.rendered(error.problems)
      #expect(!error.problems.isEmpty)
      #expect(Set(error.problems).count == error.problems.count, "a message is said twice")
      #expect(error.problems.allSatisfy { $0.range != nil && $0.severity == .error })
    }
    expect(text, recordedFor: path)
  }

  @Test(arguments: names(in: "err"))
  func `is refused by both languages`(path: String) {
    // Members of choices were warned about only.
    guard path != "err/members.kconfig" else { return }
    #expect(throws: KconfigRejection.self) { try read(path, .v6_1) }
  }

  @Test(arguments: names(in: "ok"))
  func `is read with warnings that say where and why`(path: String) throws {
    let terminal = Terminal()
    let configuration = Self.folder.appending(path: path.replacing(".kconfig", with: ".config"))
    var run = KconfigRun(
      try read(path, .v6_12),
      environment: ["KCONFIG_WARN_UNKNOWN_SYMBOLS": "1", "KCONFIG_CONFIG": configuration.lastPathComponent],
      files: Sources(folder: configuration.deletingLastPathComponent()), terminal: terminal)
    _ = try run.perform(.olddefconfig)
    #expect(!terminal.text.isEmpty)
    expect(terminal.text, recordedFor: path)
  }
}
