import Architectures
import Diagnostics
import Foundation
import TestSupport
import Testing

/// Descriptors in `Fixtures/ok` are read as recorded; those in `Fixtures/err` are refused with the recorded messages.
@Suite struct DescriptorFixtureTests {
  /// What reading a descriptor, and asking for its configurations, gives.
  private func read(_ path: String) throws -> (architectures: [Architecture], problems: [Diagnostic]) {
    let catalog = try shippedCatalog()
    do {
      let descriptor = try DescriptorLoader(sources: FolderProvider()).load(path)
      let architectures = try ArchitectureReader(catalog: catalog).read(descriptor)
      var problems: [Diagnostic] = []
      for architecture in architectures {
        do {
          _ = try ConfigurationSpace(of: architecture, catalog: catalog).configurations()
        } catch {
          problems.append(error)
        }
      }
      return (architectures, problems)
    } catch {
      return ([], error.all)
    }
  }

  private func files() throws -> [SourceFile] {
    let names = try FileManager.default.contentsOfDirectory(atPath: Fixtures.folder.appendingPathComponent("err").path)
    return try names.filter { $0.hasSuffix(".yaml") }.map { try FolderProvider().read("err/\($0)") }
  }

  @Test(arguments: Fixtures.names(in: "ok"))
  func `is read with every value where it was said`(path: String) throws {
    let (architectures, problems) = try read(path)
    #expect(problems.isEmpty, "\(rendered(problems, files: []))")
    Fixtures.expect(architectures.map { ArchitectureText($0).text }.joined(separator: "\n"), recordedFor: path)
  }

  @Test(arguments: Fixtures.names(in: "err"))
  func `is refused with place, reason and way out`(path: String) throws {
    let (_, problems) = try read(path)
    #expect(!problems.isEmpty)
    Fixtures.expect(rendered(problems, files: try files()), recordedFor: path)
  }

  @Test(arguments: Fixtures.names(in: "err"))
  func `no message is said twice, each has a place, and those of a file are in text order`(path: String) throws {
    let (_, problems) = try read(path)
    #expect(Set(problems).count == problems.count)
    // What is missing comes behind what is wrong in the same mapping.
    let placed = problems.filter { $0.id != "SCHEMA002" }
    for (earlier, later) in zip(placed, placed.dropFirst()) {
      let (left, right) = (try #require(earlier.place), try #require(later.place))
      #expect(left.path != right.path || left.start <= right.start, "\(earlier.message) / \(later.message)")
    }
    #expect(problems.allSatisfy { $0.place != nil })
  }

  @Test func everyDiagnosticOfDescriptorsHasAFixture() throws {
    let sources = Repository.url("Sources")
    var ids: Set<String> = []
    for folder in ["Architectures", "LocatedYAML"] {
      let files = try FileManager.default.subpathsOfDirectory(atPath: sources.appendingPathComponent(folder).path)
      // ARCH015 speaks of kernel profiles, see KernelCatalogReaderTests; ARCH022 of names of files, see PathTests.
      for file in files where file.hasSuffix(folder == "LocatedYAML" ? "Schema.swift" : ".swift") {
        let text = try String(contentsOf: sources.appendingPathComponent("\(folder)/\(file)"), encoding: .utf8)
        ids.formUnion(text.matches(of: /"((ARCH|SCHEMA)[0-9]{3})"/).map { String($0.output.1) })
      }
    }
    var seen: Set<String> = []
    for path in Fixtures.names(in: "err") { seen.formUnion(try read(path).problems.map(\.id)) }
    #expect(ids.subtracting(seen) == ["ARCH015", "ARCH022"])
  }
}
