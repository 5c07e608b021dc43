package import Architectures
package import Diagnostics
import Kconfig
package import KernelC
package import Vmemmap

/// Runs the full remap simulation on every reachable configuration of an architecture.
package struct ArchitectureSimulator: Sendable {
  private let catalog: KernelCatalog

  /// A simulator that knows the kernels of a catalog.
  package init(catalog: KernelCatalog) {
    self.catalog = catalog
  }

  /// Simulates all configurations and HugeTLB page sizes.
  /// - Parameter beforeCell: is told the architecture and the HugeTLB page size that come next.
  /// - Throws: facts that do not fit together, with their place in the descriptor.
  package func simulate(
    _ architecture: Architecture, beforeCell: (Architecture, UInt64) -> Void = { _, _ in }
  ) throws(Diagnostics) -> SimulatedArchitecture {
    let space = ConfigurationSpace(of: architecture, catalog: catalog)
    var configurations = try configurations(in: space)
    for index in configurations.indices where configurations[index].isEnabled {
      let simulation = CellSimulation(architecture: architecture, configuration: configurations[index])
      for position in configurations[index].cells.indices {
        let hugepage = configurations[index].cells[position].hugepage
        beforeCell(architecture, hugepage.value)
        configurations[index].cells[position].observation = try simulation.observe(hugepage)
      }
      configurations[index].trusted = simulation.trusted
    }
    return SimulatedArchitecture(space: space, configurations: configurations)
  }

  /// The configurations of an architecture, those with HVO first; nothing is simulated yet.
  /// - Throws: facts that do not fit together, with their place in the descriptor.
  package func configurations(of architecture: Architecture) throws(Diagnostics) -> [SimulatedConfiguration] {
    try configurations(in: ConfigurationSpace(of: architecture, catalog: catalog))
  }

  private func configurations(in space: ConfigurationSpace) throws(Diagnostics) -> [SimulatedConfiguration] {
    let architecture = space.architecture
    return try reachable(in: space).map { configuration throws(Diagnostics) in
      guard let size = space.structPageSize(in: configuration) else {
        throw Diagnostics([
          Diagnostic(
            id: "ARCH016", "no sizeof(struct page) for \(configuration.assumptions)",
            at: architecture.structPageSizes.first?.bytes.range ?? architecture.directory.range,
            help: ["add a size without 'if' as the last one"])
        ])
      }
      let id = ConfigurationID(architecture: architecture.id, assumptions: configuration.assumptions)
      return SimulatedConfiguration(
        id: id, configuration: configuration, isEnabled: space.isEnabled(in: configuration),
        optsIn: space.optsIn(in: configuration), structPageSize: size, macros: space.macros(in: configuration),
        cells: architecture.hugepages.map { size in
          SimulatedCell(id: CellID(configuration: id, hugepage: size.value), hugepage: size, observation: nil)
        })
    }
  }

  private func reachable(in space: ConfigurationSpace) throws(Diagnostics) -> [Configuration] {
    do throws(Diagnostic) {
      return try space.configurations()
    } catch {
      throw Diagnostics([error])
    }
  }
}

