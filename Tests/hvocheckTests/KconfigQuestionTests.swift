import Foundation
import Testing

/// `--get`, `--why` and `--reachable` of `hvocheck kconfig`.
struct KconfigQuestionTests {
  /// HVO as kernels have it, in small; an architecture that is not read selects it as well.
  private static let kconfig = """
    config HUGETLBFS
    \tbool "HugeTLB file system"

    config WANT_HVO
    \tbool

    config WANT_MORE
    \tbool

    config HVO
    \tdef_bool HUGETLBFS
    \tdepends on WANT_HVO

    config MORE
    \tbool "more"
    \tdepends on WANT_MORE && HUGETLBFS

    config PAGES
    \tint "pages"
    \trange 1 8
    \tdefault 2

    config MANY
    \tdef_bool PAGES > 4

    choice
    \tprompt "page size"
    config SMALL
    \tbool "small"
    config LARGE
    \tbool "large"
    endchoice

    source "arch/$(SRCARCH)/Kconfig"

    """

  private static func tree(_ configuration: String? = nil) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("linux/Makefile", "VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 1\n")
    try folder.write("linux/arch/toy/Kconfig", "config TOY\n\tdef_bool y\n\tselect WANT_HVO\n")
    try folder.write("linux/arch/other/Kconfig", "config OTHER\n\tdef_bool y\n\tselect WANT_MORE\n")
    try folder.write("linux/Kconfig", kconfig)
    if let configuration { try folder.write(".config", configuration) }
    return folder
  }

  private static func run(_ arguments: String..., in folder: TemporaryFolder) throws -> Tool.Result {
    try Tool.run(["kconfig", "--tree", "linux", "--arch", "toy"] + arguments, in: folder)
  }

  @Test func `get prints values for scripts, and says elsewhere whose they are`() throws {
    let folder = try Self.tree()
    let defaults = try Self.run("--get", "HUGETLBFS,CONFIG_PAGES", "--get", "WANT_HVO", in: folder)
    #expect(defaults.status == 0)
    #expect(defaults.output == "n\n2\ny\n")
    #expect(defaults.errors == "values of toy: there is no configuration: everything has its default\n")
    try folder.write(".config", "CONFIG_HUGETLBFS=y\nCONFIG_PAGES=7\n")
    let configured = try Self.run("--get", "HUGETLBFS,PAGES,HVO", in: folder)
    #expect(configured.output == "y\n7\ny\n")
    #expect(configured.errors == "values of toy: .config, and defaults for what it does not say\n")
    let unknown = try Self.run("--get", "HUGETLBF", in: folder)
    #expect(unknown.status == 2)
    #expect(unknown.identities == ["KCONFIG197"])
    #expect(unknown.errors.contains("did you mean 'HUGETLBFS'?"))
    #expect(unknown.output.isEmpty)
  }

  @Test func `why says where a value comes from and what gives another`() throws {
    let folder = try Self.tree("# CONFIG_HUGETLBFS is not set\n")
    let why = try Self.run("--why", "HVO", in: folder)
    #expect(why.status == 0)
    #expect(why.output.hasPrefix("HVO=n: by default (Kconfig:11)\n  (.config, "))
    #expect(why.output.contains("depends on WANT_HVO [=y]  (= y)"))
    #expect(why.output.contains("HVO=y: 1 line has to change (proven to be the fewest; there is no other way"))
    #expect(why.output.contains("CONFIG_HUGETLBFS=y    instead of # CONFIG_HUGETLBFS is not set, Kconfig:1\n"))
    let selected = try Self.run("--why", "WANT_HVO=n", in: folder)
    #expect(selected.status == 1)
    #expect(selected.output.contains("WANT_HVO=y: selected (TOY, arch/toy/Kconfig:3)"))
    #expect(selected.output.contains("WANT_HVO is always y\n    selected by TOY (arch/toy/Kconfig:3)"))
    #expect(try Self.run("--why", "HUGETLBFS=n", in: folder).output.contains("nothing has to change"))
    #expect(try Self.run("--why", "HUGETLBFS=m", in: folder).identities == ["KCONFIG240"])
    #expect(try Self.run("--why", "PAGES", in: folder).identities == ["KCONFIG240"])
    #expect(try Self.run("--why", "HVO,MORE", in: folder).identities == ["KCONFIG241"])
  }

  @Test func `what is unreachable is blocked by a chain to its cause`() throws {
    let folder = try Self.tree()
    let blocked = try Self.run("--reachable", "MORE=y,HUGETLBFS=y", in: folder)
    #expect(blocked.status == 1)
    #expect(
      blocked.output == """
        MORE=y HUGETLBFS=y: unreachable, no configuration of toy has it:
        Kconfig:14: MORE is always n
            its prompt (Kconfig:15) needs WANT_MORE, never given
        Kconfig:7: WANT_MORE is always n: no prompt and no default, and nothing that is read selects or implies it
            selected in files that toy does not read: arch/other/Kconfig:3

        """)
    let number = try Self.run("--reachable", "PAGES=9", in: folder)
    #expect(number.status == 1)
    #expect(number.output.contains("Kconfig:18: PAGES can have other values only\n    its prompt (Kconfig:19)\n"))
    #expect(number.output.contains("    range [1 8] (Kconfig:20)\n"))
    let choice = try Self.run("--reachable", "SMALL=y,LARGE=y", in: folder)
    #expect(choice.status == 1)
    #expect(choice.output.contains("choice \"page size\": a choice has one member"))
  }

  @Test func `values that go together have a witness`() throws {
    let folder = try Self.tree("CONFIG_HUGETLBFS=y\n")
    let found = try Self.run("--reachable", "HVO=y,LARGE=y,PAGES=5", "--witnesses", "out/deep", in: folder)
    #expect(found.status == 0)
    // Not relative to the configuration that lies there.
    #expect(found.output.hasPrefix("HVO=y LARGE=y PAGES=5: 3 lines have to change"))
    let witness = try folder.read("out/deep/001.config")
    for line in ["CONFIG_HVO=y\n", "CONFIG_LARGE=y\n", "CONFIG_PAGES=5\n", "CONFIG_MANY=y\n"] {
      #expect(witness.contains(line))
    }
  }

  @Test func `every combination has a configuration in the folder`() throws {
    let folder = try Self.tree()
    let found = try Self.run("--reachable", "HVO,MANY,LARGE", "--witnesses", "out", in: folder)
    #expect(found.output.split(separator: "\n").count == 8)
    for (number, line) in found.output.split(separator: "\n").enumerated() {
      let witness = try folder.read("out/00\(number + 1).config")
      for value in line.split(separator: " ") {
        #expect(witness.contains("CONFIG_\(value)\n") == value.hasSuffix("=y"), "\(value)")
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out").count == 9)
    let numbers = try Self.run("--reachable", "PAGES", in: folder)
    #expect(numbers.output == "PAGES=1\nPAGES=2\nPAGES=3\nPAGES=7\nPAGES=8\n")
    #expect(numbers.errors.hasPrefix("PAGES: further values are possible"))
  }

  @Test func `several architectures are asked at once`() throws {
    let folder = try Self.tree()
    func ask(_ architectures: String, _ arguments: String...) throws -> Tool.Result {
      try Tool.run(["kconfig", "--tree", "linux", "--arch", architectures] + arguments, in: folder)
    }
    // TOY is defined for one of them and n for the other.
    let all = try ask("all", "--reachable", "HVO,MORE,TOY", "--witnesses", "out")
    #expect(all.status == 0)
    #expect(
      all.output == """
        other: HVO=n MORE=n TOY=n
        other: HVO=n MORE=y TOY=n
        toy: HVO=n MORE=n TOY=y
        toy: HVO=y MORE=n TOY=y

        """)
    #expect(try folder.read("out/other/002.config").contains("CONFIG_MORE=y\n"))
    #expect(try folder.read("out/toy/002.config").contains("CONFIG_HVO=y\n"))
    #expect(try ask("toy,other,toy", "--reachable", "OTHER").output == "toy: OTHER=n\nother: OTHER=y\n")
    #expect(try ask("toy", "--reachable", "TOY").output == "TOY=y\n")
    let numbers = try ask("all", "--reachable", "PAGES")
    #expect(numbers.errors.split(separator: "\n").map { $0.prefix { $0 != " " } } == ["other:", "toy:"])

    let answer = try #require(
      try JSONSerialization.jsonObject(
        with: Data(try ask("all", "--reachable", "TOY", "--format", "json").output.utf8)) as? [String: Any])
    let architectures = try #require(answer["architectures"] as? [[String: Any]])
    #expect(architectures.map { $0["architecture"] as? String } == ["other", "toy"])
    #expect(architectures.map { $0["undefined"] as? [String] } == [["TOY"], []])

    #expect(try ask("all", "--reachable", "HVO,NOBODY").identities == ["KCONFIG197"])
    #expect(try ask("toy,riscv", "--reachable", "HVO").identities == ["KCONFIG195"])
    for refused in [
      try ask("all", "--alldefconfig"), try ask("all", "--reachable", "HVO=y"), try ask("toy,", "--reachable", "HVO"),
      try ask("../toy", "--reachable", "HVO"), try ask("all", "--probes", "x.json", "--reachable", "HVO"),
    ] {
      #expect(refused.status == 2)
      #expect(refused.output.isEmpty)
    }
    try folder.write("linux/arch/other/Kconfig", "config OTHER\n\tdef_bool\n")
    let broken = try ask("all", "--reachable", "TOY")
    #expect(broken.status == 2)
    #expect(broken.errors.hasPrefix("with ARCH=other:\narch/other/Kconfig:2:"))
  }

  @Test func `with an open toolchain an answer says what that has to answer`() throws {
    let folder = try Self.tree()
    try folder.write(
      "linux/arch/toy/Kconfig",
      """
      config CC_CAN
      \tdef_bool $(shell,{ $(CC) -fcan; } >/dev/null 2>&1 && echo "y" || echo "n")
      config CHECKED
      \tbool "checked"
      \tdepends on CC_CAN && HUGETLBFS

      """)
    let found = try Self.run("--toolchain", "any", "--reachable", "CHECKED=y", "--witnesses", "out", in: folder)
    #expect(found.status == 0)
    #expect(found.output.hasPrefix("CHECKED=y: 2 lines have to change (proven to be the fewest; there is no other way"))
    #expect(found.output.hasSuffix("that answers so gives it:\n    arch/toy/Kconfig:2: cc -fcan succeeds\n"))
    #expect(try folder.read("out/001.config").contains("CONFIG_CHECKED=y\n"))

    let list = try Self.run(
      "--toolchain", "any", "--reachable", "CHECKED", "--witnesses", "out", "--format", "json", in: folder)
    let answer = try #require(try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [String: Any])
    let combinations = try #require(answer["combinations"] as? [[String: Any]])
    let toolchains = combinations.map { $0["toolchain"] as? [[String: Any]] }
    #expect(toolchains.last??.map { $0["answer"] as? String } == ["y"])
    #expect(toolchains.last??.map { $0["question"] as? String } == ["cc -fcan"])
    #expect(try folder.read("out/002.config").contains("CONFIG_CHECKED=y\n"))
    #expect(try !folder.read("out/001.config").contains("CONFIG_CHECKED=y\n"))
  }

  @Test func `answers are JSON of their schema`() throws {
    let folder = try Self.tree("CONFIG_HUGETLBFS=y\n")
    let questions = [
      ["--get", "PAGES"], ["--why", "HVO"], ["--why", "MORE"], ["--reachable", "HVO,LARGE"], ["--reachable", "MORE=y"],
      ["--reachable", "HVO=y,LARGE=y"],
    ]
    for question in questions {
      let result = try Tool.run(
        ["kconfig", "--tree", "linux", "--arch", "toy", "--format", "json"] + question, in: folder)
      let answer = try #require(
        try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any], "\(question)")
      #expect(answer["schema"] as? String == "hvo/kconfig/v1")
      #expect((answer["isReachable"] as? Bool).map { $0 ? 0 : 1 } ?? 0 == Int(result.status))
    }
  }

  @Test func `options that say nothing together are refused`() throws {
    let folder = try Self.tree()
    #expect(try Self.run("--witnesses", "out", "--alldefconfig", in: folder).status == 2)
    #expect(try Self.run("--format", "json", "--alldefconfig", in: folder).status == 2)
    #expect(try Self.run("--why", "HVO", "--get", "HVO", in: folder).status == 2)
    #expect(try Self.run("--get", ",", in: folder).identities == ["KCONFIG197"])
    #expect(try Self.run("--get", "HVO=y", in: folder).identities == ["KCONFIG241"])
    #expect(try Self.run("--reachable", "HVO", "--witnesses", "", in: folder).status == 2)
  }

  @Test func `the minimal configuration goes into a folder that is there`() throws {
    let folder = try Self.tree()
    #expect(try Self.run("--savedefconfig", "nowhere/small", in: folder).status != 0)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/nowhere"))
  }
}
