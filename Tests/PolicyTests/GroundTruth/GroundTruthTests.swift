import Architectures
import Policy
import Simulation
import Testing
import Vmemmap

/// The whole way from descriptor to verdict against what people found out about real kernels.
struct GroundTruthTests {
  /// Rows that no descriptor can say, with the reason.
  private static let notExpressible: [String: String] = [:]
  private static let rowCount = 97

  @Test func `every row is either expressed or listed with its reason`() throws {
    let catalog = try Shipped.catalog()
    var reasons: [String: String] = [:]
    for row in try GroundTruth.rows() {
      do throws(Port.CannotExpress) {
        _ = try Port(row, catalog: catalog)
      } catch {
        reasons[row.id] = error.reason
      }
    }
    #expect(reasons == Self.notExpressible)
  }

  @Test func `all rows that can be expressed agree in everything`() throws {
    var agreeing = 0
    for row in try GroundTruth.rows() where Self.notExpressible[row.id] == nil {
      let differences = try differences(in: row)
      #expect(differences.isEmpty, "\(row.testDescription)")
      agreeing += differences.isEmpty ? 1 : 0
    }
    #expect(agreeing == Self.rowCount - Self.notExpressible.count)
    #expect(try GroundTruth.rows().count == Self.rowCount)
  }

  @Test func `a row with another verdict would be noticed`() throws {
    let row = try #require(GroundTruth.rows().first { $0.id == "GT012" })
    for (column, value) in [
      ("verdict", "SAFE"), ("verdict_flush", "SAFE"), ("verdict_bbm", "SAFE"), ("fault_count", "8"),
      ("faulting_tail_indices", "64..384 step 64"), ("struct_pages", "511"), ("vmemmap_pages", "7"),
      ("freed_pages", "8"), ("reserve_pages", "2"),
    ] {
      var changed = row
      changed.columns[column] = value
      #expect(try differences(in: changed).count == 1, "\(column)")
    }
  }

  @Test(arguments: [
    ("GT041", "HVO010"), ("GT047", "HVO011"), ("GT009", "HVO030"), ("GT053", "HVO030"), ("GT014", "HVO031"),
    ("GT019", "HVO002"), ("GT022", "HVO002"),
  ])
  func `what the table only remarks is a finding of its own`(id: String, rule: String) throws {
    let row = try #require(GroundTruth.rows().first { $0.id == id })
    #expect(try !Port(row, catalog: Shipped.catalog()).checked().findings(rule).isEmpty)
  }

  /// The symbol that the row's kernel has for opting in, or that of the feature where there is none.
  private func optIn(of port: Port, in catalog: KernelCatalog) throws -> String {
    let profile = try #require(
      KernelVersion(port.version).flatMap { catalog.profile(of: $0, patches: port.patches) })
    if case .symbol(let name) = profile.optIn { return name }
    return profile.feature
  }

  /// What the row names; nil where it names nothing, or a symbol that is deliberately another one.
  private static func optIn(_ row: GroundTruthRow) -> String? {
    let name = row["hvo_symbol"].prefix { $0 != " " }
    let isOther = row["hvo_symbol"].contains("undefined symbol") || name == "ARCH_WANT_OPTIMIZE_DAX_VMEMMAP"
    return name.isEmpty || isOther ? nil : String(name)
  }

  private func differences(in row: GroundTruthRow) throws -> [String] {
    let catalog = try Shipped.catalog()
    let port = try Port(row, catalog: catalog)
    let found = try GroundTruthFindings(port.checked(), architecture: port.architecture(catalog), catalog: catalog)
    var differences: [String] = []
    func compare<Value: Equatable>(_ column: String, _ found: Value?, _ expected: Value?) {
      if found != expected {
        differences.append("\(column): found \(String(describing: found)), the table has \(row[column])")
      }
    }
    compare("verdict", found.verdict, row["verdict"])
    compare("verdict_flush", found.flush, row["verdict_flush"])
    compare("verdict_bbm", found.remap, row["verdict_bbm"])
    compare("faulting_tail_indices", found.writtenTails, row.faultingIndices)
    compare("fault_count", found.writtenTails.count, Int(row["fault_count"]))
    compare("struct_pages", found.structPages, UInt64(row["struct_pages"]))
    compare("vmemmap_pages", found.vmemmapPages, Double(row["vmemmap_pages"]))
    compare("freed_pages", found.freedPages, UInt64(row["freed_pages"]))
    compare("reserve_pages", found.reservedPages, UInt64(row["reserve_pages"]))
    if let named = Self.optIn(row) { compare("hvo_symbol", try optIn(of: port, in: catalog), named) }
    return differences + found.disagreements
  }
}

