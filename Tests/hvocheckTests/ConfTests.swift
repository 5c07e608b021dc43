import Foundation
import Testing

/// `hvocheck conf`, in the place of the kernel's conf.
struct ConfTests {
  private static let one = "config A\n\tbool \"a\"\n\tdefault y\n"
  private static let heading = "#\n# Automatically generated file; DO NOT EDIT.\n# Main menu\n#\n"

  private static func folder(_ kconfig: String = one, _ more: [String: String] = [:]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("Kconfig", kconfig)
    for (name, text) in more { try folder.write(name, text) }
    return folder
  }

  private static func run(
    _ arguments: String..., in folder: TemporaryFolder, environment: [String: String] = [:]
  ) throws -> Tool.Result {
    try Tool.run(["conf", "--kernel", "6.12"] + arguments, in: folder, environment: environment)
  }

  private static func names(_ folder: TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  // MARK: the command line

  @Test func `a mode writes the configuration and what a build needs first`() throws {
    let folder = try Self.folder()
    let result = try Self.run("--alldefconfig", "Kconfig", in: folder)
    #expect(result.status == 0)
    #expect(result.output == "#\n# configuration written to .config\n#\n")
    #expect(result.errors == "")
    #expect(try folder.read(".config") == Self.heading + "CONFIG_A=y\n")
    #expect(try folder.read("include/config/auto.conf") == Self.heading + "CONFIG_A=y\n")
    #expect(try folder.read("include/config/A") == "")
    // Once it is there, it is left to syncconfig.
    #expect(try Self.run("--allnoconfig", "Kconfig", in: folder).status == 0)
    #expect(try folder.read("include/config/auto.conf") == Self.heading + "CONFIG_A=y\n")
    #expect(try Self.run("--syncconfig", "Kconfig", in: folder).status == 0)
    #expect(try folder.read("include/config/auto.conf") == Self.heading)
    #expect(try folder.read("include/generated/autoconf.h").hasPrefix("/*\n * Automatically"))
    #expect(try Self.names(folder) == [".config", ".config.old", "Kconfig", "include"])
  }

  @Test func `the seed is shown before the Kconfig files are read`() throws {
    let folder = try Self.folder("$(info,reading)\n" + Self.one)
    let result = try Self.run("--randconfig", "Kconfig", in: folder, environment: ["KCONFIG_SEED": "7"])
    #expect(result.output.hasPrefix("KCONFIG_SEED=0x7\nreading\n#\n"))
  }

  @Test func `folders of the configuration are made also where it is overwritten`() throws {
    let folder = try Self.folder()
    let result = try Self.run(
      "--alldefconfig", "Kconfig", in: folder,
      environment: ["KCONFIG_CONFIG": "some/where", "KCONFIG_OVERWRITECONFIG": "1"])
    #expect(result.status == 0)
    #expect(try folder.read("some/where") == Self.heading + "CONFIG_A=y\n")
  }

  @Test func `other modes leave nothing for a build`() throws {
    let folder = try Self.folder(Self.one, [".config": "CONFIG_A=n\n"])
    #expect(try Self.run("--listnewconfig", "Kconfig", in: folder).status == 0)
    #expect(try Self.run("--savedefconfig", "small", "Kconfig", in: folder).status == 0)
    #expect(try Self.names(folder) == [".config", "Kconfig", "small"])
    #expect(try folder.read("small") == "# CONFIG_A is not set\n")
    let shown = try Self.run("--savedefconfig=/dev/stdout", "Kconfig", in: folder)
    #expect(shown.output == "# CONFIG_A is not set\n")
  }

  /// Words that conf understands, and the configuration that comes out.
  static let commandLines: [(words: [String], value: String)] = [
    (["--defconfig=some", "Kconfig"], "# CONFIG_A is not set\n"),
    (["--defconfig", "some", "Kconfig"], "# CONFIG_A is not set\n"),
    (["Kconfig", "--defconfig", "some"], "# CONFIG_A is not set\n"),
    (["--defc=some", "--", "Kconfig"], "# CONFIG_A is not set\n"),
    (["--alldef", "Kconfig"], "CONFIG_A=y\n"),
    (["--allnoconfig", "--alldefconfig", "Kconfig"], "CONFIG_A=y\n"),
    (["-s", "--allnoconfig", "Kconfig", "ignored"], "# CONFIG_A is not set\n"),
  ]

  @Test(arguments: commandLines)
  func `options are read as getopt_long reads them`(words: [String], value: String) throws {
    let folder = try Self.folder(Self.one, ["some": "# CONFIG_A is not set\n"])
    let result = try Tool.run(["conf", "--kernel", "6.12"] + words, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors == "")
    #expect(result.output == (words.contains("-s") ? "" : "#\n# configuration written to .config\n#\n"))
    #expect(try folder.read(".config") == Self.heading + value)
  }

  /// Wrong options, and what is said about them before conf goes on without them.
  static let wrongOptions: [(word: String, complaint: String)] = [
    ("--nothing", "unrecognized option '--nothing'"), ("-x", "invalid option -- 'x'"),
    ("--silent=1", "option '--silent' doesn't allow an argument"),
    ("--old", "option '--old' is ambiguous; possibilities: '--oldaskconfig' '--oldconfig' '--olddefconfig'"),
  ]

  @Test(arguments: wrongOptions)
  func `wrong options are complained about and left out`(word: String, complaint: String) throws {
    let folder = try Self.folder()
    let result = try Self.run("--alldefconfig", word, "Kconfig", in: folder)
    #expect(result.status == 0)
    #expect(result.errors == "hvocheck conf: \(complaint)\n")
    #expect(try folder.read(".config") == Self.heading + "CONFIG_A=y\n")
  }

  @Test func `exit statuses are those of conf`() throws {
    let folder = try Self.folder(Self.one, ["broken": "config A\n\tfoo\n", ".config": "rubbish\n"])
    #expect(try Self.run("-h", in: folder).status == 1)
    let missing = try Self.run("--alldefconfig", in: folder)
    #expect(missing.status == 1)
    #expect(missing.errors == "hvocheck conf: Kconfig file missing\n")
    #expect(missing.output.hasPrefix("Usage: hvocheck conf [options] <kconfig-file>\n"))
    let none = try Self.run("--alldefconfig", "Nothing", in: folder)
    #expect(none.status == 1)
    #expect(none.errors == "can't find file Nothing\n")
    #expect(try Self.run("--alldefconfig", "broken", in: folder).status == 1)
    #expect(try Self.run("--defconfig=nothing", "Kconfig", in: folder).status == 1)
    #expect(try Self.run("--olddefconfig", "Kconfig", in: folder, environment: ["KCONFIG_WERROR": "1"]).status == 1)
    let unnamed = try Self.run("--alldefconfig", "Kconfig", in: folder, environment: ["KCONFIG_CONFIG": ""])
    #expect(unnamed.status == 1)
    #expect(unnamed.errors.hasPrefix("config name is empty\n"))
    #expect(try folder.read(".config") == "rubbish\n")
  }

  @Test func `the kernel is given, or that of the environment or of the tree`() throws {
    // `optional` is a word of choices up to v6.10 only.
    let folder = try Self.folder("choice\n\tbool \"c\"\n\toptional\nconfig A\n\tbool \"a\"\nendchoice\n")
    func status(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Tool.Result {
      try Tool.run(["conf"] + arguments + ["--allnoconfig", "Kconfig"], in: folder, environment: environment)
    }
    #expect(try status(["--kernel", "6.1"]).status == 0)
    #expect(try status(["--kernel", "6.12"]).status == 1)
    #expect(try status([], ["KERNELVERSION": "6.1.99-rc1"]).status == 0)
    #expect(try status(["--kernel", "v6.12"], ["KERNELVERSION": "6.1.99"]).status == 1)
    #expect(try status([]).identities == ["KCONFIG222"])
    #expect(try status(["--kernel", "new"]).identities == ["KCONFIG221"])
    try folder.write("Makefile", "VERSION = 6\nPATCHLEVEL = 1\n")
    #expect(try status([]).status == 0)
    try folder.write("tree/Makefile", "VERSION = 6\nPATCHLEVEL = 12\n")
    #expect(try status([], ["srctree": "tree"]).status == 1)
  }

  @Test(arguments: ["conf", "kconfig-conf"])
  func `called by another name it is conf`(name: String) throws {
    let folder = try Self.folder()
    try folder.link(name, to: Tool.path)
    func run(_ arguments: [String], _ own: String?) throws -> Tool.Result {
      var environment: [String: String] = [:]
      environment["HVOCHECK_CONF"] = own
      return try Tool.run(executable: "./\(name)", arguments: arguments, in: folder.path, environment: environment)
    }
    let result = try run(["--alldefconfig", "Kconfig"], "--kernel 6.12")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try folder.read(".config") == Self.heading + "CONFIG_A=y\n")
    #expect(try run(["-h"], nil).output.hasPrefix("Usage: ./\(name) [options]"))
    #expect(try run(["--alldefconfig", "Kconfig"], nil).identities == ["KCONFIG222"])
    #expect(try run(["--alldefconfig", "Kconfig"], "--kernel 6.12 --alldefconfig").identities == ["KCONFIG223"])
  }

  // MARK: files

  @Test func `files lie in the working folder or in the tree, and nowhere else`() throws {
    let folder = try Self.folder(
      "source \"$(NAME)\"\n", ["secret": "root:x:0\n", "tree/inner": Self.one, "work/own": Self.one])
    try folder.write("work/Kconfig", "source \"$(NAME)\"\n")
    try folder.link("tree/outside", to: "../secret")
    func run(_ name: String) throws -> Tool.Result {
      try Tool.run(
        executable: "/bin/sh",
        arguments: ["-c", "cd work && exec \"$0\" conf --kernel 6.12 --alldefconfig Kconfig", Tool.path],
        in: folder.path, environment: ["NAME": name, "srctree": "../tree"])
    }
    for name in ["inner", "own", "../tree/inner", folder.path + "/tree/inner"] {
      #expect(try run(name).status == 0, "\(name)")
    }
    for name in ["../secret", "/etc/passwd", "outside"] {
      let result = try run(name)
      #expect(result.status == 2, "\(name)")
      #expect(result.identities == ["KCONFIG192"], "\(name): \(result.errors)")
      #expect(!result.errors.contains("root"), "\(name)")
    }
    #expect(try run("missing").errors == "Kconfig:1: can't open file \"missing\"\n")
  }

  @Test func `links are kept where conf overwrites, and replaced where it does not`() throws {
    let folder = try Self.folder(Self.one, ["real": "CONFIG_A=n\n"])
    try folder.link(".config", to: "real")
    let kept = try Self.run("--alldefconfig", "Kconfig", in: folder, environment: ["KCONFIG_OVERWRITECONFIG": "1"])
    #expect(kept.status == 0)
    #expect(try folder.read("real") == Self.heading + "CONFIG_A=y\n")
    #expect(try !Self.names(folder).contains(".config.old"))
    #expect(try Self.run("--allnoconfig", "Kconfig", in: folder).status == 0)
    #expect(try folder.read("real") == Self.heading + "CONFIG_A=y\n")
    #expect(try folder.read(".config") == Self.heading + "# CONFIG_A is not set\n")
    let deep = try Self.run("--alldefconfig", "Kconfig", in: folder, environment: ["KCONFIG_CONFIG": "a/b/c"])
    #expect(deep.status == 0)
    #expect(try folder.read("a/b/c") == Self.heading + "CONFIG_A=y\n")
  }

  @Test func `a file that cannot be written is said to be one`() throws {
    let folder = try Self.folder(Self.one, ["include/config": "a file\n"])
    // Nobody waits for the files of the build but syncconfig.
    let usual = try Self.run("--alldefconfig", "Kconfig", in: folder)
    #expect(usual.status == 0)
    #expect(usual.identities == ["IO003"])
    let sync = try Self.run("--syncconfig", "Kconfig", in: folder)
    #expect(sync.status == 1)
    #expect(sync.errors.hasSuffix("\n*** Error during sync of the configuration.\n\n"))
    let config = try Self.run(
      "--alldefconfig", "Kconfig", in: folder, environment: ["KCONFIG_CONFIG": "include/config/x"])
    #expect(config.status == 1)
    #expect(config.errors.hasSuffix("\n*** Error during writing of the configuration.\n\n"))
  }

  @Test func `a link in the folder of the build is not followed`() throws {
    let folder = try Self.folder(Self.one, ["precious": "text\n", "include/config/x": ""])
    try folder.link("include/config/A", to: "../../precious")
    #expect(try Self.run("--syncconfig", "Kconfig", in: folder).status == 1)
    #expect(try folder.read("precious") == "text\n")
  }

  @Test func `what outside text holds cannot become lines of a configuration`() throws {
    let folder = try Self.folder("mainmenu \"$(TITLE)\"\n" + Self.one)
    for title in ["a\nCONFIG_INJECTED=y", "a\u{1B}[31m", "a\u{7F}"] {
      let result = try Self.run("--alldefconfig", "Kconfig", in: folder, environment: ["TITLE": title])
      #expect(result.status == 2)
      #expect(result.identities == ["KCONFIG191"])
      #expect(try Self.names(folder) == ["Kconfig"])
    }
  }

  // MARK: the shell

  private static func asking(_ command: String) -> String {
    "config A\n\tstring\n\tdefault \"$(shell,\(command))\"\n"
  }

  /// Runs with the shell allowed, and gives back the value that the command's output became.
  private static func answer(_ command: String, _ environment: [String: String] = [:]) throws -> String {
    let folder = try Self.folder(asking(command))
    let result = try Self.run("--allow-shell", "--alldefconfig", "Kconfig", in: folder, environment: environment)
    #expect(result.status == 0, "\(command): \(result.errors)")
    return String(try folder.read(".config").dropFirst(Self.heading.count))
  }

  @Test func `nothing is run unless it is allowed`() throws {
    let folder = try Self.folder(Self.asking("touch ran"))
    let refused = try Self.run("--alldefconfig", "Kconfig", in: folder)
    #expect(refused.status == 2)
    #expect(refused.identities == ["KCONFIG126"])
    #expect(try Self.names(folder) == ["Kconfig"])
    #expect(try Self.run("--allow-shell", "--alldefconfig", "Kconfig", in: folder).status == 0)
    #expect(try Self.names(folder).contains("ran"))
    let recording = #"{"env": {}, "probes": [{"cmd": "touch ran", "out": "known\n"}]}"#
    let known = try Self.folder(Self.asking("touch ran"), ["p.json": recording])
    #expect(
      try Self.run("--allow-shell", "--probes", "p.json", "--alldefconfig", "Kconfig", in: known).status == 0)
    #expect(try known.read(".config") == Self.heading + "CONFIG_A=\"known\"\n")
    #expect(try !Self.names(known).contains("ran"))
  }

