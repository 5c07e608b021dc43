import Architectures
import Diagnostics
import Kconfig
import KernelC
import Vmemmap

/// An architecture as a text that shows each value with where it was read.
struct ArchitectureText {
  private(set) var text = ""

  init(_ architecture: Architecture) {
    line("\(architecture.name): \(architecture.title)")
    line("kernel", "\(architecture.version.value), \(architecture.kernel.generationName)", architecture.version)
    line("arch", architecture.directory.value, architecture.directory)
    for (name, fact) in architecture.config.sorted(by: { $0.key < $1.key }) {
      line("config", "\(name)=\(fact.value.letter)", fact)
    }
    for select in architecture.selects {
      line("select", select.symbol.value + condition(select.condition), select.symbol)
    }
    for define in architecture.defines {
      line("define", "\(define.macro.value)=\(define.value)" + condition(define.condition), define.macro)
    }
    let own = architecture.pageFlags.filter { architecture.kernel.pageFlags[$0.key] == nil }.sorted { $0.key < $1.key }
    line("  page flags \(own.map { "\($0.key)=\($0.value)" }.joined(separator: " "))")
    for size in architecture.structPageSizes {
      line("struct page", "\(size.bytes.value)" + condition(size.condition), size.bytes)
    }
    line("page_kernel_ro", "\(architecture.pageKernelReadOnly.value)", architecture.pageKernelReadOnly)
    line("live_pte_replace", architecture.livePTEReplace.value.rawValue, architecture.livePTEReplace)
    layout(architecture.layout)
    for size in architecture.hugepages { line("hugepage", sizeText(size.value), size) }
    code("flush", architecture.flush)
    code("icache_sync", architecture.icacheSync)
    line("  flush said at \(brief(architecture.flushRange)) of \(architecture.flushRange.path)")
    line("  oops \(architecture.oops)")
    line("  ptdump \(architecture.ptdump?.rawValue ?? "not modelled")")
  }

  private mutating func layout(_ layout: MemoryLayoutFacts) {
    line("  levels \(layout.levels.map { "\($0.name) \($0.shift)" }.joined(separator: ", ")), page \(layout.pageShift)")
    line(
      "  vmemmap 0x\(String(layout.vmemmapStart, radix: 16)) \(sizeText(layout.vmemmapSize)), \(layout.vmemmapBase), "
        + "leaves \(layout.vmemmapLeaves.joined(separator: " "))")
    line("  section \(layout.sectionSizeBits), memory 0x\(String(layout.memoryStart, radix: 16))")
    line(
      "  \(layout.format == .neutral ? "neutral entries" : "entries rw 0x\(String(layout.format.readWrite, radix: 16))")"
    )
  }

  private mutating func code(_ name: String, _ code: Architecture.PageFlagCode?) {
    guard let code else { return line("  \(name) none") }
    let effects = code.effects.sorted { $0.key < $1.key }.map { " \($0.key): \($0.value.rawValue)" }.joined()
    line(name, "\(code.routine.name)(\(code.routine.parameters.map(\.name).joined()))\(effects)", code.origin)
    line("    \(code.routine.body.text.split(separator: "\n").joined(separator: " "))")
  }

  private mutating func line(_ name: String, _ value: String, _ fact: Fact<some Sendable & Hashable>) {
    let kernel = (fact.at.map { ", at \($0)" } ?? "") + (fact.reference.map { ", ref \($0)" } ?? "")
    line("  \(name) \(value) <- \(fact.range.path):\(brief(fact.range))\(kernel)")
  }

  private mutating func line(_ line: String) {
    text += line + "\n"
  }

  private func condition(_ expression: KconfigExpression?) -> String {
    expression.map { " if \($0)" } ?? ""
  }
}
