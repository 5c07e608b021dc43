import Foundation
import Testing

/// `hvocheck kconfig` on small trees.
struct KconfigTests {
  /// A tree of an architecture `toy`, with more files.
  private static func tree(_ kconfig: String, _ more: [String: String] = [:]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("linux/Makefile", "VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 1\n")
    try folder.write("linux/arch/toy/Kconfig", "")
    try folder.write("linux/Kconfig", kconfig)
    for (name, text) in more { try folder.write(name, text) }
    return folder
  }

  private static func run(
    _ arguments: String..., in folder: TemporaryFolder, environment: [String: String] = [:]
  ) throws -> Tool.Result {
    try Tool.run(
      ["kconfig", "--tree", "linux", "--arch", "toy"] + arguments, in: folder, environment: environment)
  }

  private static let one = "config A\n\tbool \"a\"\n\tdefault y\n"
  private static let heading = "#\n# Automatically generated file; DO NOT EDIT.\n# Main menu\n#\n"

  @Test func `a configuration is written, kept and recognised`() throws {
    let folder = try Self.tree(Self.one)
    let first = try Self.run("--alldefconfig", in: folder)
    #expect(first.status == 0)
    #expect(first.output == "#\n# configuration written to .config\n#\n")
    #expect(try folder.read(".config") == Self.heading + "CONFIG_A=y\n")
    let second = try Self.run("--olddefconfig", in: folder)
    #expect(second.output == "#\n# No change to .config\n#\n")
    let third = try Self.run("--allnoconfig", in: folder)
    #expect(third.status == 0)
    #expect(try folder.read(".config.old") == Self.heading + "CONFIG_A=y\n")
    let saved = try Self.run("--savedefconfig", "small", in: folder)
    #expect(saved.status == 0)
    #expect(try folder.read("small") == "# CONFIG_A is not set\n")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
        ".config", ".config.old", "linux", "small",
      ])
  }

  @Test func `a recording answers, and what it does not know is an error`() throws {
    let text = "config A\n\tdef_bool $(shell,ask $(CC))\n"
    let recording = #"{"env": {"CC": "@SRCTREE@/gcc"}, "probes": [{"cmd": "ask @SRCTREE@/gcc", "out": "y\n"}]}"#
    let folder = try Self.tree(text, ["probes.json": recording, "bad.json": "{}"])
    #expect(try Self.run("--alldefconfig", "--probes", "probes.json", in: folder).status == 0)
    #expect(try folder.read(".config") == Self.heading + "CONFIG_A=y\n")
    let unanswered = try Self.run("--alldefconfig", in: folder)
    #expect(unanswered.status == 2)
    #expect(unanswered.identities == ["KCONFIG126"])
    #expect(unanswered.errors.contains("Kconfig:2:11: error: no answer is known for the command: ask "))
    #expect(try Self.run("--alldefconfig", "--probes", "bad.json", in: folder).identities == ["KCONFIG193"])
  }

  @Test func `the described toolchain answers where nothing else is said`() throws {
    let text = """
      config CC_VERSION_TEXT
      \tstring
      \tdefault "$(CC_VERSION_TEXT)"
      config A
      \tdef_bool $(shell,{ $(CC) -Werror -fa -c -x c /dev/null; } >/dev/null 2>&1 && echo "y" || echo "n")
      config B
      \tdef_bool $(shell,ask $(LD))

      """
    let folder = try Self.tree(
      text, ["probes.json": #"{"env": {"LD": "other"}, "probes": [{"cmd": "ask other", "out": "y"}]}"#])
    let unanswered = try Self.run("--alldefconfig", in: folder)
    #expect(unanswered.status == 2)
    #expect(unanswered.identities == ["KCONFIG126"])
    // A recording alone says all that is known.
    #expect(try Self.run("--alldefconfig", "--probes", "probes.json", in: folder).identities == ["KCONFIG126"])
    let both = try Self.run("--alldefconfig", "--probes", "probes.json", "--toolchain", "dummy", in: folder)
    #expect(both.status == 0)
    #expect(
      try folder.read(".config") == Self.heading
        + "CONFIG_CC_VERSION_TEXT=\"gcc (scripts/dummy-tools/gcc)\"\nCONFIG_A=y\nCONFIG_B=y\n")
    #expect(try Self.run("--alldefconfig", "--toolchain", "gcc", in: folder).status == 2)
  }

  @Test func `what some toolchain makes of a tree can be asked, a configuration of it cannot be made`() throws {
    let text = """
      config A
      \tdef_bool $(shell,{ $(CC) -fa; } >/dev/null 2>&1 && echo "y" || echo "n")
      config B
      \tbool "b"
      \tdepends on A

      """
    let folder = try Self.tree(text, ["probes.json": #"{"env": {"CC": "cc"}, "probes": []}"#])
    let all = try Self.run("--toolchain", "any", "--reachable", "A,B", in: folder)
    #expect(all.status == 0)
    #expect(all.output == "A=n B=n\nA=y B=n\nA=y B=y\n")
    let made = try Self.run("--toolchain", "any", "--alldefconfig", in: folder)
    #expect(made.status == 2)
    #expect(made.identities == ["KCONFIG201"])
    #expect(try Self.run("--toolchain", "any", "--get", "A", in: folder).identities == ["KCONFIG201"])
    #expect(
      made.errors.contains("Kconfig:2:1: error: the configuration depends on a probe that nobody answers: cc -fa"))
    #expect(try Self.run("--reachable", "A,B", in: folder).output == "A=y B=n\nA=y B=y\n")
  }

  @Test func `only regular files inside the tree are read`() throws {
    let folder = try Self.tree(
      "source \"$(NAME)\"\n", ["secret": "root:x:0\n", "linux/inner": "config B\n\tbool \"b\"\n"])
    try folder.link("linux/outside", to: "../secret")
    try folder.link("linux/folder", to: "..")
    try folder.link("linux/inside", to: "inner")
    mkfifo(folder.path + "/linux/pipe", 0o600)
    func status(_ name: String) throws -> Tool.Result {
      try folder.write("probes.json", #"{"env": {"NAME": "\#(name)"}, "probes": []}"#)
      return try Self.run("--alldefconfig", "--probes", "probes.json", in: folder)
    }
    for name in ["../secret", "/etc/passwd", "outside", "folder/secret", "arch/../../secret"] {
      let result = try status(name)
      #expect(result.status == 2, "\(name)")
      #expect(result.identities == ["KCONFIG192"], "\(name): \(result.errors)")
      #expect(!result.errors.contains("root"), "\(name)")
    }
    for name in ["pipe", "arch", "."] {
      let result = try status(name)
      #expect(result.status == 2, "\(name)")
      #expect(["FILE002", "KCONFIG192"].contains(result.identities.first), "\(name): \(result.errors)")
    }
    #expect(try status("inside").status == 0)
    let missing = try status("missing")
    #expect(missing.status == 2)
    #expect(missing.errors.hasPrefix("Kconfig:1:8: error: can't open file \"missing\" [KCONFIG130]\n"))
  }

  @Test func `mistakes are said with place, line and way out`() throws {
    let folder = try Self.tree("config A\n\tbool \"a\"\n\tfoo\n")
    let result = try Self.run("--alldefconfig", in: folder)
    #expect(result.status == 2)
    #expect(
      result.errors == """
        Kconfig:3:2: error: unexpected 'foo' [KCONFIG101]
            3 |  foo
              |  ^~~
              = expected an attribute such as 'bool', 'depends on' or 'help', or the next statement

        """)
    let warned = try Self.tree(Self.one, [".config": "garbage\u{1B}[31m\n"])
    let werror = try Self.run("--olddefconfig", in: warned, environment: ["KCONFIG_WERROR": "1"])
    #expect(werror.status == 1)
    #expect(
      werror.errors == """
        .config:1:1: warning: unexpected data: garbage\u{FFFD}[31m [KCONFIG170]
            1 | garbage\u{FFFD}[31m
              | ^~~~~~~~~~~~
              = expected 'CONFIG_NAME=value' or '# CONFIG_NAME is not set'

        """)
  }

  /// Small files that cost memory or time without end elsewhere.
  @Test(arguments: [
    "x0 := 0123456789\n" + (1...30).map { "x\($0) := $(x\($0 - 1))$(x\($0 - 1))\n" }.joined(),
    "x0 =\n" + (1...40).map { "x\($0) = $(x\($0 - 1))$(x\($0 - 1))\n" }.joined() + "$(info,$(x40))\n",
    "f = $(f,$(1)$(1))\n$(info,$(f,x))\n", "source \"Kconfig\"\n",
    "config A\n\tdepends on " + String(repeating: "(", count: 100_000) + "\n",
    String(repeating: "if A\n", count: 50_000),
  ])
  func `hostile trees end within time and memory`(text: String) throws {
    let folder = try Self.tree(text)
    let limits = "ulimit -v 2000000; ulimit -t 20; exec hvocheck kconfig --tree linux --arch toy --alldefconfig"
    let result = try Tool.run(executable: "/bin/bash", arguments: ["-c", limits], in: folder.path)
    #expect(result.signal == 0)
    #expect(result.status == 2, "\(result.errors.prefix(500))")
    #expect(result.errors.contains("Kconfig:"))
    #expect(result.errors.utf8.count < 10_000)
  }

  @Test func `trees and architectures that are none are refused`() throws {
    let folder = try Self.tree(Self.one)
    #expect(
      try Tool.run(["kconfig", "--tree", "none", "--arch", "toy", "--allnoconfig"], in: folder).identities == [
        "FILE001"
      ])
    #expect(
      try Tool.run(["kconfig", "--tree", "linux", "--arch", "x86", "--allnoconfig"], in: folder).identities
        == ["KCONFIG195"])
    try folder.write("linux/Makefile", "all:\n")
    #expect(try Self.run("--allnoconfig", in: folder).identities == ["KCONFIG194"])
    #expect(try Self.run("--allnoconfig", "--allyesconfig", in: folder).status == 2)
    #expect(try Self.run(in: folder).status == 2)
  }

  @Test func `a seed gives the same configuration again`() throws {
    let text = (0..<40).map { "config A\($0)\n\tbool \"a\"\n" }.joined()
    let folder = try Self.tree(text)
    let first = try Self.run("--randconfig", in: folder, environment: ["KCONFIG_SEED": "0x2A"])
    #expect(first.output.hasPrefix("KCONFIG_SEED=0x2A\n"))
    let again = try Self.run("--randconfig", in: folder, environment: ["KCONFIG_SEED": "42"])
    #expect(again.output.contains("No change"))
    #expect(try Self.run("--randconfig", in: folder).output.hasPrefix("KCONFIG_SEED=0x"))
  }
}
