import Diagnostics
import Kconfig
import Testing

/// The files that a build reads, and those that tell it what has changed.
struct BuildFileTests {
  private static let files = [
    "Kconfig": """
    mainmenu "Toy $(RELEASE)"
    config MODULES
    \tbool "modules"
    \tmodules
    config A
    \ttristate "a"
    \tdefault m
    config B
    \tbool "b"
    source "$(FOLDER)/Kconfig.more"
    config OFF
    \tbool "off"

    """,
    "sub/Kconfig.more": """
    config TEXT
    \tstring "text"
    \tdefault "say \\"hi\\" \\\\ $(UNSET)"
    config MASK
    \thex "mask"
    \tdefault FF
    config COUNT
    \tint "count"
    \tdefault 3

    """,
  ]

  /// What a run leaves for a build, with `old` in auto.conf.
  private static func build(
    _ config: String, old: String? = nil, _ variables: [String: String] = [:], language: KconfigLanguage = .v6_12,
    files: [String: String] = files, mode: KconfigMode = .olddefconfig
  ) throws -> (build: KconfigBuildFiles, said: String, wrote: KconfigFile?) {
    let environment = ["RELEASE": "1.0", "FOLDER": "sub"].merging(variables) { $1 }
    let sources = MemorySources(files: files.mapValues { Array($0.utf8) })
    let model = try KconfigModel.read(language: language, environment: environment, sources: sources)
    var given = MemorySources(files: [".config": Array(config.utf8)])
    if let old { given.files["include/config/auto.conf"] = Array(old.utf8) }
    let terminal = KconfigTranscript()
    var run = KconfigRun(model, environment: environment, files: given, terminal: terminal)
    let wrote = try run.perform(mode, existing: Array(config.utf8))
    let build = try run.buildFiles()
    return (build, String(decoding: terminal.output + terminal.errors, as: UTF8.self), wrote)
  }

  private static func text(_ file: KconfigFile) -> String { String(decoding: file.bytes, as: UTF8.self) }

