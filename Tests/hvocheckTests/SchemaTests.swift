import TestSupport
import Testing

/// `hvocheck schema` prints what is committed under `schema/`.
struct SchemaTests {
  @Test(arguments: [
    "arch", "rules", "cases", "kernels", "baseline", "config", "report", "report-lines", "matrix", "kconfig",
  ])
  func `the committed schema is the one that the tool prints`(format: String) throws {
    let result = try Tool.run(["schema", format], in: TemporaryFolder())
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(try result.output == Repository.text("schema/\(format).\(format == "baseline" ? "v2" : "v1").json"))
  }
}