/// The findings of a port in the words of the table.
///
/// HVO_OFF > NOT_OPTIMIZABLE > RO_TAIL_WRITE > ALIAS_WRITE > BBM_UNSAFE > SAFE_FLUSH_BBM_UNKNOWN > SAFE. Lost flushes
/// (HVO002, a warning) and the size of struct page (HVO030, HVO031) have no word of their own there.
struct GroundTruthFindings {
  var verdict: String
  var flush: String
  var remap: String
  /// Tails in remapped vmemmap pages whose flush faults, or changes others through an alias.
  var writtenTails: [Int] = []
  var structPages: UInt64?
  var vmemmapPages: Double?
  var freedPages: UInt64?
  var reservedPages: UInt64?
  /// What our own findings, runs and verdicts say against each other.
  var disagreements: [String] = []

  init(_ port: CheckedPort, architecture: Architecture, catalog: KernelCatalog) throws {
    let checked = port.checked
    guard let configuration = checked.configurations.first, checked.configurations.count == 1,
      let hugepage = architecture.hugepages.first, let cellVerdict = port.verdicts.first, port.verdicts.count == 1
    else { throw Port.CannotExpress(reason: "more than one configuration or hugepage size") }
    // The table has these numbers for kernels without the feature too.
    let geometry = try CellSimulation(architecture: architecture, configuration: configuration).setup().geometry
    let kept = architecture.kernel.generation.reservedPages
    reservedPages = kept
    structPages = geometry.structPages(ofHugepage: hugepage.value)
    vmemmapPages = geometry.vmemmapBytes(ofHugepage: hugepage.value).map { Double($0) / Double(geometry.pageSize) }
    freedPages = geometry.freedPages(perHugepage: hugepage.value, keeping: kept)

    guard configuration.isEnabled, let observation = port.observation else {
      (verdict, flush, remap) = ("HVO_OFF", "n/a", "n/a")
      if cellVerdict.overall != .off { disagreements.append("verdict \(cellVerdict.overall) for HVO_OFF") }
      return
    }
    if UInt64(observation.structPages) != structPages || observation.freedPages != freedPages {
      disagreements.append("the observation has other numbers than the geometry")
    }
    guard observation.obstacle == nil else {
      (verdict, flush, remap) = ("NOT_OPTIMIZABLE", "n/a", "n/a")
      if cellVerdict.overall != .notApplicable { disagreements.append("\(cellVerdict.overall) for NOT_OPTIMIZABLE") }
      return
    }
    if port.findings.contains(where: { ["HVO004", "HVO005", "HVO006", "HVO007", "HVO013"].contains($0.rule) }) {
      disagreements.append("findings beside the flush itself: \(port.findings.map(\.rule))")
    }
    let faults = port.findings("HVO001").first
    let aliases = port.findings("HVO003").first
    // The tails beside the head are writable by design; the table counts stores through remapped pages.
    let firstRemapped = Int(kept * geometry.structPagesPerVmemmapPage)
    let faulting = Self.indices(observation, where: \.isFault)
    let aliasing = Self.indices(observation, where: { !$0.aliases.isEmpty }).filter { $0 >= firstRemapped }
    writtenTails = faults != nil ? faulting : aliasing
    if let witness = faults?.witness, witness.firstIndex != faulting.first || witness.count > faulting.count {
      disagreements.append("HVO001 shows \(witness), the runs \(faulting.count) from \(faulting.first ?? -1)")
    }
    flush = faults != nil ? "RO_TAIL_WRITE" : !aliasing.isEmpty ? "ALIAS_WRITE" : "SAFE"
    switch port.findings("HVO020").first?.outcome {
    case .violated?: remap = "BBM_UNSAFE"
    case .undecided?: remap = "UNKNOWN"
    case nil: remap = "SAFE"
    }
    verdict = flush != "SAFE" ? flush : remap == "UNKNOWN" ? "SAFE_FLUSH_BBM_UNKNOWN" : remap
    let expected: (Verdict, Verdict) = (
      faults != nil || aliases != nil ? .fail : architecture.flush == nil ? .notApplicable : .ok,
      remap == "SAFE" ? .ok : remap == "UNKNOWN" ? .undecided : .fail
    )
    if (cellVerdict.flush, cellVerdict.remap) != expected {
      disagreements.append("the matrix says \(cellVerdict.flush) and \(cellVerdict.remap), the findings \(expected)")
    }
  }

  private static func indices(_ observation: Observation, where isMeant: (RunOutcome) -> Bool) -> [Int] {
    var all = StructPageSet(of: observation.structPages)
    for outcome in observation.flush where isMeant(outcome) { all.formUnion(outcome.structPages) }
    return all.indices
  }
}
