/// Writes what the build reads instead of `.config`. Kernel: `conf_write_autoconf` in scripts/kconfig/confdata.c.
///
/// Symbols come in the order of the symbol table, as there.
struct BuildFileWriter {
  private let evaluation: KconfigEvaluation
  private let model: KconfigModel
  private let prefix: [UInt8]

  /// - Parameter prefix: what stands before names, `CONFIG_` usually.
  init(_ evaluation: KconfigEvaluation, prefix: [UInt8]) {
    self.evaluation = evaluation
    model = evaluation.model
    self.prefix = prefix
  }

  /// Everything that has a value, for make: `include/config/auto.conf`.
  func makeVariables() -> [UInt8] {
    var text = ConfigHeading.pound(model)
    forEachGiven { symbol, name, value in
      text += prefix
      text += name
      text.append(UInt8(ascii: "="))
      text += value
      text.append(.newline)
    }
    return text
  }

  /// Everything that has a value, for C: `include/generated/autoconf.h`.
  func header() -> [UInt8] {
    var text = ConfigHeading.c(model)
    forEachGiven { symbol, name, value in
      text += Array(ascii: "#define ")
      text += prefix
      text += name
      let type = model.symbols[symbol].type
      if type.isLogical {
        text += Array(ascii: value.first == UInt8(ascii: "m") ? "_MODULE 1\n" : " 1\n")
        return
      }
      text.append(.space)
      text += type == .string ? ConfigLine.quoted(value) : Self.marked(value, type)
      text.append(.newline)
    }
    return text
  }

  /// Everything that has a value, as options of the Rust compiler: `include/generated/rustc_cfg`.
  func rustOptions() -> [UInt8] {
    var text: [UInt8] = []
    forEachGiven { symbol, name, value in
      let type = model.symbols[symbol].type
      let option = Array(ascii: "--cfg=") + prefix + name
      if type.isLogical { text += option + [.newline] }
      text += option
      text.append(UInt8(ascii: "="))
      text += ConfigLine.quoted(Self.marked(value, type)[...])
      text.append(.newline)
    }
    return text
  }

  /// When make has to ask again: after a change of a Kconfig file or of a variable that one of them used.
  /// - Parameter name: `include/config/auto.conf`, usually.
  func dependencies(of name: [UInt8]) -> [UInt8] {
    switch model.language.choices {
    case .memberPriority: dependenciesByVariable(name)
    case .choiceSymbol: dependenciesByName(name)
    }
  }

  private func dependenciesByVariable(_ name: [UInt8]) -> [UInt8] {
    var text: [UInt8] = .text("autoconfig := ".utf8, name, "\n\n".utf8)
    appendFiles(model.files.distinctPaths, to: &text)
    text += Array(ascii: "\n$(autoconfig): $(deps_config)\n$(deps_config): ;\n")
    for variable in model.usedEnvironment {
      text.append(.newline)
      appendCheck(of: variable, Array(ascii: "$(autoconfig)"), to: &text)
    }
    return text
  }

  /// Up to v6.10, with the last file first.
  private func dependenciesByName(_ name: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    appendFiles(model.files.distinctPaths.reversed(), to: &text)
    text += .text("\n".utf8, name, ": $(deps_config)\n\n".utf8)
    for variable in model.usedEnvironment { appendCheck(of: variable, name, to: &text) }
    text += Array(ascii: "\n$(deps_config): ;\n")
    return text
  }

  private func appendFiles(_ files: some Sequence<String>, to text: inout [UInt8]) {
    text += Array(ascii: "deps_config := \\\n")
    for file in files { text += .text("\t".utf8, file.utf8, " \\\n".utf8) }
  }

  private func appendCheck(of variable: UsedVariable, _ target: [UInt8], to text: inout [UInt8]) {
    text += .text("ifneq \"$(".utf8, variable.name, ")\" \"".utf8, variable.value, "\"\n".utf8)
    text += .text(target, ": FORCE\nendif\n".utf8)
  }

  // MARK: values

  private func forEachGiven(_ body: (_ symbol: SymbolID, _ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) -> Void)
  {
    for symbol in model.hashOrder {
      let record = model.symbols[symbol]
      guard evaluation.isWritten[symbol], !record.isChoice, let name = record.name, record.type != .unknown else {
        continue
      }
      let value = evaluation.bytes(of: symbol)
      if record.type.isLogical, value.first == UInt8(ascii: "n") { continue }
      body(symbol, model.names[name], value)
    }
  }

  /// A value that C and Rust see to be hexadecimal.
  private static func marked(_ value: ArraySlice<UInt8>, _ type: KconfigType) -> [UInt8] {
    let hasMark = value.first == UInt8(ascii: "0") && value.dropFirst().first.map { $0 | 0x20 } == UInt8(ascii: "x")
    return (type == .hex && !hasMark ? Array(ascii: "0x") : []) + value
  }
}
