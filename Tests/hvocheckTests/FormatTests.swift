import Foundation
import Testing

/// `--format`, `-o` and `--fail-on`: which report goes where, and files that are complete or absent.
struct FormatTests {
  static let formats = ["text", "terse", "json", "jsonl", "sarif", "junit", "github", "gitlab", "tap", "md"]

  private func port() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy(selects: [Ports.optIn]))
    return folder
  }

  private func files(_ folder: TemporaryFolder) throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
  }

  @Test func `all formats at once are each format alone`() throws {
    let folder = try port()
    let outputs = Self.formats.flatMap { ["-o", "\($0)=report.\($0)"] }
    let result = try Tool.run(["check", "port.yaml"] + outputs, in: folder)
    #expect(result.status == 1)
    #expect(result.output == "" && result.errors == "")
    for format in Self.formats {
      let alone = try Tool.run(["check", "port.yaml", "--format", format], in: folder)
      #expect(alone.status == 1 && alone.errors == "")
      #expect(try alone.output == folder.read("report.\(format)"), "\(format)")
      #expect(try Tool.run(["check", "port.yaml", "-o", format], in: folder).output == alone.output, "\(format)")
    }
    #expect(try files(folder) == Set(["port.yaml"] + Self.formats.map { "report.\($0)" }))
  }

  @Test func `a file's name says the format, or --format does`() throws {
    let folder = try port()
    _ = try Tool.run(["check", "port.yaml", "-o", "a.sarif", "-o", "gl-code-quality-report.json"], in: folder)
    #expect(try folder.read("a.sarif").contains("\"version\" : \"2.1.0\""))
    #expect(try folder.read("gl-code-quality-report.json").hasPrefix("["))
    let result = try Tool.run(["check", "port.yaml", "--format", "terse", "-o", "findings", "-o", "tap"], in: folder)
    #expect(result.output.hasPrefix("TAP version 13\n"))
    #expect(try folder.read("findings").hasPrefix("port.yaml:"))
    _ = try Tool.run(["check", "port.yaml", "-o", "./text=", "--format", "json"], in: folder)
    #expect(try folder.read("text=").hasPrefix("{"))
  }

  @Test func `the terse format is what editors read`() throws {
    let result = try Tool.run(["check", "port.yaml", "--format", "terse"], in: port())
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 2)
    for line in lines {
      #expect(line.wholeMatch(of: /[^:]+:\d+:\d+: (error|warning|note): .* \[[A-Z]+\d+\]/) != nil, "\(line)")
    }
  }

  @Test func `a file has no colour unless it is asked for`() throws {
    let folder = try port()
    let forced = ["CLICOLOR_FORCE": "1"]
    let result = try Tool.run(["check", "port.yaml", "-o", "a.txt", "-o", "text"], in: folder, environment: forced)
    #expect(result.output.contains("\u{1B}["))
    #expect(try !folder.read("a.txt").contains("\u{1B}"))
    _ = try Tool.run(["check", "port.yaml", "-o", "a.txt", "--color", "always"], in: folder)
    #expect(try folder.read("a.txt").contains("\u{1B}["))
  }

  // MARK: what fails

  @Test(arguments: [("error", 0), ("warning", 1), ("never", 0)] as [(String, Int32)])
  func `warnings fail on demand`(threshold: String, status: Int32) throws {
    let folder = try TemporaryFolder()
    let text = Ports.toy(selects: [Ports.optIn], flush: Ports.fixedFlush)
    try folder.write("port.yaml", text.replacing("struct_page: {size: 64}", with: "struct_page: {size: 56}"))
    let result = try Tool.run(["check", "port.yaml", "--fail-on", threshold], in: folder)
    #expect(result.status == status)
    #expect(result.identities == ["HVO030"])
  }

  @Test func `errors are reported where nothing shall fail, and bad input fails all the same`() throws {
    let folder = try port()
    let result = try Tool.run(["check", "port.yaml", "--fail-on", "never"], in: folder)
    #expect(result.status == 0)
    #expect(result.identities.contains("HVO001"))
    #expect(try Tool.run(["check", "nowhere", "--fail-on", "never"], in: folder).status == 2)
  }

  // MARK: files

  @Test func `nothing is written where one report cannot be`() throws {
    let folder = try port()
    try folder.write("old.json", "old")
    let result = try Tool.run(
      ["check", "port.yaml", "-o", "old.json", "-o", "a.sarif", "-o", "tap=nowhere/a.tap", "-o", "text"], in: folder)
    #expect(result.status == 3)
    #expect(result.output == "")
    #expect(result.errors == "error: cannot write nowhere/a.tap: No such file or directory [IO003]\n")
    #expect(try folder.read("old.json") == "old")
    #expect(try files(folder) == ["port.yaml", "old.json"])
  }

  @Test func `bad input leaves files as they were`() throws {
    let folder = try port()
    try folder.write("old.json", "old")
    #expect(try Tool.run(["check", "nowhere", "-o", "old.json", "-o", "a.tap"], in: folder).status == 2)
    #expect(try folder.read("old.json") == "old")
    #expect(try files(folder) == ["port.yaml", "old.json"])
  }

  @Test func `permissions stay, and new files get those of the umask`() throws {
    let folder = try port()
    try folder.write("old.json", "old")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.path + "/old.json")
    let line = "umask 026; hvocheck check port.yaml -o old.json -o new.tap"
    _ = try Tool.run(executable: "/bin/sh", arguments: ["-c", line], in: folder.path)
    func mode(_ name: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: folder.path + "/" + name)[.posixPermissions] as? Int
    }
    #expect(try mode("new.tap") == 0o640)
    #expect(try mode("old.json") == 0o640)
    #expect(try folder.read("old.json").hasPrefix("{"))
  }

  @Test func `a link stays a link`() throws {
    let folder = try port()
    try folder.write("real/report.json", "old")
    try folder.link("report.json", to: "real/report.json")
    try folder.link("dangling.tap", to: "real/new.tap")
    _ = try Tool.run(["check", "port.yaml", "-o", "report.json", "-o", "dangling.tap"], in: folder)
    #expect(try folder.read("real/report.json").hasPrefix("{"))
    #expect(try folder.read("real/new.tap").hasPrefix("TAP"))
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: folder.path + "/report.json") == "real/report.json")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/real").sorted() == ["new.tap", "report.json"])
  }

  @Test(arguments: [
    ("folder.json", "Is a directory"), ("loop.json", "Too many levels of symbolic links"), ("", "names no file"),
  ])
  func `what is no file is named`(name: String, message: String) throws {
    let folder = try port()
    try folder.makeFolder("folder.json")
    try folder.link("loop.json", to: "loop.json")
    let before = try files(folder)
    let result = try Tool.run(["check", "port.yaml", "-o", "json=" + name], in: folder)
    #expect(result.status == (name.isEmpty ? 2 : 3))
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(try files(folder) == before)
  }

  @Test func `one file under two names is one place`() throws {
    let folder = try port()
    try folder.write("a.json", "")
    try folder.link("b.json", to: "a.json")
    let result = try Tool.run(["check", "port.yaml", "-o", "a.json", "-o", "tap=b.json"], in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("two reports for b.json"))
    let line = "hvocheck check port.yaml -o text -o a.json >a.json"
    let redirected = try Tool.run(executable: "/bin/sh", arguments: ["-c", line], in: folder.path)
    #expect(redirected.status == 2)
    #expect(redirected.errors.contains("two reports for standard output"))
  }

  @Test func `devices and pipes are written in place`() throws {
    let folder = try port()
    let line = """
      mkfifo pipe && cat pipe >copy.json & sleep 0.2
      hvocheck check port.yaml -o json=/dev/null -o jsonl=/dev/null -o json=pipe -o terse=/dev/stderr \
        -o tap=/dev/stdout -o junit=/dev/fd/3 3>three.xml
      wait
      """
    let result = try Tool.run(executable: "/bin/sh", arguments: ["-c", line], in: folder.path)
    #expect(result.output.hasPrefix("TAP version 13\n"))
    #expect(result.errors.hasPrefix("port.yaml:"))
    #expect(try folder.read("copy.json").hasPrefix("{"))
    #expect(try folder.read("three.xml").hasPrefix("<?xml"))
    #expect(
      try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
        == .typeCharacterSpecial)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "no /dev/full"))
  func `a full disk is an I/O error`() throws {
    let folder = try port()
    let result = try Tool.run(["check", "port.yaml", "-o", "json=/dev/full"], in: folder)
    #expect(result.status == 3)
    #expect(result.errors == "error: cannot write /dev/full: No space left on device [IO003]\n")
  }
}
