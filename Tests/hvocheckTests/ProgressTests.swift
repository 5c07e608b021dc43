import TestSupport
import Testing

/// The line on a terminal that says how far a long run is, as a whole process shows it.
struct ProgressTests {
  @Test func `a pipe never sees it`() throws {
    let folder = try TemporaryFolder.withShippedDescriptors()
    #expect(try !Tool.run(["check"], in: folder).errors.contains("\r"))
  }
}
