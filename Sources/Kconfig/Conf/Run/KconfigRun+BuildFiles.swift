import Diagnostics

/// What the build reads instead of `.config`, and how it learns what has changed.
public struct KconfigBuildFiles: Sendable, Hashable {
  /// Empty files, a symbol each, whose times say when its value last changed. They come before the others, but for the
  /// first. Names need not be UTF-8.
  public let touched: [[UInt8]]
  /// In the order in which they have to appear: the last one says that all are there.
  public let files: [KconfigFile]
}

/// Kernel: `conf_write_autoconf` and `conf_touch_deps` in scripts/kconfig/confdata.c.
extension KconfigRun {
  /// The name of what make reads. Modes other than `syncconfig` write the files of the build only where it is missing.
  public var buildConfigurationPath: String { environment["KCONFIG_AUTOCONFIG"] ?? "include/config/auto.conf" }

  /// The files of the build for the values that a mode came to; what is there already says which symbols are touched.
  /// - Throws: where a symbol has a name that leads elsewhere, and where what is there cannot be read.
  public mutating func buildFiles() throws(KconfigRejection) -> KconfigBuildFiles {
    let path = buildConfigurationPath
    calculate(model.hashOrder)
    let touched = try touchedFiles(besides: path)
    let header = environment["KCONFIG_AUTOHEADER"] ?? "include/generated/autoconf.h"
    let options = environment["KCONFIG_RUSTCCFG"] ?? "include/generated/rustc_cfg"
    let writer = BuildFileWriter(evaluation, prefix: prefix)
    return KconfigBuildFiles(
      touched: touched,
      files: [
        KconfigFile(path: path + ".cmd", bytes: writer.dependencies(of: Array(path.utf8))),
        KconfigFile(path: header, bytes: writer.header()),
        KconfigFile(path: options, bytes: writer.rustOptions()),
        KconfigFile(path: path, bytes: writer.makeVariables()),
      ])
  }

  /// The files of all symbols that the build knows with another value.
  private mutating func touchedFiles(besides path: String) throws(KconfigRejection) -> [[UInt8]] {
    var old = UserValues(model)
    var names: [[UInt8]] = []
    if let bytes = try contents(of: path) {
      var reader = ConfigReader(model, path: path, prefix: prefix, origin: .build)
      reader.read(bytes, into: &old)
      for message in reader.messages { say(message) }
      names = reader.unknown
      // v6.1 computes everything anew, and says again what is unmet.
      if model.language.choices == .choiceSymbol {
        order.invalidateAll()
        calculate([model.modules])
        calculate(model.hashOrder)
      }
    }
    for symbol in model.hashOrder {
      let record = model.symbols[symbol]
      guard !record.isChoice, let name = record.name, hasChanged(symbol, since: old) else { continue }
      names.append(Array(model.names[name]))
    }
    let folder = Array((path.lastIndex(of: "/").map { path[...$0] } ?? "").utf8)
    var files: [[UInt8]] = []
    for name in names {
      guard !name.contains(UInt8(ascii: "/")) else { throw notAFile(name) }
      // These are folders, which `conf` fails to write too.
      if ![[], Array(ascii: "."), Array(ascii: "..")].contains(name) { files.append(folder + name) }
    }
    return files
  }

  private func hasChanged(_ symbol: SymbolID, since old: UserValues) -> Bool {
    let type = model.symbols[symbol].type
    guard evaluation.isWritten[symbol] else { return old.isSet[symbol] }
    guard old.isSet[symbol] else { return !type.isLogical || evaluation.truth(symbol) != .n }
    if type.isLogical { return old.truth[symbol] != evaluation.truth(symbol) }
    guard let text = old.text(of: symbol) else { return true }
    return !evaluation.bytes(of: symbol).elementsEqual(text)
  }

  /// Names come from the files of a tree, and from what somebody else wrote into the folder of the build.
  private func notAFile(_ name: [UInt8]) -> KconfigRejection {
    let message: [UInt8] = .text("no file can be named as the symbol '".utf8, name, "'".utf8)
    return KconfigRejection(
      [
        KconfigMessage(
          .error, id: "KCONFIG220", message, at: nil,
          help: ["the build keeps a file for each; remove \(buildConfigurationPath) if the name is only there"])
      ], status: 2)
  }
}
