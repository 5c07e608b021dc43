/// A script that Kconfig files of the kernel ask.
enum KernelScript: String, CaseIterable {
  case ccVersion = "scripts/cc-version.sh"
  case asVersion = "scripts/as-version.sh"
  case ldVersion = "scripts/ld-version.sh"
  case paholeVersion = "scripts/pahole-version.sh"
  case rustcVersion = "scripts/rustc-version.sh"
  case rustcLLVMVersion = "scripts/rustc-llvm-version.sh"
  case rustIsAvailable = "scripts/rust_is_available.sh"
  case ccCanLink = "scripts/cc-can-link.sh"
  case toolsSupportRELR = "scripts/tools-support-relr.sh"
  case x86StackProtector = "scripts/gcc-x86_64-has-stack-protector.sh"
  case i386StackProtector = "scripts/gcc-x86_32-has-stack-protector.sh"
  case s390ExternalThunks = "arch/s390/tools/gcc-thunk-extern.sh"
  case powerpcProfiling = "arch/powerpc/tools/gcc-check-mprofile-kernel.sh"
  case powerpcPatchableEntries = "arch/powerpc/tools/gcc-check-fpatchable-function-entry.sh"

  typealias Unanswered = ShellMachine.Unanswered

  /// What a version script finds: one of some names and a version, or a version alone; `tools` are those whose least
  /// versions the kernel names and that it checks.
  func version(in tree: KernelScripts) -> (names: [String], tools: [String])? {
    switch self {
    case .ccVersion:
      // Until v6.8 the compiler of Intel was one.
      tree.mentions("__INTEL_COMPILER", in: self)
        ? (["GCC", "Clang", "ICC"], []) : (["GCC", "Clang"], ["gcc", "llvm"])
    // The integrated assembler of LLVM has the version 0.
    case .asVersion: (["GNU", "LLVM"], [])
    case .ldVersion: (["BFD", "LLD"], ["binutils", "llvm"])
    case .paholeVersion, .rustcVersion, .rustcLLVMVersion: ([], [])
    default: nil
    }
  }

  /// Runs it, as the kernel's own would do.
  func run(_ arguments: [[UInt8]], in machine: ShellMachine) throws(Unanswered) -> ShellOutcome {
    guard machine.tree.has(self) else { return .complaint }
    switch self {
    case .ccVersion: return try compilerVersion(arguments, machine)
    case .asVersion: return try assemblerVersion(arguments, machine)
    case .ldVersion: return try linkerVersion(arguments, machine)
    case .paholeVersion: return try paholeVersion(arguments, machine)
    case .rustcVersion, .rustcLLVMVersion:
      guard let tool = arguments.first.flatMap(machine.toolchain.tool(at:)), !tool.exists else { throw Unanswered() }
      return ShellOutcome(Array(ascii: "0\n"), succeeds: false)
    case .rustIsAvailable:
      for name in ["RUSTC", "BINDGEN"] {
        let path = machine.variables[Array(name.utf8)]
        guard let tool = path.flatMap(machine.toolchain.tool(at:)) else { throw Unanswered() }
        if !tool.exists { return .complaint }
      }
      throw Unanswered()
    case .ccCanLink:
      let outcome = try compile(arguments, "-x c - -o /dev/null", machine)
      return outcome.succeeds ? ShellOutcome() : .failure
    case .toolsSupportRELR: return try relativeRelocations(machine)
    case .x86StackProtector:
      let flags = "-S -x c -m64 -O0 -mcmodel=kernel -fno-PIE -fstack-protector - -o -"
      return try search(compile(arguments, flags, machine), for: "%gs")
    case .i386StackProtector:
      let flags =
        "-S -x c -m32 -O0 -fstack-protector -mstack-protector-guard-reg=fs "
        + "-mstack-protector-guard-symbol=__stack_chk_guard - -o -"
      return try search(compile(arguments, flags, machine), for: "%fs")
    case .s390ExternalThunks:
      let flags =
        "-x c - -fno-PIE -march=z10 -mindirect-branch=thunk-extern -mfunction-return=thunk-extern "
        + "-mindirect-branch-table -O2 -c -o /dev/null"
      return try compile(arguments, flags, machine)
    case .powerpcProfiling:
      let flags = "-m64 -mabi=elfv2 -mlittle-endian -S -x c -O2 -p -mprofile-kernel - -o -"
      guard try search(compile(arguments, flags, machine), for: "_mcount").succeeds else { return .failure }
      let isCalled = try search(compile(arguments, flags, machine, input: "notrace"), for: "_mcount").succeeds
      return isCalled ? .failure : ShellOutcome()
    case .powerpcPatchableEntries:
      let flags = "-m64 -mabi=elfv2 -S -x c -O2 -fpatchable-function-entry=2 - -o -"
      // The kernel's script may also fail because a pipe closes too early; its answer varies with dummy-tools.
      let outcome = try compile(arguments, flags, machine)
      guard try search(outcome, for: "__patchable_function_entries").succeeds else { return .failure }
      return Self.hasPatchableEntry(outcome.output ?? []) ? ShellOutcome() : .failure
    }
  }

  // MARK: what they do

