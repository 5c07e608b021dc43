import Foundation
import Testing

@testable import Workspace

/// The line on a terminal that says how far a long run is.
struct ProgressLineTests {
  /// A clock that the test moves, and what was written.
  private final class Terminal {
    var nanoseconds: UInt64 = 5_000_000_000
    var written: [String] = []

    func progress(architectures: Int) -> ProgressLine {
      ProgressLine(architectures: architectures, nanoseconds: { self.nanoseconds }, write: { self.written.append($0) })
    }
  }

  @Test func `a short run shows nothing`() {
    let terminal = Terminal()
    let progress = terminal.progress(architectures: 2)
    progress.begin("arm64-4k", hugepage: 2 << 20)
    terminal.nanoseconds += 1_000_000_000
    progress.begin("arm64-16k", hugepage: 2 << 20)
    progress.end()
    #expect(terminal.written == [])
  }

  @Test func `a long run shows one line and takes it away`() {
    let terminal = Terminal()
    let progress = terminal.progress(architectures: 14)
    progress.begin("arm64-4k", hugepage: 2 << 20)
    terminal.nanoseconds += 1_000_000_001
    progress.begin("arm64-4k", hugepage: 1 << 30)
    progress.begin("x86", hugepage: 2 << 20)
    progress.end()
    progress.end()
    #expect(
      terminal.written == ["\rarm64-4k 1G 1/14", "\rx86 2M 2/14     ", "\r           \r"])
  }

  @Test func `names that steer terminals do not, and long ones do not wrap`() {
    let terminal = Terminal()
    let progress = terminal.progress(architectures: 1)
    terminal.nanoseconds += 2_000_000_000
    progress.begin("\u{1B}[2J" + String(repeating: "x", count: 200), hugepage: 4096)
    #expect(terminal.written.count == 1)
    #expect(terminal.written.allSatisfy { $0.count <= 73 && !$0.contains("\u{1B}") })
  }
}
