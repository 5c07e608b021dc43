import Foundation
import Testing

/// Paths behind which there is no descriptor: status 2 or 3, one clear message, no crash, no hang, no pass.
struct BadFileTests {
  private func expectRefused(
    _ path: String, in folder: TemporaryFolder, status: Int32 = 2, _ message: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let result = try Tool.run(["check", path], in: folder)
    #expect(result.status == status, sourceLocation: sourceLocation)
    #expect(result.output == "", sourceLocation: sourceLocation)
    #expect(result.errors.contains(message), "\(result.errors)", sourceLocation: sourceLocation)
    #expect(result.errors.count { $0 == "\n" } <= 5, "\(result.errors)", sourceLocation: sourceLocation)
  }

  @Test(arguments: [
    ("empty", Data(), "the document is empty"),
    ("only comments", Data("# nothing\n---\n".utf8), "the document is empty"),
    ("binary", Data((0..<4096).map { UInt8($0 * 7 & 0xff) }), "is not UTF-8 text"),
    ("NUL", Data("schema: hvo/arch/v1\u{0}\n".utf8), "is a binary file"),
    ("Latin-1", Data([0x74, 0x3A, 0x20, 0xE9, 0x0A]), "is not UTF-8 text"),
    ("UTF-16", Data([0xFF, 0xFE, 0x73, 0x00]), "is not UTF-8 text"),
    ("prose", Data("hello\n".utf8), "expected a mapping"),
    ("a list", Data("- a\n- b\n".utf8), "expected a mapping"),
    ("unbalanced", Data("a: [1, 2\n".utf8), "[YAML"),
    ("a tab", Data("a:\n\tb: 1\n".utf8), "[YAML"),
    ("two documents", Data("a: 1\n---\nb: 2\n".utf8), "[YAML"),
    ("an anchor", Data("a: &x 1\nb: *x\n".utf8), "[YAML"),
    ("a future format", Data("schema: hvo/arch/v2\n".utf8), "'hvo/arch/v2' is not"),
  ])
  func `contents that are no descriptor`(name: String, bytes: Data, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("ports/x.yaml", bytes)
    for path in ["ports/x.yaml", "ports"] {
      let result = try Tool.run(["check", path], in: folder)
      #expect(result.status == 2)
      #expect(result.output == "")
      #expect(result.errors.contains(message), "\(result.errors)")
      #expect(result.errors.contains("ports/x.yaml"))
    }
  }