  /// Runs the compiler that the arguments name on a text.
  private func compile(
    _ arguments: [[UInt8]], _ flags: String, _ machine: ShellMachine, input: String = ""
  ) throws(Unanswered) -> ShellOutcome {
    guard let path = arguments.first, let tool = machine.toolchain.tool(at: path) else { throw Unanswered() }
    let all = Array(arguments.dropFirst()) + flags.split(separator: " ").map { Array($0.utf8) }
    return try tool.answer(to: all, input: Array(input.utf8), in: machine)
  }

  private func search(_ outcome: ShellOutcome, for text: String) throws(Unanswered) -> ShellOutcome {
    guard let output = outcome.output else { throw Unanswered() }
    return ShellMachine.holds(output, Array(text.utf8)) ? ShellOutcome() : .failure
  }

  private func compilerVersion(_ arguments: [[UInt8]], _ machine: ShellMachine) throws(Unanswered) -> ShellOutcome {
    guard let path = arguments.first, let tool = machine.toolchain.tool(at: path) else { throw Unanswered() }
    let flags = ["-E", "-P", "-x", "c", "-"].map { Array($0.utf8) }
    guard let compiler = tool.compiler, tool.preprocesses(arguments.dropFirst() + flags) else { throw Unanswered() }
    return try checked(
      compiler.name, compiler.version, least: compiler.name == "Clang" ? "llvm" : "gcc", machine)
  }

  private func assemblerVersion(_ arguments: [[UInt8]], _ machine: ShellMachine) throws(Unanswered) -> ShellOutcome {
    if arguments.contains(Array(ascii: "-fintegrated-as")) { return ShellOutcome(line: "LLVM 0") }
    let flags = "-Wa,--version -c -x assembler-with-cpp /dev/null -o /dev/null"
    let words = try firstLine(of: compile(arguments, flags, machine))
    guard words.count > 2, words[0] == "GNU", words[1] == "assembler", let last = words.last else { throw Unanswered() }
    return try checked("GNU", last, least: "binutils", machine)
  }

  private func linkerVersion(_ arguments: [[UInt8]], _ machine: ShellMachine) throws(Unanswered) -> ShellOutcome {
    let words = try firstLine(of: compile(arguments, "--version", machine))
    if words.count > 2, words[0] == "GNU", words[1] == "ld", let last = words.last {
      return try checked("BFD", last, least: "binutils", machine)
    }
    throw Unanswered()
  }

  private func paholeVersion(_ arguments: [[UInt8]], _ machine: ShellMachine) throws(Unanswered) -> ShellOutcome {
    guard let path = arguments.first, let tool = machine.toolchain.tool(at: path), arguments.count == 1 else {
      throw Unanswered()
    }
    guard tool.exists else { return ShellOutcome(Array(ascii: "0\n"), succeeds: false) }
    let words = try firstLine(of: compile(arguments, "--version", machine))
    // v1.25 is 125.
    let numbers = words.first?.dropFirst().split(separator: ".") ?? []
    guard words.count == 1, words[0].hasPrefix("v"), numbers.count == 2,
      numbers.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) })
    else { throw Unanswered() }
    return ShellOutcome(line: numbers.joined())
  }

  /// Can it link with packed relative relocations, and do the other tools read them?
  private func relativeRelocations(_ machine: ShellMachine) throws(Unanswered) -> ShellOutcome {
    func run(_ name: String, _ flags: String) throws(Unanswered) -> ShellOutcome {
      guard let path = machine.variables[Array(name.utf8)] else { throw Unanswered() }
      return try compile([path], flags, machine)
    }
    let linked = try run("LD", "tmp.o -shared -Bsymbolic --pack-dyn-relocs=relr -o tmp")
    guard try run("CC", "-c -x c - -o tmp.o").succeeds, linked.succeeds else { throw Unanswered() }
    guard let errors = try run("NM", "tmp").errors else { throw Unanswered() }
    guard errors.isEmpty, try run("OBJCOPY", "-O binary tmp tmp.bin").succeeds else { return .failure }
    return ShellOutcome()
  }

  /// Whether two `nop` follow a local entry point.
  private static func hasPatchableEntry(_ assembly: [UInt8]) -> Bool {
    let lines = ShellMachine.lines(of: assembly).map { Array($0.drop(while: \.isBlank)) }
    guard let entry = lines.firstIndex(of: Array(ascii: ".localentry")), lines.contains(Array(ascii: "func:")) else {
      return false
    }
    let nop = Array(ascii: "nop")
    return zip(lines[entry...], lines[entry...].dropFirst()).contains { $0 == nop && $1 == nop }
  }

  private func firstLine(of outcome: ShellOutcome) throws(Unanswered) -> [String] {
    guard outcome.succeeds, let output = outcome.output, let line = ShellMachine.lines(of: output).first else {
      throw Unanswered()
    }
    return line.split(separator: .space).map { String(decoding: $0, as: UTF8.self) }
  }

  /// A name and a version, or nothing where the kernel asks for a later one.
  private func checked(
    _ name: String, _ text: String, least tool: String, _ machine: ShellMachine
  ) throws(Unanswered) -> ShellOutcome {
    guard let version = ToolVersion(text), let least = machine.tree.leastVersions(of: tool) else { throw Unanswered() }
    if least.allSatisfy({ $0 <= version }) { return ShellOutcome(line: "\(name) \(version.canonical)") }
    // Which of them counts is not known.
    guard least.allSatisfy({ version < $0 }) else { throw Unanswered() }
    return .complaint
  }
}
