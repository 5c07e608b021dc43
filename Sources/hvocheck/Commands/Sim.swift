import Architectures
import ArgumentParser
import Diagnostics
import Files
import Policy
import Simulation
import Vmemmap
import Workspace

/// `hvocheck sim`: what the remap does to one HugeTLB page size, without rules.
struct Sim: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sim",
    abstract: "Simulate the remap and the architecture's flush_dcache_page(); applies no rules.",
    discussion: """
      EXAMPLES
        hvocheck sim arm64-4k --hugepage 2M
        hvocheck sim arm64-4k --hugepage 2M --trace
        hvocheck sim x86_64 --hugepage 2M --count 4 --memory 0x100000000+2G --dump
        hvocheck sim arm64-4k --hugepage 2M --at 0x42a00000,0x42800000 --dump
        hvocheck sim arm64-4k --script steps.txt

      A SCRIPT has one step a line:
        boot hugetlb_free_vmemmap=on|off        memory START+SIZE
        alloc SIZE ADDRESS...                   free ADDRESS... | free all
        sysctl vm.hugetlb_optimize_vmemmap=0|1  leave-free-frames COUNT
        dump [LABEL]                            # comment
      """)

  @Argument(help: "The architecture with its variant, such as arm64-4k.")
  var architecture: String

  @Option(help: "The HugeTLB page size, such as 2M.")
  var hugepage: String?

  @Option(help: "How many HugeTLB pages, one behind the other.")
  var count: Int?

  @Option(help: ArgumentHelp("Physical addresses of the HugeTLB pages, separated by commas.", valueName: "addresses"))
  var at: String?

  @Option(help: ArgumentHelp("Physical memory; may be repeated.", valueName: "start+size"))
  var memory: [String] = []

  @Option(help: ArgumentHelp("hugetlb_free_vmemmap=on or off.", valueName: "on|off"))
  var boot: SwitchState?

  @Flag(help: "Print every step of the machine and what the flush does on one struct page.")
  var trace = false

  @Option(help: ArgumentHelp("The struct page to trace; by default the first that faults.", valueName: "index"))
  var structPage: Int?

  @Flag(help: "Print the vmemmap part of kernel_page_tables, in the kernel's own format.")
  var dump = false

  @Option(help: "A file with steps; see above.", completion: .file())
  var script: String?

  @Option(name: .customLong("select"), help: "What if the architecture selected this symbol too?")
  var selects: [String] = []

  @Option(help: "Where the descriptors are.", completion: .file())
  var arches: String = "./arches"

  /// `on` or `off`.
  enum SwitchState: String, CaseIterable, ExpressibleByArgument {
    case on
    case off
  }

  func validate() throws {
    if (script == nil) == (hugepage == nil) { throw ValidationError("Give either --hugepage or --script.") }
    let describesMachine = at != nil || !memory.isEmpty || count != nil || boot != nil
    if script != nil, describesMachine || trace || dump {
      throw ValidationError("A script says itself what the machine has, where HugeTLB pages are and when to dump.")
    }
    if describesMachine, script == nil, !trace, !dump {
      throw ValidationError("--at, --memory, --count and --boot describe the machine of --dump and --trace.")
    }
    if let count, !(1...1_048_576).contains(count) {
      throw ValidationError("--count is a number from 1 to 1048576.")
    }
    if at != nil, count != nil { throw ValidationError("--at lists the HugeTLB pages; --count is their number.") }
    if structPage != nil, !trace { throw ValidationError("--struct-page needs --trace.") }
  }

  func run() throws {
    let workspace = try Workspace()
    try workspace.requireOptInSymbols(selects)
    var (architecture, loaded) = try workspace.architecture(architecture, in: arches)
    architecture.selectAlso(selects)
    let configuration = try Self.configuration(of: architecture, workspace, loaded)
    let simulation = CellSimulation(architecture: architecture, configuration: configuration)
    let assumptions = configuration.configuration.assumptions
    if !assumptions.isEmpty {
      // Not on standard output: a dump there is compared with a real one.
      var messages = OutputStream.standardError
      messages.write("note: assumed \(assumptions), on which the descriptor is silent\n")
    }
    var output = OutputStream.standardOutput
    if let script {
      let fileSystem = FileSystem()
      let file = try fileSystem.read(fileSystem.shortened(script))
      let steps: SimulationScript
      do throws(Diagnostics) {
        steps = try SimulationScript(file)
      } catch {
        throw CommandFailure(error.all, files: [file])
      }
      try runScript(steps, simulation, architecture, files: [file], into: &output)
      return
    }
    let size = try hugepageSize(of: architecture)
    if trace || dump {
      let steps = try placed(size, architecture, simulation)
      if trace { try runTrace(steps, size, simulation, architecture, into: &output) }
      if dump { try runScript(steps.withDump, simulation, architecture, files: [], into: &output) }
    } else {
      let observation = try Self.located(loaded) { () throws(Diagnostics) in try simulation.observe(size) }
      SimulationSummary(architecture: architecture, hugepage: size.value, observation: observation).write(into: &output)
    }
  }

  // MARK: preparation

  /// The first configuration in which HVO is built in.
  private static func configuration(
    of architecture: Architecture, _ workspace: Workspace, _ loaded: LoadedDescriptors
  ) throws -> SimulatedConfiguration {
    let simulator = ArchitectureSimulator(catalog: workspace.catalog)
    let configurations = try located(loaded) { () throws(Diagnostics) in
      try simulator.configurations(of: architecture)
    }
    guard let enabled = configurations.first(where: { $0.isEnabled }) else {
      throw CommandFailure(
        Diagnostic(
          id: "SIM007", "\(architecture.name): HVO is off, there is nothing to simulate", at: nil,
          reasons: ["\(architecture.kernel.feature) is n in every configuration"],
          help: architecture.kernel.optInSymbol.map { ["what if it were selected: --select \($0)"] } ?? []))
    }
    return enabled
  }

  private static func located<Value>(
    _ loaded: LoadedDescriptors, _ body: () throws(Diagnostics) -> Value
  ) throws(CommandFailure) -> Value {
    do throws(Diagnostics) {
      return try body()
    } catch {
      throw CommandFailure(error.all, files: loaded.files)
    }
  }

  private func hugepageSize(of architecture: Architecture) throws -> Fact<UInt64> {
    let sizes = architecture.hugepages
    if let bytes = hugepage.flatMap(SimulationScript.number), let known = sizes.first(where: { $0.value == bytes }) {
      return known
    }
    throw CommandFailure(
      Diagnostic(
        id: "SIM008", "\(architecture.name) has no HugeTLB page size '\(hugepage ?? "")'", at: nil,
        help: ["sizes are: " + sizes.map { sizeText($0.value) }.joined(separator: ", ")]))
  }

  /// The HugeTLB pages where the user wants them, else one behind the other at the start of memory; the one page of the
  /// experiment, whose addresses findings name, where the user wants nothing.
  private func placed(
    _ size: Fact<UInt64>, _ architecture: Architecture, _ simulation: CellSimulation
  ) throws -> SimulationScript {
    var script = SimulationScript()
    script.bootParameter = boot != .off
    if memory.isEmpty, at == nil, count == nil,
      let own = try simulation.setup().withMemory(for: size.value, from: architecture.layout.memoryStart).memory.first
    {
      script.memory = [(own.start, own.size)]
      script.steps = [.init(action: .allocate(size: size.value, addresses: [own.start]), place: nil)]
      return script
    }
    for text in memory {
      guard let range = SimulationScript.range(text) else {
        throw Self.wrong("--memory wants START+SIZE, such as 0x40000000+1G, not '\(text)'")
      }
      script.memory.append(range)
    }
    var addresses: [UInt64] = []
    for text in at?.split(separator: ",", omittingEmptySubsequences: false) ?? [] {
      guard let address = SimulationScript.number(String(text)) else {
        throw Self.wrong("--at wants physical addresses such as 0x40000000, not '\(text)'")
      }
      addresses.append(address)
    }
    if addresses.isEmpty {
      let start = script.memory.first?.start ?? architecture.layout.memoryStart
      let first = (start &+ size.value &- 1) / size.value &* size.value
      addresses = (0..<UInt64(count ?? 1)).map { first &+ $0 &* size.value }
    }
    if script.memory.isEmpty {
      script.memory = [architecture.memory(around: addresses, hugepage: size.value)]
    }
    script.steps = [.init(action: .allocate(size: size.value, addresses: addresses), place: nil)]
    return script
  }

  private static func wrong(_ message: String) -> CommandFailure {
    CommandFailure(Diagnostic(id: "USAGE007", message, at: nil))
  }

  // MARK: runs

  private func runScript(
    _ script: SimulationScript, _ simulation: CellSimulation, _ architecture: Architecture, files: [SourceFile],
    into output: inout some TextOutputStream
  ) throws {
    var script = script
    if script.memory.isEmpty {
      let start = architecture.layout.memoryStart
      script.memory = [(start, 4 << 30)]
    }
    do {
      var runner = try ScriptRunner(script, setup: try simulation.setup(), style: architecture.ptdump)
      try runner.run(script.steps, into: &output)
    } catch let diagnostic as Diagnostic {
      throw CommandFailure([diagnostic], files: files)
    } catch let diagnostics as Diagnostics {
      throw CommandFailure(diagnostics.all, files: files)
    }
  }

  private func runTrace(
    _ script: SimulationScript, _ size: Fact<UInt64>, _ simulation: CellSimulation, _ architecture: Architecture,
    into output: inout some TextOutputStream
  ) throws {
    var runner = try ScriptRunner(script, setup: try simulation.setup(), style: architecture.ptdump)
    runner.startRecording()
    // Written as a whole or not at all: half a trace would look like a short one.
    var text = ""
    try runner.run(script.steps, into: &text)
    MachineTrace(machine: runner.machine).writeLog(into: &text)
    try FlushTrace(simulation: simulation, architecture: architecture, hugepage: size, structPage: structPage)
      .write(into: &text)
    output.write(text)
  }
}

extension SimulationScript {
  /// The script with a dump at its end.
  fileprivate var withDump: SimulationScript {
    var script = self
    script.steps.append(.init(action: .dump(label: nil), place: nil))
    return script
  }
}

extension Architecture {
  /// Memory from the usual start to a section or more behind the last HugeTLB page, for the vmemmap's own frames.
  fileprivate func memory(around addresses: [UInt64], hugepage: UInt64) -> (start: UInt64, size: UInt64) {
    let section = UInt64(1) << UInt64(layout.sectionSizeBits)
    let start = min(addresses.min() ?? 0, layout.memoryStart) / section &* section
    let end = (addresses.max() ?? 0) &+ hugepage
    let behind = max(section, (end &- start) / 32)
    return (start, ((end &+ behind) &- start &+ section &- 1) / section &* section)
  }
}
