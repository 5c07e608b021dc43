import Diagnostics
import Kconfig
import KernelC
import LocatedYAML
import Vmemmap

/// One pass over a resolved descriptor; it collects what is wrong instead of stopping at the first mistake.
struct DescriptorReading {
  let catalog: KernelCatalog
  let root: Node
  let place: SourceRange
  var problems: [Diagnostic] = []

  init(catalog: KernelCatalog, root: Node, place: SourceRange) {
    self.catalog = catalog
    self.root = root
    self.place = place
  }

  mutating func architecture(name: String, path: String) -> Architecture? {
    guard let directory = root["arch"]?.scalar, let source = root["source"],
      let versionScalar = source["version"]?.scalar, let version = KernelVersion(versionScalar.text)
    else { return nil }
    let patches = texts(source["patches"])
    guard let kernel = catalog.profile(of: version, patches: patches) else {
      problems.append(
        Diagnostic(
          id: "ARCH005", "no kernel profile covers \(version)", at: versionScalar.range,
          help: ["covered are: " + catalog.coveredRanges.joined(separator: ", ")]))
      return nil
    }
    let known = knownSymbols(directory: directory.text)
    let config = readConfig(known: known, version: version)
    let selects = readSelects(known: known)
    let defines = readDefines(known: known)
    let pageFlags = readPageFlags(kernel: kernel)
    let sizes = readStructPageSizes(known: known)
    let readOnly: Fact<Bool>? = fact("page_kernel_ro") { scalar throws(Diagnostic) in try scalar.asBool() }
    let livePTE: Fact<Architecture.LivePTEReplace>? = fact("live_pte_replace") {
      Architecture.LivePTEReplace(rawValue: $0.text) ?? .unknown
    }
    let layout = readLayout()
    let hugepages = readHugepages(pageShift: layout?.pageShift)
    let flush = readCode("flush_dcache_page", function: "flush_dcache_page", parameter: .init("page", .page))
    let sync = readCode("icache_sync", function: "icache_sync", parameter: .init("pte", .pte))
    guard problems.isEmpty, let readOnly, let livePTE, let layout else { return nil }
    return Architecture(
      name: name, title: root["title"]?.scalar?.text ?? directory.text,
      directory: Fact(directory.text, range: directory.range), path: path,
      version: Fact(version, range: versionScalar.range), patches: patches, kernel: kernel, config: config,
      selects: selects, defines: defines, pageFlags: pageFlags,
      structPageSizes: sizes,
      pageKernelReadOnly: readOnly, livePTEReplace: livePTE, layout: layout, hugepages: hugepages, flush: flush,
      icacheSync: sync, flushRange: root.keyRange("flush_dcache_page") ?? place,
      oops: root["oops"]?.scalar?.text ?? Self.defaultOops,
      ptdump: root["ptdump"]?.scalar.flatMap { Architecture.PtdumpStyle(rawValue: $0.text) })
  }

  /// arch/arm64/mm/fault.c __do_kernel_fault() says it so; other architectures give theirs under `oops:`.
  private static let defaultOops = "Unable to handle kernel write to read-only memory at virtual address {address}"

  // MARK: Kconfig

  /// Names that `config:` and conditions may use: what the catalog knows, what the descriptor declares, and the
  /// architecture's own symbols.
  private func knownSymbols(directory: String) -> (String) -> Bool {
    let declared = Set(texts(root["symbols"]))
    let own = directory.uppercased()
    let catalog = self.catalog
    return { name in
      catalog.symbols[name] != nil || declared.contains(name) || name == own || name.hasPrefix(own + "_")
    }
  }

  private mutating func checkSymbol(_ name: String, at range: SourceRange, known: (String) -> Bool) {
    guard !known(name) else { return }
    let suggestion = didYouMean(name, among: catalog.symbols.keys.sorted())
    problems.append(
      Diagnostic(
        id: "ARCH006", "unknown Kconfig symbol \(name)", at: range,
        help: suggestion.isEmpty ? ["if the kernel has it, add it to 'symbols:'"] : suggestion))
  }