  @Test func `a byte order mark is no part of the text`() throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Data([0xEF, 0xBB, 0xBF]) + Data(Ports.toy().utf8))
    #expect(try Tool.run(["check", "port.yaml"], in: folder).status == 0)
  }

  @Test func `lines may end with CR LF`() throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy(selects: [Ports.optIn]).replacing("\n", with: "\r\n"))
    let result = try Tool.run(["check", "port.yaml"], in: folder)
    #expect(result.status == 1)
    #expect(result.output.contains("7 of 512 struct pages fault"))
  }

  @Test func `deep nesting is refused, not recursed into`() throws {
    let folder = try TemporaryFolder()
    try folder.write("deep.yaml", String(repeating: "- ", count: 100_000) + "x\n")
    try expectRefused("deep.yaml", in: folder, "deep.yaml:1:")
    try folder.write("flow.yaml", "a: " + String(repeating: "[", count: 100_000))
    try expectRefused("flow.yaml", in: folder, "flow.yaml:1:")
  }

  @Test func `a sparse file of 100 MiB is refused before it is read`() throws {
    let folder = try TemporaryFolder()
    #expect(truncate(folder.path, 0) != 0)
    try folder.write("big.yaml", "")
    #expect(truncate(folder.path + "/big.yaml", 100 << 20) == 0)
    try expectRefused("big.yaml", in: folder, "big.yaml has 104857600 bytes; at most 4194304 are read")
  }

  @Test func `a FIFO does not hang`() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("ports")
    #expect(mkfifo(folder.path + "/ports/x.yaml", 0o600) == 0)
    try expectRefused("ports/x.yaml", in: folder, "neither a file nor a folder")
    try expectRefused("ports", in: folder, "ports/x.yaml is not a regular file")
  }

  @Test(arguments: ["/dev/null", "/dev/zero"])
  func `devices are no descriptors`(device: String) throws {
    try expectRefused(device, in: TemporaryFolder(), "\(device) is neither a file nor a folder")
  }

  @Test func `folders without anything to check`() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("empty")
    try expectRefused("empty", in: folder, "nothing was checked: no descriptors in empty")
    try folder.write("notes/readme.txt", "schema: hvo/arch/v1\n")
    try folder.write("notes/.hidden.yaml", "schema: hvo/arch/v1\n")
    try expectRefused("notes", in: folder, "nothing was checked: no descriptors in notes")
    try folder.write("rules/mine.yaml", "schema: hvo/rules/v1\nrules: []\n")
    try expectRefused("rules", in: folder, "nothing was checked: no descriptors in rules")
    try folder.makeFolder("named/port.yaml")
    try expectRefused("named", in: folder, "nothing was checked: no descriptors in named")
    let abstract = Ports.toy().replacing("title:", with: "abstract: true\ntitle:")
    try folder.write("abstract/base.yaml", abstract)
    try expectRefused("abstract", in: folder, "nothing was checked: no descriptors in abstract")
    try expectRefused("abstract/base.yaml", in: folder, "nothing was checked: no descriptors in abstract/base.yaml")
  }

  @Test func `a file with a misspelt format is not left out`() throws {
    let folder = try TemporaryFolder()
    try folder.write("ports/good.yaml", Ports.toy())
    try folder.write("ports/typo.yaml", Ports.toy().replacing("hvo/arch/v1", with: "hvo/arhc/v1"))
    let result = try Tool.run(["check", "ports"], in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("did you mean 'hvo/arch/v1'?"))
    #expect(result.output.contains("not checked: ports/typo.yaml:1:9: "))
  }

  @Test(arguments: [
    ("schema: hvo/arch/v1\nschema: hvo/rules/v1\n", "'schema'"),
    ("schema: hvo/rules/v1\nschema: hvo/arch/v1\n", "'schema'"),
    ("schema: hvo/arch/v1\ntitle: |\n  of\nschema: hvo/kernels/v1\n", "'schema'"),
    ("schema:\n  schema: hvo/rules/v1\n", "expected 'hvo/arch/v1'"),
    ("{\"schema\": hvo/arch/v1,\nschema: hvo/rules/v1\n}\n", "'schema'"),
    ("'schema': hvo/arch/v1\nschema: hvo/rules/v1\n", "'schema'"),
    ("  schema: hvo/arch/v1\nschema: hvo/rules/v1\n", "YAML"),
  ])
  func `a second format is no reason to leave a file out`(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("ports/good.yaml", Ports.toy())
    try folder.write("ports/torn.yaml", text)
    let result = try Tool.run(["check", "ports"], in: folder)
    #expect(result.status == 2)
    #expect(result.output.contains("not checked: ports/torn.yaml:"))
    #expect(result.errors.contains("ports/torn.yaml:"), "\(result.errors)")
    #expect(result.errors.contains(message), "\(result.errors)")
  }

  @Test(arguments: ["schema: hvo/rules/v1", "schema:  'hvo/rules/v1'  # ours", "schema: \"hvo/rules/v1\""])
  func `other documents are left out however their format is written`(line: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("ports/good.yaml", Ports.toy())
    try folder.write("ports/rules.yaml", "\(line)\nrules: []\n")
    #expect(try Tool.run(["check", "ports"], in: folder).status == 0)
  }

  @Test(arguments: ["PORT.YAML", "port.Yml", "port.YML", "port.yml"])
  func `the ending of a name may be written in any case`(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("ports/a.yaml", Ports.toy())
    try folder.write("ports/\(name)", "schema: hvo/arch/v1\n")
    let result = try Tool.run(["check", "ports"], in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("ports/\(name):"))
  }

  @Test func `links`() throws {
    let folder = try TemporaryFolder()
    try folder.write("real/port.yaml", Ports.toy())
    try folder.makeFolder("linked")
    try folder.link("linked/again.yaml", to: "../real/port.yaml")
    #expect(try Tool.run(["check", "linked"], in: folder).status == 0)
    try folder.write("loop/inner/port.yaml", Ports.toy())
    try folder.link("loop/inner/up", to: "..")
    let loop = try Tool.run(["check", "loop"], in: folder)
    #expect(loop.status == 2)
    #expect(loop.errors.contains("loop/inner/up leads back into itself"))
    #expect(loop.output.contains("checked 1 descriptor"))
    try folder.makeFolder("dangling")
    try folder.link("dangling/port.yaml", to: "nothing")
    try expectRefused("dangling", in: folder, "cannot read dangling/port.yaml: No such file or directory")
    try expectRefused("dangling/port.yaml", in: folder, "cannot read dangling/port.yaml: No such file or directory")
    try folder.link("self.yaml", to: "self.yaml")
    try expectRefused("self.yaml", in: folder, status: 3, "cannot read self.yaml: Too many levels of symbolic links")
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func `what may not be read is an I/O error`() throws {
    let folder = try TemporaryFolder()
    try folder.write("ports/secret.yaml", Ports.toy())
    #expect(chmod(folder.path + "/ports/secret.yaml", 0) == 0)
    try expectRefused("ports/secret.yaml", in: folder, status: 3, "cannot read ports/secret.yaml: Permission denied")
    try expectRefused("ports", in: folder, status: 3, "cannot read ports/secret.yaml: Permission denied")
    #expect(chmod(folder.path + "/ports", 0) == 0)
    try expectRefused("ports", in: folder, status: 3, "cannot read ports: Permission denied")
    #expect(chmod(folder.path + "/ports", 0o700) == 0)
  }

  @Test func `a name that is too long is an I/O error`() throws {
    try expectRefused(String(repeating: "x", count: 300), in: TemporaryFolder(), status: 3, "File name too long")
  }

  @Test func `one bad file among good ones is not a pass`() throws {
    let folder = try TemporaryFolder.withShippedDescriptors()
    try folder.write("arches/zz.yaml", "schema: hvo/arch/v1\n")
    let result = try Tool.run(["check"], in: folder)
    #expect(result.status == 2)
    #expect(result.output.contains("not checked: arches/zz.yaml:1:1: missing key 'arch'"))
    #expect(result.errors.contains("arches/zz.yaml:1:1: error: missing key 'arch'"))
  }

  @Test func `inheritance that leads nowhere or in a circle`() throws {
    let folder = try TemporaryFolder()
    try folder.write("ports/a.yaml", "schema: hvo/arch/v1\narch: toy\nextends: b\n")
    let missing = try Tool.run(["check", "ports"], in: folder)
    #expect(missing.status == 2)
    #expect(missing.errors.contains("ports/b.yaml"))
    try folder.write("ports/b.yaml", "schema: hvo/arch/v1\narch: toy\nextends: a\n")
    let circle = try Tool.run(["check", "ports"], in: folder)
    #expect(circle.status == 2)
    #expect(circle.errors.contains("'extends' leads back to"))
  }
}
