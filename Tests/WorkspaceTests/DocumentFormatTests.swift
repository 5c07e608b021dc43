import Diagnostics
import Testing

@testable import Workspace

/// Files of several formats may lie in one folder; what is certainly another one is left out.
struct DocumentFormatTests {
  @Test(arguments: [
    ("schema: hvo/rules/v1\n", true), ("# x\nschema: 'hvo/cases/v1'\n", true), ("schema: hvo/arch/v1\n", false),
    ("schema: hvo/arhc/v1\n", false), ("schema: hvo/config/v1\n", true), ("{schema: hvo/rules/v1}\n", false),
    ("schema: hvo/rules/v1\nschema: hvo/arch/v1\n", false), ("", false), ("schema: hvo/kernels/v1\n", true),
    ("schema: hvo/baseline/v1\n", true), ("schema: hvo/baseline/v2\n", true),
  ])
  func `descriptors`(text: String, isOther: Bool) {
    #expect(DocumentFormat.descriptor.excludes(SourceFile(path: "x.yaml", text: text)) == isOther)
  }

  @Test func `no format excludes itself, and each excludes all others`() {
    let names = ["hvo/arch/v1", "hvo/rules/v1", "hvo/cases/v1", "hvo/kernels/v1", "hvo/baseline/v2", "hvo/config/v1"]
    for (format, own) in zip(DocumentFormat.allCases, names) {
      for name in names {
        let file = SourceFile(path: "x.yaml", text: "schema: \(name)\n")
        #expect(format.excludes(file) == (name != own), "\(format) \(name)")
      }
    }
  }
}