/// One configuration made ready to run: the machine's facts and the architecture's code for them.
package struct CellSimulation {
  private let architecture: Architecture
  private let configuration: SimulatedConfiguration
  private let flush: FlushExperiment.Code
  private let icacheSync: FlushExperiment.Code

  /// Prepares a configuration in which the feature is built in.
  package init(architecture: Architecture, configuration: SimulatedConfiguration) {
    self.architecture = architecture
    self.configuration = configuration
    var config: [String: ConfigValue] = [:]
    for (name, value) in configuration.configuration.values {
      config[name] =
        switch value {
        case .y: .yes
        case .m: .module
        case .n: .no
        }
    }
    let interface = KernelInterface(
      structPageSize: configuration.structPageSize.value, pageShift: architecture.layout.pageShift,
      pageFlags: architecture.pageFlags, config: config,
      macros: Dictionary(
        configuration.macros.map { ($0.macro.value, $0.value) }, uniquingKeysWith: { first, _ in first }),
      predicates: Set(architecture.kernel.predicates.keys))
    flush = Self.compile(architecture.flush, interface)
    icacheSync = Self.compile(architecture.icacheSync, interface)
  }

  /// Declared effects on which the runs rest.
  package var trusted: [TrustedEffect] {
    [flush, icacheSync].flatMap { code -> [TrustedEffect] in
      if case .program(let program) = code { program.trusted } else { [] }
    }
  }

  /// The machine of this configuration, without memory.
  /// - Throws: facts that do not fit together.
  package func setup() throws(Diagnostics) -> MachineSetup {
    let layout = architecture.layout
    let geometry: Geometry
    do throws(GeometryError) {
      geometry = try Geometry(
        pageShift: layout.pageShift, levels: layout.levels, structPageSize: configuration.structPageSize.value,
        sectionSizeBits: layout.sectionSizeBits, vmemmapStart: layout.vmemmapStart, vmemmapSize: layout.vmemmapSize,
        baseRule: layout.vmemmapBase, populateLeaf: layout.vmemmapLeaves.count > 1 ? .blocks : .basePages)
    } catch {
      throw contradiction("the memory layout cannot be built", error.inWords, at: place(of: error))
    }
    var predicates: [String: MachineSetup.Predicate] = [:]
    for (name, meaning) in architecture.kernel.predicates {
      predicates[name] = meaning == .staticKey ? .staticKey : .switchedOn
    }
    return MachineSetup(
      geometry: geometry, memory: [], pteFormat: layout.format, generation: architecture.kernel.generation,
      pageKernelRO: architecture.pageKernelReadOnly.value, headFlagBit: architecture.pageFlags["PG_head"] ?? 6,
      compiledIn: configuration.isEnabled, bootParameter: true, predicates: predicates)
  }

  /// Simulates one HugeTLB page size.
  /// - Throws: facts that do not fit together.
  package func observe(_ hugepage: Fact<UInt64>) throws(Diagnostics) -> Observation {
    let experiment = FlushExperiment(
      setup: try setup(), memoryStart: architecture.layout.memoryStart, hugepageSize: hugepage.value, flush: flush,
      icacheSync: icacheSync)
    do throws(FlushExperiment.Failure) {
      return try experiment.observe()
    } catch {
      let message = "a \(sizeText(hugepage.value)) HugeTLB page cannot be simulated"
      switch error {
      case .setup(let mistake): throw contradiction(message, mistake.inWords, at: place(of: mistake) ?? hugepage.range)
      case .hugepage(let mistake): throw contradiction(message, mistake.inWords, at: hugepage.range)
      }
    }
  }

  private static func compile(
    _ code: Architecture.PageFlagCode?, _ interface: KernelInterface
  ) -> FlushExperiment.Code {
    guard let code else { return .none }
    var interface = interface
    interface.effects = code.effects
    do throws(NotUnderstood) {
      return .program(try Program.compile(code.routine, interface: interface))
    } catch {
      return .notUnderstood(error)
    }
  }

  private func contradiction(_ message: String, _ reason: String, at range: SourceRange?) -> Diagnostics {
    Diagnostics([
      Diagnostic(
        id: "ARCH017", message, at: range ?? architecture.directory.range, reasons: ["\(architecture.name): \(reason)"])
    ])
  }

  /// The fact that does not fit, where one alone is to blame.
  private func place(of mistake: GeometryError) -> SourceRange? {
    switch mistake {
    case .structPageSizeZero, .structPageSizeInvalid: configuration.structPageSize.range
    case .vmemmapEmpty, .vmemmapMisaligned, .vmemmapWraps: architecture.layout.vmemmapSizeRange
    default: nil
    }
  }

  private func place(of mistake: SetupError) -> SourceRange? {
    if case .vmemmapTooSmall = mistake { architecture.layout.vmemmapSizeRange } else { nil }
  }
}
