/// The macros that are defined at one point of the text, and the names that are known not to be defined.
struct MacroTable: Sendable {
  private var macros: [String: Macro] = [:]
  private var undefined: Set<String> = ["__ASSEMBLY__", "__ASSEMBLER__", "__cplusplus", "MODULE", "__CHECKER__"]
  private var nextID: Int32 = 0

  /// The macros of the interface and those that every 64-bit kernel defines.
  init(interface: KernelInterface) {
    let pageSize = "(1UL << \(interface.pageShift))"
    let everywhere = [
      "BITS_PER_LONG": "64", "BITS_PER_BYTE": "8", "PAGE_SHIFT": "\(interface.pageShift)", "PAGE_SIZE": pageSize,
      "PAGE_MASK": "(~(\(pageSize) - 1))", "__KERNEL__": "1", "__LP64__": "1",
    ]
    for (name, value) in everywhere.merging(interface.macros, uniquingKeysWith: { $1 }).sorted(by: { $0.key < $1.key })
    {
      var lexer = Lexer(value, text: -1)
      define(name, parameters: nil, body: lexer.tokens().filter { $0.kind != .end }, hasPlace: false)
    }
  }

  subscript(name: String) -> Macro? { macros[name] }

  var names: [String] { Array(macros.keys) }

  func isKnownUndefined(_ name: String) -> Bool { undefined.contains(name) }

  mutating func define(
    _ name: String, parameters: [String]?, body: [Token], hasPlace: Bool,
    unsupported: (construct: String, place: TextRange)? = nil
  ) {
    macros[name] = Macro(
      id: nextID, parameters: parameters, body: body, hasPlace: hasPlace, unsupported: unsupported)
    nextID += 1
    undefined.remove(name)
  }

  mutating func undefine(_ name: String) {
    macros[name] = nil
    undefined.insert(name)
  }
}
