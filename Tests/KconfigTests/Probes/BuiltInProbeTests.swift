import Kconfig
import Testing

/// What a described toolchain answers, form by form; and what it does not answer.
struct BuiltInProbeTests {
  /// A tree with the scripts that are asked, by name only.
  private static var probes: BuiltInProbes {
    probes(
      least: """
        case "$1" in
        gcc)
        \tif [ "$ARCH" = parisc64 ]; then
        \t\techo 12.0.0
        \telse
        \t\techo 5.1.0
        \tfi
        \t;;
        binutils)
        \techo 2.25.0
        \t;;
        esac

        """)
  }

  private static func probes(least: String) -> BuiltInProbes {
    let names = [
      "scripts/cc-version.sh", "scripts/as-version.sh", "scripts/ld-version.sh", "scripts/pahole-version.sh",
      "scripts/rustc-version.sh", "scripts/rust_is_available.sh", "scripts/cc-can-link.sh",
      "scripts/tools-support-relr.sh", "scripts/gcc-x86_64-has-stack-protector.sh",
      "scripts/gcc-x86_32-has-stack-protector.sh", "arch/powerpc/tools/gcc-check-mprofile-kernel.sh",
      "arch/powerpc/tools/gcc-check-fpatchable-function-entry.sh", "arch/s390/tools/gcc-thunk-extern.sh",
    ]
    var files: [String: [UInt8]] = [:]
    for name in names { files[name] = [] }
    files["scripts/min-tool-version.sh"] = Array(least.utf8)
    let environment = DescribedToolchain.dummy.placed(in: "t").environment.merging(
      ["ONE": "one", "TWO": "a  b", "STAR": "*", "PATH": "/bin"]) { $1 }
    return BuiltInProbes(.dummy, folder: "t", sources: MemorySources(files: files), environment: environment)
  }