  @Test func theFilesAreThoseOfConf() throws {
    let build = try Self.build("CONFIG_MODULES=y\nCONFIG_A=m\nCONFIG_B=y\n").build
    #expect(
      build.files.map(\.path) == [
        "include/config/auto.conf.cmd", "include/generated/autoconf.h", "include/generated/rustc_cfg",
        "include/config/auto.conf",
      ])
    #expect(
      Self.text(build.files[0]) == """
        autoconfig := include/config/auto.conf

        deps_config := \\
        \tKconfig \\
        \tsub/Kconfig.more \\

        $(autoconfig): $(deps_config)
        $(deps_config): ;

        ifneq "$(RELEASE)" "1.0"
        $(autoconfig): FORCE
        endif

        ifneq "$(FOLDER)" "sub"
        $(autoconfig): FORCE
        endif

        """)
    func lines(_ number: Int) -> [String] {
      Self.text(build.files[number]).split(separator: "\n").map(String.init)
    }
    #expect(lines(1).prefix(4) == ["/*", " * Automatically generated file; DO NOT EDIT.", " * Toy 1.0", " */"])
    #expect(
      lines(1).dropFirst(4).sorted() == [
        "#define CONFIG_A_MODULE 1", "#define CONFIG_B 1", "#define CONFIG_COUNT 3", "#define CONFIG_MASK 0xFF",
        "#define CONFIG_MODULES 1", "#define CONFIG_TEXT \"say \\\"hi\\\" \\\\ \"",
      ])
    #expect(
      lines(2).sorted() == [
        "--cfg=CONFIG_A", "--cfg=CONFIG_A=\"m\"", "--cfg=CONFIG_B", "--cfg=CONFIG_B=\"y\"", "--cfg=CONFIG_COUNT=\"3\"",
        "--cfg=CONFIG_MASK=\"0xFF\"", "--cfg=CONFIG_MODULES", "--cfg=CONFIG_MODULES=\"y\"",
        "--cfg=CONFIG_TEXT=\"say \\\"hi\\\" \\\\ \"",
      ])
    #expect(lines(3).prefix(4) == ["#", "# Automatically generated file; DO NOT EDIT.", "# Toy 1.0", "#"])
    #expect(
      lines(3).dropFirst(4).sorted() == [
        "CONFIG_A=m", "CONFIG_B=y", "CONFIG_COUNT=3", "CONFIG_MASK=FF", "CONFIG_MODULES=y",
        "CONFIG_TEXT=say \"hi\" \\ ",
      ])
  }

  @Test func symbolsComeInTheOrderOfTheTable() throws {
    let build = try Self.build("CONFIG_B=y\n").build
    let names = Self.text(build.files[3]).split(separator: "\n").dropFirst(4).map { $0.prefix { $0 != "=" } }
    // As conf wrote them.
    #expect(names == ["CONFIG_TEXT", "CONFIG_MASK", "CONFIG_COUNT", "CONFIG_A", "CONFIG_B"])
  }

  @Test func dependenciesOfOldTreesNameTheFileAndTheLastFirst() throws {
    let build = try Self.build("", ["KCONFIG_AUTOCONFIG": "out/auto"], language: .v6_1).build
    #expect(build.files[0].path == "out/auto.cmd")
    #expect(
      Self.text(build.files[0]) == """
        deps_config := \\
        \tsub/Kconfig.more \\
        \tKconfig \\

        out/auto: $(deps_config)

        ifneq "$(RELEASE)" "1.0"
        out/auto: FORCE
        endif
        ifneq "$(FOLDER)" "sub"
        out/auto: FORCE
        endif

        $(deps_config): ;

        """)
  }

  /// What auto.conf says, and the symbols that have another value then.
  static let changes: [(old: String?, touched: Set<String>)] = [
    (nil, ["MODULES", "A", "B", "TEXT", "MASK", "COUNT"]),
    ("", ["MODULES", "A", "B", "TEXT", "MASK", "COUNT"]),
    ("CONFIG_MODULES=y\nCONFIG_A=m\nCONFIG_B=y\nCONFIG_TEXT=t\nCONFIG_MASK=FF\nCONFIG_COUNT=3\n", []),
    (
      "CONFIG_MODULES=y\nCONFIG_A=y\nCONFIG_B=y\nCONFIG_TEXT=T\nCONFIG_MASK=0xFF\nCONFIG_COUNT=3\n",
      ["A", "TEXT", "MASK"]
    ),
    (
      "CONFIG_MODULES=y\nCONFIG_A=m\nCONFIG_B=y\nCONFIG_OFF=y\nCONFIG_GONE=y\nCONFIG_TEXT=t\nCONFIG_MASK=FF\n",
      ["OFF", "GONE", "COUNT"]
    ),
    ("CONFIG_MODULES=y\nCONFIG_A=m\nCONFIG_B=?\nCONFIG_TEXT=t\nCONFIG_MASK=FF\nCONFIG_COUNT=many\n", ["B", "COUNT"]),
  ]

  @Test(arguments: changes.indices, [KconfigLanguage.v6_1, .v6_12])
  func whatHasChangedIsTouched(number: Int, language: KconfigLanguage) throws {
    let config = "CONFIG_MODULES=y\nCONFIG_A=m\nCONFIG_B=y\nCONFIG_TEXT=\"t\"\nCONFIG_MASK=FF\nCONFIG_COUNT=3\n"
    let build = try Self.build(config, old: Self.changes[number].old, language: language).build
    let touched = build.touched.map { String(decoding: $0, as: UTF8.self) }
    #expect(Set(touched) == Set(Self.changes[number].touched.map { "include/config/" + $0 }))
    #expect(build.touched.count == Self.changes[number].touched.count)
  }

  @Test func noNameLeadsOutOfTheFolder() throws {
    for old in ["CONFIG_../../x=y\n", "CONFIG_/etc/x=y\n", "CONFIG_a/b=y\n"] {
      let error = #expect(throws: KconfigRejection.self) { try Self.build("", old: old) }
      #expect(error?.status == 2)
      #expect(error?.diagnostics.map(\.id) == ["KCONFIG220"])
    }
    let build = try Self.build("", old: "CONFIG_..=y\nCONFIG_.=y\nCONFIG_=y\n").build
    #expect(!build.touched.isEmpty)
    #expect(build.touched.allSatisfy { $0.last != UInt8(ascii: ".") && $0.last != UInt8(ascii: "/") })
  }

  @Test func unmetDependenciesAreSaidAgainInOldTrees() throws {
    let text = "config A\n\tbool \"a\"\n\tselect B\nconfig N\n\tbool\nconfig B\n\tbool \"b\"\n\tdepends on N\n"
    let files = ["Kconfig": text]
    func warnings(_ old: String?, _ language: KconfigLanguage) throws -> Int {
      let said = try Self.build("CONFIG_A=y\nCONFIG_B=y\n", old: old, language: language, files: files).said
      return said.split(separator: "\n").count { $0.hasPrefix("WARNING: unmet direct dependencies") }
    }
    #expect(try warnings("CONFIG_A=y\n", .v6_1) == warnings(nil, .v6_1) + 1)
    #expect(try warnings("CONFIG_A=y\n", .v6_12) == warnings(nil, .v6_12))
  }

  @Test func syncconfigIsSilentAndKeepsTheConfigurationIfAsked() throws {
    let usual = "CONFIG_B=y\n"
    let run = try Self.build(usual, files: ["Kconfig": "config B\n\tbool \"b\"\n"], mode: .syncconfig)
    #expect(run.said == "")
    #expect(run.wrote?.path == ".config")
    let whole = String(decoding: run.wrote?.bytes ?? [], as: UTF8.self)
    let kept = try Self.build(
      whole, ["KCONFIG_NOSILENTUPDATE": "1"], files: ["Kconfig": "config B\n\tbool \"b\"\n"], mode: .syncconfig)
    #expect(kept.wrote == nil)
    #expect(kept.said == "")
    let error = #expect(throws: KconfigRejection.self) {
      try Self.build("CONFIG_GONE=y\n", ["KCONFIG_NOSILENTUPDATE": "1"], mode: .syncconfig)
    }
    #expect(error?.status == 1)
  }
}
