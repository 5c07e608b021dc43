import Files

/// The environment that Kconfig files see: what a recording says and what the architecture is called, nothing else.
package enum KernelEnvironment {
  /// The variables of the user that steer a run; all others stay unseen.
  static let honoured = [
    "CONFIG_", "KCONFIG_ALLCONFIG", "KCONFIG_AUTOCONFIG", "KCONFIG_AUTOHEADER", "KCONFIG_CONFIG",
    "KCONFIG_DEFCONFIG_LIST", "KCONFIG_NOSILENTUPDATE", "KCONFIG_OVERWRITECONFIG", "KCONFIG_PROBABILITY",
    "KCONFIG_RUSTCCFG", "KCONFIG_SEED", "KCONFIG_WARN_CHANGED_INPUT", "KCONFIG_WARN_UNKNOWN_SYMBOLS",
    "KCONFIG_WERROR",
  ]

  /// What the top Makefile of the kernel would set.
  static func variables(architecture: String, tree: String, makefile: [UInt8]) -> [String: String] {
    var variables = [
      "ARCH": architecture, "SRCARCH": folder(of: architecture), "SUBARCH": "x86", "srctree": tree,
      "KERNELVERSION": version(makefile), "LC_ALL": "C",
    ]
    if architecture == "um" {
      variables["SUBARCH"] = "x86_64"
      variables["HEADER_ARCH"] = "x86"
    }
    return variables
  }

  /// The architectures whose code is in a folder below `arch/`.
  package static func architectures(inFolder folder: String) -> [String] {
    switch folder {
    case "x86": ["i386", "x86_64"]
    case "sparc": ["sparc32", "sparc64"]
    case "parisc": ["parisc", "parisc64"]
    default: [folder]
    }
  }

  /// The folder below `arch/` that an architecture's code is in.
  package static func folder(of architecture: String) -> String {
    switch architecture {
    case "i386", "x86_64": "x86"
    case "sparc32", "sparc64": "sparc"
    case "parisc64": "parisc"
    default: architecture
    }
  }

  /// The variables of the user that steer a run.
  static func ofUser() -> [String: String] {
    ProcessEnvironment.values(of: honoured)
  }

  /// Everything that the caller of this process set.
  ///
  /// A value that is no text comes out as one that is refused where it is used, as control characters are.
  static func ofProcess() -> [String: String] {
    ProcessEnvironment.all
  }

  /// What the commands of a tree may know of the caller: what the kernel's top Makefile tells them about the build.
  static func forCommands(_ environment: [String: String]) -> [String: String] {
    environment.filter { toolchain.contains($0.key) }
  }

  private static let toolchain: Set<String> = [
    "AFLAGS", "AR", "ARCH", "AWK", "BASH", "BINDGEN", "CC", "CC_VERSION_TEXT", "CFLAGS", "CHECK", "CHECKFLAGS",
    "CLANG_FLAGS", "CONFIG_SHELL", "CPP", "CROSS_COMPILE", "CROSS_COMPILE_COMPAT", "HEADER_ARCH", "HOME", "HOSTCC",
    "HOSTCXX", "HOSTPKG_CONFIG", "HOSTRUSTC", "KBUILD_EXTMOD", "KERNELRELEASE", "KERNELVERSION", "LD", "LLVM",
    "LLVM_IAS", "MAKE", "NM", "OBJCOPY", "OBJDUMP", "PAHOLE", "PERL", "PYTHON3", "READELF", "RESOLVE_BTFIDS",
    "RUSTC", "RUSTC_BOOTSTRAP", "RUSTC_VERSION_TEXT", "RUSTDOC", "RUSTFMT", "RUST_LIB_SRC", "SHELL", "SRCARCH",
    "STRIP", "SUBARCH", "TMPDIR", "USERCFLAGS", "USERLDFLAGS", "UTS_MACHINE", "objtree", "srctree",
  ]

  private static func version(_ makefile: [UInt8]) -> String {
    var parts: [String: String] = [:]
    for line in String(decoding: makefile.prefix(4096), as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 3, words[1] == "=" { parts[String(words[0])] = String(words[2]) }
    }
    let numbers = ["VERSION", "PATCHLEVEL", "SUBLEVEL"].compactMap { parts[$0] }
    return numbers.joined(separator: ".") + (parts["EXTRAVERSION"] ?? "")
  }
}
