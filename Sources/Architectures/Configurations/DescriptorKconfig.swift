import Diagnostics
import Kconfig
import KernelC

/// A descriptor in the kernel's own language: a Kconfig file whose configurations are those of the descriptor.
///
/// The symbol of the architecture selects what `select:` lists, other symbols are what the catalog knows of them, and
/// each thing that a cell is made of, such as a size of struct page, has a symbol that is y where it holds.
struct DescriptorKconfig: Sendable {
  /// Something that a cell is made of.
  enum Fact: Hashable, Sendable {
    /// The architecture opts in.
    case optIn
    /// The feature is built in.
    case feature
    /// This is the first of `struct_page:` that fits.
    case structPage(Int)
    /// This one of `define:` holds.
    case define(Int)
  }

  /// The file.
  var file = KconfigText()
  /// The facts that depend on the configuration, each with the symbol that is y where it holds.
  var facts: [(fact: Fact, symbol: String)] = []
  /// The symbols that tell configurations apart: two facts that say the same are one.
  var outcomes: [String] = []
  let names: SymbolNames
  let uses: SymbolUses
  let architecture: Architecture
  private let catalog: KernelCatalog
  private let implied: Set<String>
  /// Where the descriptor speaks of a symbol.
  private let origins: [String: SourceRange]

  /// - Parameter others: symbols that somebody asks about besides those of the descriptor.
  init(of architecture: Architecture, catalog: KernelCatalog, others: Set<String> = []) {
    self.architecture = architecture
    self.catalog = catalog
    uses = SymbolUses(in: architecture, catalog: catalog)
    names = SymbolNames(of: architecture, catalog: catalog, others: others)
    implied = Self.implied(by: architecture, catalog: catalog)
    origins = Dictionary(architecture.selects.map { ($0.symbol.value, $0.symbol.range) }) { first, _ in first }
      .merging(architecture.config.mapValues(\.range)) { select, _ in select }
    writeSymbols()
    writeFacts()
  }

  /// The file that can be read.
  /// - Throws: what Kconfig does not accept, where the descriptor says it.
  func model() throws(Diagnostic) -> KconfigModel {
    let profile = architecture.version.value.kconfigProfile
    do throws(KconfigRejection) {
      return try KconfigModel.read("Kconfig", language: profile, sources: OneFile(text: file.text))
    } catch {
      let problem = error.messages.first { $0.severity == .error } ?? error.messages.first
      throw Diagnostic(
        id: "ARCH020", problem?.summary ?? "Kconfig does not accept this",
        at: problem?.place.flatMap(file.origin) ?? architecture.directory.range,
        reasons: problem?.notes.map(\.message) ?? [],
        help: ["correct the select lines: conf accepts no tree that has these"])
    }
  }

  private struct OneFile: KconfigSources {
    let text: String

    func read(_ path: String) throws(Diagnostic) -> [UInt8]? { path == "Kconfig" ? Array(text.utf8) : nil }
  }

  /// A symbol as this kernel has it; nil where it is not known.
  func known(_ name: String) -> KnownSymbol? {
    catalog.symbol(name, in: architecture.version.value)
  }

  // MARK: symbols

  private mutating func writeSymbols() {
    file.entry("MODULES", at: architecture.directory.range)
    // Without anybody who asks, there are modules: whatever can be said without them can be said with them.
    file.line(names.present.contains("MODULES") ? "\tbool \"MODULES\"" : "\tdef_bool y")
    file.line("\tmodules")
    var choices: [String: [String]] = [:]
    for name in names.present.sorted() where name != "MODULES" {
      if let choice = known(name)?.choice {
        choices[choice, default: []].append(name)
      } else {
        symbol(name)
      }
    }
    for (choice, members) in choices.sorted(by: { $0.key < $1.key }) {
      file.line("\nchoice", at: architecture.directory.range)
      file.line("\tprompt \"\(choice)\"")
      for member in members { symbol(member) }
      file.line("\nendchoice")
    }
    if !names.present.contains(carrier) {
      file.entry(carrier, at: architecture.directory.range)
      selects()
    }
  }

  private mutating func symbol(_ name: String) {
    file.entry(name, at: origin(of: name))
    if name == carrier { return selects() }
    if let kind = uses.textKind(of: name) { return file.line("\t\(kind.kconfigType) \"\(name)\"") }
    if name == architecture.kernel.feature {
      file.line("\tdef_bool y")
      return file.line("\tdepends on \(optIn) && (\(architecture.kernel.featureDepends.kconfigText))")
    }
    let known = known(name)
    if let value = known?.value {
      file.line("\tdef_bool \(value.kconfigText)")
    } else {
      let type = uses.isTristate(name) ? "tristate" : "bool"
      let hasPrompt = known?.isSelectedOnly != true || implied.contains(name)
      file.line(hasPrompt ? "\t\(type) \"\(name)\"" : "\t\(type)")
    }
    if let depends = known?.depends { file.line("\tdepends on \(depends.kconfigText)") }
    if name == architecture.kernel.defaultOn { file.line("\tdepends on \(architecture.kernel.feature)") }
    if let size = known?.pageSize, size.trailingZeroBitCount != architecture.layout.pageShift {
      file.line("\tdepends on n")
    }
  }

  /// The symbol that has the select lines.
  private var carrier: String { SymbolNames.canBe(uses.own) ? uses.own : "architecture" }

  private mutating func selects() {
    file.line("\tdef_bool y")
    for select in architecture.selects where SymbolNames.canBe(select.symbol.value) {
      let condition = select.condition.map { " if \($0.kconfigText)" } ?? ""
      file.line("\tselect \(select.symbol.value)\(condition)", at: select.condition?.range ?? select.symbol.range)
    }
  }

  private func origin(of name: String) -> SourceRange {
    origins[name] ?? architecture.directory.range
  }

  /// Symbols without a prompt that may be y although nothing that is listed selects them: `config:` says something that
  /// depends on them, and the descriptor may leave out what follows from that.
  private static func implied(by architecture: Architecture, catalog: KernelCatalog) -> Set<String> {
    var open = architecture.config.filter { $0.value.value != .n }.map(\.key)
    var seen = Set(open)
    while let next = open.popLast() {
      for below in catalog.symbol(next, in: architecture.version.value)?.depends?.symbols ?? []
      where seen.insert(below.text).inserted {
        open.append(below.text)
      }
    }
    seen.subtract(architecture.selects.map(\.symbol.value))
    if case .symbol(let name) = architecture.kernel.optIn { seen.remove(name) }
    return seen
  }
}

extension SymbolUses.TextKind {
  fileprivate var kconfigType: String {
    switch self {
    case .int: "int"
    case .hex: "hex"
    case .string, .mixed: "string"
    }
  }
}

extension KernelVersion {
  /// The Kconfig language of the version.
  var kconfigProfile: KconfigLanguage {
    KconfigLanguage(version: numbers.first ?? 0, patchLevel: numbers.dropFirst().first ?? 0)
  }
}