  @Test func `a command sees little and says much in vain`() throws {
    #expect(try Self.answer("printf 'a\\nb\\n\\n'") == "CONFIG_A=\"a b\"\n")
    #expect(try Self.answer("cat; exit 3") == "CONFIG_A=\"\"\n")
    #expect(try Self.answer("yes x | tr -d '\\n'") == "CONFIG_A=\"\(String(repeating: "x", count: 4095))\"\n")
    let seen = try Self.answer("echo $ARCH-$SECRET-$LC_ALL-$LD_PRELOAD", ["ARCH": "toy", "SECRET": "s"])
    #expect(seen == "CONFIG_A=\"toy--C-\"\n")
  }

  @Test func `a command that goes on is ended with all that it began`() throws {
    let folder = try Self.folder(Self.asking("echo $$ >pid; sleep 60 & echo y; exec sleep 60"))
    let clock = ContinuousClock()
    let start = clock.now
    let result = try Self.run("--allow-shell", "--shell-seconds=1", "--alldefconfig", "Kconfig", in: folder)
    #expect(clock.now - start < .seconds(30))
    #expect(result.status == 2)
    #expect(result.identities == ["KCONFIG126"])
    #expect(result.errors.contains("it took longer than 1 s and was ended"))
    #expect(result.errors.contains("Kconfig:"))
    let group = try #require(Int32(try folder.read("pid").trimmingCharacters(in: .whitespacesAndNewlines)))
    // A member may still be a zombie for a moment.
    for _ in 0..<200 where kill(-group, 0) == 0 { usleep(10_000) }
    #expect(kill(-group, 0) != 0)
  }

  @Test func `what a command complains about is shown and cannot steer a terminal`() throws {
    let folder = try Self.folder(Self.asking("printf 'no \\033[31m gcc\\n' >&2"))
    let result = try Self.run("--allow-shell", "--alldefconfig", "Kconfig", in: folder)
    #expect(result.status == 0)
    #expect(result.errors == "no \u{FFFD}[31m gcc\n")
  }
}
