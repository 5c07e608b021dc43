import Diagnostics
import Testing

@testable import KernelC

/// Compiles and runs C text as it would stand in a YAML file: indented, from some line on.
struct Fixture {
  static let path = "arches/x.yaml"
  static let firstLine = 10
  static let indentation = 4

  var interface = KernelInterface(
    structPageSize: 64, pageShift: 12,
    pageFlags: ["PG_dcache_clean": 14, "PG_arch_1": 14, "PG_dcache_dirty": 15, "PG_head": 6, "PG_reserved": 12])
  var parameters = [Routine.Parameter("page", .page)]
  var declarations: String?

  /// `text` with its first line at line 10, column 5.
  static func embedded(_ text: String, line: Int = firstLine) -> EmbeddedText {
    let count = text.split(separator: "\n", omittingEmptySubsequences: false).count
    return EmbeddedText(
      text: text, path: path,
      lineStarts: (0..<count).map { SourcePosition(line: line + $0, column: indentation + 1) })
  }

  func compile(_ body: String) throws(NotUnderstood) -> Program {
    try Program.compile(
      Routine(
        name: "flush_dcache_page", parameters: parameters, body: Self.embedded(body),
        declarations: declarations.map { Self.embedded($0, line: 100) }),
      interface: interface)
  }

  /// The paths of one run and, for each, the flags word of the struct page at its end.
  func run(
    _ body: String, on memory: FlatVmemmap = FlatVmemmap(structPages: 512), at structPage: Int = 0,
    limits: Limits = Limits()
  ) throws(NotUnderstood) -> [(path: ExecutionPath, flags: UInt64)] {
    var memory = memory
    var results: [(ExecutionPath, UInt64)] = []
    try compile(body).run(page: FlatVmemmap.address(of: structPage), on: &memory, limits: limits) { path, memory in
      results.append((path, memory.flags(of: structPage)))
    }
    return results
  }

  /// The one path of a run without forks.
  func runOnce(
    _ body: String, on memory: FlatVmemmap = FlatVmemmap(structPages: 512), at structPage: Int = 0
  ) throws -> (path: ExecutionPath, flags: UInt64) {
    let paths = try run(body, on: memory, at: structPage)
    return try #require(paths.count == 1 ? paths.first : nil)
  }

  /// What is not understood: at compile time, or at the end of the first path that does not end well.
  func refusal(_ body: String, limits: Limits = Limits()) -> NotUnderstood? {
    do {
      for (path, _) in try run(body, limits: limits) {
        if case .notUnderstood(let reason) = path.ending { return reason }
      }
      return nil
    } catch {
      return error
    }
  }
}

extension ExecutionPath {
  var isReturned: Bool { ending == .returned }

  /// The operation of the first fault.
  var faultingOperation: String? { faults.first?.operation }

  /// Conditions as `text` and `!text`.
  var conditionTexts: [String] { conditions.map { ($0.isTrue ? "" : "!") + $0.text } }
}

extension SourceRange {
  var startText: String { "\(start.line):\(start.column)" }
  var text: String { "\(start.line):\(start.column)-\(end.line):\(end.column)" }
}
