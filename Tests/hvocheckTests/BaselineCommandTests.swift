import Foundation
import Testing

/// `hvocheck baseline`: writing, pruning, showing.
struct BaselineCommandTests {
  private func port(hugepages: String = "[2M]", flush: String = Ports.unfixedFlush) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try write(folder, hugepages: hugepages, flush: flush)
    return folder
  }

  private func write(_ folder: TemporaryFolder, hugepages: String = "[2M]", flush: String = Ports.unfixedFlush) throws {
    let text = Ports.toy(selects: [Ports.optIn], flush: flush)
    try folder.write("arches/port.yaml", text.replacing("hugepages: [2M]", with: "hugepages: \(hugepages)"))
  }

  private func run(_ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:]) throws
    -> Tool.Result
  {
    try Tool.run(arguments, in: folder, environment: environment)
  }

  @Test func `what is written is accepted`() throws {
    let folder = try port()
    let written = try run(["baseline", "write", "--reason", "known", "--today", "2026-11-23"], in: folder)
    #expect(written.status == 0, "\(written.errors)")
    #expect(written.output.contains("added: HVO001 port 2M: clear_bit(PG_dcache_clean, &page->flags)"))
    #expect(written.output.contains("arches/baseline.json: 2 added, 0 kept"))
    let text = try folder.read("arches/baseline.json")
    #expect(text.contains(#""reason": "known", "date": "2026-11-23""#))
    #expect(try run(["check"], in: folder).status == 0)
    let again = try run(["baseline", "write", "--reason", "other"], in: folder)
    #expect(again.status == 0)
    #expect(again.output == "arches/baseline.json: nothing to add\n")
    #expect(try folder.read("arches/baseline.json") == text)
  }

  @Test func `a baseline that exists grows only on demand, and what is there stays as it was`() throws {
    let folder = try port()
    _ = try run(["baseline", "write", "--reason", "old", "--today", "2026-01-01"], in: folder)
    try write(folder, hugepages: "[2M, 1G]")
    let before = try folder.read("arches/baseline.json")
    let refused = try run(["baseline", "write", "--reason", "new"], in: folder)
    #expect(refused.status == 1)
    #expect(refused.output.contains("would be added: HVO001 port 1G"))
    #expect(refused.output.contains("nothing was written; --accept-new adds them"))
    #expect(try folder.read("arches/baseline.json") == before)
    let grown = try run(["baseline", "write", "--reason", "new", "--accept-new", "--today", "2026-02-02"], in: folder)
    #expect(grown.status == 0)
    let lines = try folder.read("arches/baseline.json").split(separator: "\n").filter { $0.contains("HVO001") }
    #expect(lines.count == 2)
    #expect(
      lines.first?.contains(#"["2M"]"#) == true
        && lines.first?.contains(#""reason": "old", "date": "2026-01-01""#) == true)
    #expect(
      lines.last?.contains(#"["1G"]"#) == true
        && lines.last?.contains(#""reason": "new", "date": "2026-02-02""#) == true)
  }

  @Test func `what is undecided is never written`() throws {
    let folder = try port(flush: "    unknown_function(page);")
    let result = try run(["baseline", "write", "--reason", "known"], in: folder)
    #expect(result.status == 1)
    #expect(result.output.contains("never accepted: HVO004 port 2M (undecided)"))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/arches/baseline.json"))
  }

  @Test func `what a comment accepts is not written`() throws {
    let folder = try port()
    let text = try folder.read("arches/port.yaml")
    let comment = #"# hvocheck: ignore HVO001,HVO002 until=2027-03-31 reason="x""#
    try folder.write(
      "arches/port.yaml", text.replacing("\nflush_dcache_page:", with: "\n\(comment)\nflush_dcache_page:"))
    let result = try run(["baseline", "write", "--reason", "known", "--today", "2026-11-23"], in: folder)
    #expect(result.output == "arches/baseline.json: nothing to add\n")
  }

  @Test(arguments: [
    ["baseline", "write"], ["baseline", "write", "--reason", " "], ["baseline"], ["baseline", "prnue"],
  ])
  func `without a reason or a command nothing happens`(arguments: [String]) throws {
    let result = try run(arguments, in: port())
    #expect(result.status == 2)
    #expect(result.output == "")
  }

  @Test func `an entry whose finding is gone fails in CI, and is pruned`() throws {
    let folder = try port(hugepages: "[2M, 1G]")
    _ = try run(["baseline", "write", "--reason", "known", "--today", "2026-11-23"], in: folder)
    try write(folder)
    let lenient = try run(["check"], in: folder)
    #expect(lenient.status == 0)
    #expect(lenient.output.contains("note: the baseline accepts HVO001 for port at 1G, which is gone [BASE001]"))
    #expect(lenient.output.contains("hvocheck baseline prune"))
    #expect(try run(["check", "--strict-baseline"], in: folder).status == 1)
    #expect(try run(["check"], in: folder, environment: ["CI": "true"]).status == 1)
    #expect(try run(["check"], in: folder, environment: ["CI": "false"]).status == 0)
    #expect(try run(["check", "--no-strict-baseline"], in: folder, environment: ["CI": "true"]).status == 0)
    let shown = try run(["baseline", "show"], in: folder)
    #expect(shown.status == 0)
    #expect(
      shown.output.contains(
        "HVO001 port 1G: clear_bit(PG_dcache_clean, &page->flags): stale\n    since 2026-11-23: known"))
    #expect(shown.output.contains("accepts 1 finding"))
    let pruned = try run(["baseline", "prune"], in: folder)
    #expect(pruned.status == 0)
    #expect(pruned.output.contains("removed: HVO001 port 1G"))
    #expect(try !folder.read("arches/baseline.json").contains("1G"))
    #expect(try run(["check", "--strict-baseline"], in: folder).status == 0)
    let again = try run(["baseline", "prune"], in: folder)
    #expect(again.status == 0)
    #expect(again.output == "arches/baseline.json: nothing to remove\n")
  }

  @Test func `entries of architectures that are not checked stay`() throws {
    let folder = try port()
    _ = try run(["baseline", "write", "--reason", "known"], in: folder)
    try folder.write("arches/other.yaml", Ports.toy())
    try FileManager.default.removeItem(atPath: folder.path + "/arches/port.yaml")
    #expect(try run(["baseline", "show"], in: folder).output.contains("not checked"))
    #expect(try run(["baseline", "prune"], in: folder).output.contains("nothing to remove"))
  }

  @Test(arguments: ["prune", "show"])
  func `without a baseline there is nothing to do`(command: String) throws {
    let result = try run(["baseline", command], in: port())
    #expect(result.status == 2)
    #expect(result.errors.contains("cannot read arches/baseline.json"))
  }

  @Test(arguments: [["write", "--reason", "x", "--accept-new"], ["prune"], ["show"]])
  func `a corrupt baseline is bad input and stays as it is`(command: [String]) throws {
    let folder = try port()
    try folder.write("arches/baseline.json", "{\"schema\": \"hvo/baseline/v1\", \"findings\": [")
    let result = try run(["baseline"] + command, in: folder)
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.contains("arches/baseline.json:1:"))
    #expect(try folder.read("arches/baseline.json") == "{\"schema\": \"hvo/baseline/v1\", \"findings\": [")
  }
}
