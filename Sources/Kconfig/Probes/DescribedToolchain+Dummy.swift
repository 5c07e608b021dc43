extension DescribedToolchain {
  /// The toolchain that the kernel ships to make as many options visible as possible: GCC 20.0.0 with GNU binutils 2.50,
  /// which accept every option.
  ///
  /// Kernel: scripts/dummy-tools of v6.1 and v6.12. Tools that are not there, there or on most machines, are described as
  /// missing: Rust, `ar`, Python.
  public static let dummy = DescribedToolchain(
    tools: [
      "CC": (folder + "gcc", compiler),
      "LD": (folder + "ld", binutils("ld")),
      "NM": (folder + "nm", binutils("nm")),
      "OBJCOPY": (folder + "objcopy", binutils("objcopy")),
      "PAHOLE": (folder + "pahole", DescribedTool(reactions: [.init(words: [], deed: .succeed(prints: "v99.99\n"))])),
      "RUSTC": ("/nonexistent/rustc", DescribedTool(exists: false)),
      "BINDGEN": ("/nonexistent/bindgen", DescribedTool(exists: false)),
    ],
    variables: [
      "AR": "false", "PYTHON3": "false", "CLANG_FLAGS": "", "CC_VERSION_TEXT": "gcc (scripts/dummy-tools/gcc)",
      "RUSTC_VERSION_TEXT": "",
    ],
    files: [folder + "dummy-plugin-dir/include/plugin-version.h"])

  private static let folder = treeMark + "/scripts/dummy-tools/"

  private static var compiler: DescribedTool {
    DescribedTool(
      reactions: [
        .init(words: ["--version"], deed: .succeed(prints: "gcc (scripts/dummy-tools/gcc)\n")),
        .init(words: ["-E", "-"], deed: .preprocess),
        .init(words: ["-E"], deed: .fail),
        .init(words: ["-Wa,--version"], deed: .succeed(prints: "GNU assembler (scripts/dummy-tools) 2.50\n")),
        .init(
          words: ["-S", "-fstack-protector", "-mstack-protector-guard-reg=fs"], deed: .succeed(prints: "%fs\n")),
        .init(words: ["-S", "-fstack-protector"], deed: .succeed(prints: "%gs\n")),
        .init(
          words: ["-S", "-m64", "-mprofile-kernel"], deed: .succeedUnless(inputHolds: "notrace", prints: "_mcount\n")),
        .init(
          words: ["-S", "-m64", "-fpatchable-function-entry=2"],
          deed: .succeed(
            prints: "func:\n.section __patchable_function_entries\n.localentry\n  nop\n  nop\n")),
        .init(words: ["-print-file-name=plugin"], deed: .succeed(prints: folder + "dummy-plugin-dir\n")),
        .init(words: ["-D__SIZEOF_INT128__=0"], deed: .fail),
      ],
      macros: ["__LONG_DOUBLE_128__": "1"],
      compiler: DescribedTool.Compiler(name: "GCC", version: "20.0.0"))
  }

  private static func binutils(_ name: String) -> DescribedTool {
    let banner = "GNU \(name) (scripts/dummy-tools/\(name)) 2.50\n"
    return DescribedTool(reactions: [
      .init(words: ["--version"], deed: .succeed(prints: banner)),
      .init(words: ["-v"], deed: .succeed(prints: banner)),
    ])
  }
}
