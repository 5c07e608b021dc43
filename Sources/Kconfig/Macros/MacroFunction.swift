/// The built-in functions of the macro language.
enum MacroFunction: String {
  case errorIf = "error-if"
  case filename
  case info
  case lineno
  case shell
  case warningIf = "warning-if"

  /// All of them take a fixed number.
  var argumentCount: Int {
    switch self {
    case .errorIf, .warningIf: 2
    case .filename, .lineno: 0
    case .info, .shell: 1
    }
  }

  /// The value of what a command printed: its beginning, without newlines at the end, on one line.
  ///
  /// Kernel: `do_shell` in scripts/kconfig/preprocess.c, which reads 4096 bytes and has room for 4095.
  static func shellValue(_ output: [UInt8]) -> [UInt8] {
    let newline = UInt8(ascii: "\n")
    var value = output.prefix(output.count >= 4096 ? 4095 : output.count)
    while value.last == newline { value.removeLast() }
    // As a C string ends.
    return value.prefix { $0 != 0 }.map { $0 == newline ? UInt8(ascii: " ") : $0 }
  }
}