  private static func answer(_ command: String, _ probes: BuiltInProbes = probes) -> String? {
    let placed = command.replacing("GCC", with: "t/scripts/dummy-tools/gcc").replacing(
      "DUMMY", with: "t/scripts/dummy-tools")
    return probes.output(of: Array(placed.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// `if-success` of scripts/Kconfig.include.
  private static func ifSuccess(_ command: String, _ yes: String = "y", _ no: String = "n") -> String {
    "{ \(command); } >/dev/null 2>&1 && echo \"\(yes)\" || echo \"\(no)\""
  }

  static let succeeding = [
    "true", ":", "command -v GCC", "command -v DUMMY/ld", "command -v false",
    "test -z \"\"", "test -n x", "test x", "test a = a", "test a != b", "test \"a b\" = 'a b'", "test 9 -lt 10",
    "test 10 -ge 9", "test 010 -eq 10", "test -5 -lt 0", "test ! -n \"\"", "test ! a = b", "[ a = a ]", "[ 3 -le 3 ]",
    "test -e DUMMY/dummy-plugin-dir/include/plugin-version.h", "test -e t/scripts/cc-version.sh",
    "test -z = -z", "test \"$ONE\" = one", "test x$ONE = xone", "test \"$TWO\" = \"a  b\"",
    "GCC -Werror -fno-such-option -c -x c /dev/null -o /dev/null",
    "trap \"rm -rf .tmp_$$\" EXIT; mkdir .tmp_$$; GCC -Werror  -fx -c -x c /dev/null -o .tmp_$$/tmp.o",
    "printf \"%b\\n\" \"mov \\$1,%eax\\n\" | GCC -c -x assembler-with-cpp -o /dev/null -",
    "echo 'int f(int *x) { asm goto (\".long (%l[b]) - .\": \"+m\"(*x) ::: b); }' | $CC -x c - -c -o /dev/null",
    "DUMMY/ld -v --gc-sections", "DUMMY/objcopy --version | head -n1 | grep -qv llvm",
    "echo Some LLVM | head -n 1 | grep -qi llvm",
    "env \"CC=GCC\" \"LD=DUMMY/ld\" \"NM=DUMMY/nm\" \"OBJCOPY=DUMMY/objcopy\" t/scripts/tools-support-relr.sh",
    "t/scripts/cc-can-link.sh GCC -static", "t/scripts/gcc-x86_64-has-stack-protector.sh GCC",
    "t/scripts/gcc-x86_32-has-stack-protector.sh GCC", "t/arch/s390/tools/gcc-thunk-extern.sh GCC",
    "t/arch/powerpc/tools/gcc-check-mprofile-kernel.sh GCC -mlittle-endian",
    "t/arch/powerpc/tools/gcc-check-fpatchable-function-entry.sh GCC -mbig-endian",
    "false || true", "true && true; true", "{ false; } || true", "false; true", "true | true",
  ]

  static let failing = [
    "false", "false -c \"import lxml\"", "test -n \"\"", "test a = b", "test 10 -lt 9", "test \"\" = 1",
    "test -e t/scripts/none.sh", "command -v /nonexistent/rustc", "/nonexistent/bindgen --version",
    "GCC -Werror -D__SIZEOF_INT128__=0 -c -x c /dev/null -o /dev/null",
    "GCC -Werror -m32 -E -x c /dev/null -o /dev/null",
    "DUMMY/nm --help | head -n 1 | grep -qi llvm", "false --help | head -n 1 | grep -qi llvm",
    "t/scripts/rust_is_available.sh", "t/scripts/rustc-version.sh /nonexistent/rustc", "echo llvm | grep -qv llvm",
    "true && false", "true | false", "true; false",
  ]

  @Test(arguments: succeeding) func succeeds(command: String) {
    #expect(Self.answer(Self.ifSuccess(command)) == "y\n")
    #expect(Self.answer(Self.ifSuccess(command, "", "-m32")) == "\n")
  }

  @Test(arguments: failing) func fails(command: String) {
    #expect(Self.answer(Self.ifSuccess(command)) == "n\n")
  }

  static let printing = [
    ("t/scripts/cc-version.sh GCC", "GCC 200000\n"), ("t/scripts/as-version.sh GCC ", "GNU 25000\n"),
    ("t/scripts/as-version.sh GCC -fintegrated-as", "LLVM 0\n"), ("t/scripts/ld-version.sh DUMMY/ld", "BFD 25000\n"),
    ("t/scripts/pahole-version.sh DUMMY/pahole", "9999\n"), ("t/scripts/rustc-version.sh /nonexistent/rustc", "0\n"),
    ("set -- GNU 25000 && echo $1", "GNU\n"), ("set -- GNU 25000 && echo $2", "25000\n"),
    ("set -- GNU && echo \"$2\"", "\n"), ("set -- $TWO && echo $2", "b\n"), ("echo a  'b  c' \"d\"e", "a b  c de\n"),
    ("echo a$TWO$ONE", "aa bone\n"), ("echo a; echo b", "a\nb\n"), ("echo a >/dev/null", ""), ("echo a >&2", ""),
    ("echo a 2>/dev/null", "a\n"), ("printf %s a", "a"), ("printf '%b\\n' 'a\\nb'", "a\nb\n"),
    ("echo __XTENSA_EB__ | GCC -E -P -", ""), ("echo __LONG_DOUBLE_128__ | GCC -E -P -", "1\n"),
    ("GCC -print-file-name=plugin", "DUMMY/dummy-plugin-dir\n"), ("GCC --version", "gcc (scripts/dummy-tools/gcc)\n"),
    ("/nonexistent/rustc --version 2>/dev/null", ""), ("echo \"\\$x\"", "$x\n"), ("echo -m32", "-m32\n"),
    ("echo - a", "- a\n"),
  ]

  @Test(arguments: printing) func prints(command: String, output: String) {
    let expected = output.replacing("DUMMY", with: "t/scripts/dummy-tools")
    #expect(Self.answer(command) == expected)
  }

  /// Commands that look much like those above, and whose answer depends on what is not described.
  static let unanswered = [
    "", "uname -r", "hostname", "python3 -c 1", "/bin/true", "./x", "gcc -v", "t/../t/scripts/cc-version.sh GCC",
    "t/scripts/unknown.sh GCC", "t/scripts//cc-version.sh GCC", "t/scripts/cc-version.sh gcc",
    "t/scripts/cc-version.sh GCC --version", "t/scripts/ld-version.sh GCC", "GCC `echo x`", "GCC $(echo x)",
    "GCC ${ONE}", "echo $UNSET", "echo $PATH", "echo $$", "echo $?", "echo $0", "echo *", "echo $STAR", "echo a?",
    "echo ~", "echo {a,b}", "echo -n a", "echo -e a", "echo -neE a", "echo 'a\\nb'", "echo a # b", "echo a & echo b",
    "echo a |& true",
    "(true)", "! true", "if true; then echo y; fi", "while true; do true; done", "A=b true", "a=b", "true > file",
    "true >> /dev/null", "true < file", "true << x", "true 2>&3", "true 3>&1", "eval true", "exec true", "exit 0",
    ". ./x", "source x", "cd /", "export A=b", "unset CC", "read x", "touch x", "rm -rf x", "env", "env A=b GCC",
    "env PATH=/x GCC", "env -i GCC", "env CC=x true", "set -e", "set a b", "trap 'touch x' EXIT", "mkdir x",
    "mkdir .tmp_$$; mkdir .tmp_$$", "trap \"rm -rf .tmp_$$ x\" EXIT", "test a == b", "test a -a b", "test a -o b",
    "test a b", "test -x GCC", "test -e /etc/passwd", "test -e t/../x", "test -d t/scripts", "test a -lt 9",
    "test 1 -lt",
    "test \"\" -lt 1", "test 99999999999999999999 -lt 1", "test a \\> b", "[ a = a", "test \"$$\" = 1",
    "grep x file", "echo x | grep x", "echo x | grep -q 'a.*'", "echo x | grep -q '^x'", "echo x | grep -qE x",
    "echo x | head", "echo x | head -c 1", "echo x | head -n -1", "head -n 1 x", "printf a", "printf %d 1",
    "printf '%b' '\\x41'", "printf '%b' '\\0101'", "printf %s a b", "command ls", "command -V GCC", "command -v ls",
    "command -v GCC DUMMY/ld", "echo '#define A 1' | GCC -E -P -", "echo A B | GCC -E -P -", "echo \"a", "echo 'a",
    "echo a\\", "true &&", "&& true", "true | | true", "{ true }", "{ true; } }", "{ true;", "true;; true", "\u{1}",
    "echo a\nb", "[[ a = a ]]", "time true", "noise", "GCC -Werror -E -x c - -o /dev/null",
  ]

  @Test(arguments: unanswered) func `what is not understood is not answered`(command: String) {
    #expect(Self.answer(command) == nil)
    // Nor is anything that depends on it.
    #expect(Self.answer("true && \(command)") == nil)
  }

  @Test func `a tool below what the kernel asks for is refused`() {
    let refusing = Self.probes(least: "gcc)\necho 21.0.0\n;;\nbinutils)\necho 2.50\n;;\n")
    #expect(Self.answer("t/scripts/cc-version.sh GCC", refusing) == "")
    #expect(Self.answer("t/scripts/as-version.sh GCC", refusing) == "GNU 25000\n")
    // Which of two counts is not known, nor is what a file without versions asks for.
    let varying = Self.probes(least: "gcc)\necho 5.1.0\necho 21.0.0\n;;\n")
    #expect(Self.answer("t/scripts/cc-version.sh GCC", varying) == nil)
    #expect(Self.answer("t/scripts/ld-version.sh DUMMY/ld", varying) == nil)
  }

  @Test func `the first of a chain that knows an answer gives it`() {
    var table = ProbeTable()
    table.record(Array("other\n".utf8), of: Array("echo a".utf8))
    let chain = ProbeChain([table, Self.probes])
    #expect(chain.output(of: Array("echo a".utf8)) == Array("other\n".utf8))
    #expect(chain.output(of: Array("echo b".utf8)) == Array("b\n".utf8))
    #expect(chain.output(of: Array("uname".utf8)) == nil)
  }

  @Test func `deep and long commands end`() {
    let groups = String(repeating: "{ ", count: 5_000) + "true; " + String(repeating: "}; ", count: 5_000)
    #expect(Self.answer(groups) == nil)
    #expect(Self.answer("echo " + String(repeating: "a", count: 100_000)) == nil)
    #expect(Self.answer("test " + String(repeating: "! ", count: 1_000) + "a") == nil)
  }
}