  private mutating func readConfig(
    known: (String) -> Bool, version: KernelVersion
  ) -> [String: Fact<Tristate>] {
    var config: [String: Fact<Tristate>] = [:]
    for entry in root["config"]?.entries ?? [] {
      guard let scalar = entry.value.scalar, let value = Tristate(letter: scalar.text) else { continue }
      if known(entry.key.text) {
        checkCanBeSet(entry.key, to: value, version: version)
      } else {
        checkSymbol(entry.key.text, at: entry.key.range, known: known)
      }
      config[entry.key.text] = Fact(value, range: entry.key.range)
    }
    return config
  }

  /// A `.config` cannot overrule what Kconfig computes; if `config:` could, an opt-in might be switched off by a word.
  private mutating func checkCanBeSet(_ key: Scalar, to value: Tristate, version: KernelVersion) {
    let known = catalog.symbol(key.text, in: version)
    if known == nil, catalog.symbols[key.text] != nil, value != .n {
      cannotBeSet(key, "\(version) has no \(key.text)", help: "remove the line")
    } else if let owner = known?.architecture, owner != root["arch"]?.scalar?.text, value != .n {
      cannotBeSet(key, "only arch/\(owner) has \(key.text)", help: "remove the line")
    } else if known?.isInteger == true {
      cannotBeSet(key, "\(key.text) holds a number", help: "remove the line")
    } else if known?.isFeature == true {
      cannotBeSet(
        key, "\(key.text) follows from the opt-in and its dependencies", help: "remove the line; say what they are")
    } else if known?.isSelectedOnly == true {
      cannotBeSet(
        key, "\(key.text) has no prompt: it is y where it is selected, and only there",
        help: "remove the line; list the select line under 'select:'")
    } else if let expression = known?.value, known?.architecture == nil {
      cannotBeSet(key, "\(key.text) follows from \(expression)", help: "remove the line")
    } else if value == .n, let select = unconditionalSelect(of: key.text) {
      problems.append(
        Diagnostic(
          id: "ARCH019", "\(key.text) is selected and cannot be n", at: key.range,
          notes: [.init("selected here", at: select.range)]))
    }
  }

  private mutating func cannotBeSet(_ key: Scalar, _ reason: String, help: String) {
    problems.append(
      Diagnostic(
        id: "ARCH019", "no .config can set \(key.text)", at: key.range, reasons: [reason], help: [help]))
  }

  private func unconditionalSelect(of symbol: String) -> Scalar? {
    (root["select"]?.items ?? []).first { $0["symbol"]?.scalar?.text == symbol && $0["if"] == nil }?["symbol"]?.scalar
  }

  private mutating func condition(_ node: Node?, known: (String) -> Bool) -> KconfigExpression? {
    guard let scalar = node?.scalar,
      let expression = attempt({ () throws(Diagnostic) in try KconfigExpression.parse(scalar.embeddedText) })
    else { return nil }
    for symbol in expression.symbols {
      checkSymbol(symbol.text, at: symbol.range, known: known)
    }
    return expression
  }

  private mutating func readSelects(known: (String) -> Bool) -> [Architecture.Select] {
    var selects: [Architecture.Select] = []
    for node in root["select"]?.items ?? [] {
      guard let symbol = node["symbol"]?.scalar else { continue }
      checkSymbol(symbol.text, at: symbol.range, known: known)
      let condition = condition(node["if"], known: known)
      selects.append(
        .init(symbol: Fact(symbol.text, range: symbol.range, at: kernelPlace(node)), condition: condition))
    }
    return selects
  }

  private mutating func readDefines(known: (String) -> Bool) -> [Architecture.Define] {
    var defines: [Architecture.Define] = []
    for node in root["define"]?.items ?? [] {
      guard let macro = node["macro"]?.scalar, let value = node["value"]?.scalar else { continue }
      let condition = condition(node["if"], known: known)
      defines.append(
        .init(
          macro: Fact(macro.text, range: macro.range, at: kernelPlace(node)), value: value.text, condition: condition))
    }
    return defines
  }

  private mutating func readStructPageSizes(known: (String) -> Bool) -> [Architecture.StructPageSize] {
    guard let node = root["struct_page"] else { return [] }
    if let size = node["size"], node["sizes"] != nil {
      problems.append(
        Diagnostic(
          id: "ARCH007", "both 'size' and 'sizes' are given", at: size.range,
          help: ["write it as the last of 'sizes', without 'if'", "or delete what is inherited: 'size: null'"]))
    }
    let list = node["sizes"]?.items ?? (node["size"] == nil ? [] : [node])
    var sizes: [Architecture.StructPageSize] = []
    for element in list {
      guard let scalar = element["size"]?.scalar, let bytes = attempt({ () throws(Diagnostic) in try scalar.asSize() })
      else { continue }
      if !(32...4096).contains(bytes) || bytes % 8 != 0 {
        problems.append(
          Diagnostic(
            id: "ARCH007", "sizeof(struct page) is \(bytes); it is a multiple of 8 from 32 to 4096", at: scalar.range))
      }
      if let first = sizes.first(where: { $0.condition == nil }) {
        problems.append(
          Diagnostic(
            id: "ARCH007", "this size is never reached", at: scalar.range, reasons: ["the first that fits counts"],
            notes: [.init("this one has no 'if' and always fits", at: first.bytes.range)]))
      }
      let condition = condition(element["if"], known: known)
      sizes.append(.init(bytes: Fact(bytes, range: scalar.range, at: kernelPlace(element)), condition: condition))
    }
    if sizes.isEmpty {
      problems.append(
        Diagnostic(
          id: "SCHEMA002", "missing key 'size' in 'struct_page'", at: root.keyRange("struct_page") ?? place,
          reasons: ["'size', or 'sizes' where it depends on .config"]))
    }
    return sizes
  }

  // MARK: page flags and code

  private mutating func readPageFlags(kernel: KernelProfile) -> [String: Int] {
    var flags = kernel.pageFlags
    for entry in root["page_flags"]?.entries ?? [] where entry.key.text != "at" {
      guard let scalar = entry.value.scalar else { continue }
      if kernel.pageFlags[entry.key.text] != nil {
        problems.append(
          Diagnostic(
            id: "ARCH008", "\(entry.key.text) is a page flag of \(kernel.range) itself", at: entry.key.range,
            help: ["names of the architecture's own stand on the left, such as PG_dcache_clean: PG_arch_1"]))
      } else if let bit = kernel.pageFlags[scalar.text] {
        flags[entry.key.text] = bit
      } else if let bit = Int(scalar.text), (0..<64).contains(bit) {
        flags[entry.key.text] = bit
      } else {
        problems.append(
          Diagnostic(
            id: "ARCH008", "'\(scalar.text)' is neither a page flag of \(kernel.range) nor a bit number 0..63",
            at: scalar.range, help: didYouMean(scalar.text, among: kernel.pageFlags.keys.sorted())))
      }
    }
    return flags
  }

  private func readCode(
    _ key: String, function: String, parameter: Routine.Parameter
  ) -> Architecture.PageFlagCode? {
    guard let node = root[key], let body = node["body"]?.scalar else { return nil }
    var effects: [String: DeclaredEffect] = [:]
    for entry in node["calls"]?.entries ?? [] {
      if let word = entry.value.scalar?.text, let effect = DeclaredEffect(rawValue: word) {
        effects[entry.key.text] = effect
      }
    }
    let name = node["function"]?.scalar?.text ?? function
    let routine = Routine(
      name: name, parameters: [parameter], body: body.embeddedText,
      declarations: node["declarations"]?.scalar?.embeddedText)
    return .init(
      routine: routine,
      origin: Fact(
        name, range: root.keyRange(key) ?? body.range, at: kernelPlace(node), reference: node["ref"]?.scalar?.text),
      effects: effects)
  }

  // MARK: helpers

  func texts(_ node: Node?) -> [String] {
    (node?.items ?? []).compactMap { $0.scalar?.text }
  }

  func kernelPlace(_ node: Node?) -> KernelPlace? {
    node?["at"]?.scalar.flatMap { KernelPlace($0.text) }
  }

  mutating func attempt<Value>(_ body: () throws(Diagnostic) -> Value) -> Value? {
    do throws(Diagnostic) {
      return try body()
    } catch {
      problems.append(error)
      return nil
    }
  }

  /// A fact in its short or long form.
  mutating func fact<Value>(
    _ key: String, _ transform: (Scalar) throws(Diagnostic) -> Value
  ) -> Fact<Value>? {
    guard let node = root[key], let scalar = node.scalar ?? node["value"]?.scalar else { return nil }
    return attempt { () throws(Diagnostic) in try transform(scalar) }.map {
      Fact($0, range: root.keyRange(key) ?? scalar.range, at: kernelPlace(node), reference: node["ref"]?.scalar?.text)
    }
  }
}
