import Foundation
import Testing

/// `hvocheck report --mail`, from the finding to the change that makes it go away.
struct MailTests {
  @Test func `the change in the mail can be applied, and the finding is gone`() throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy(selects: [Ports.optIn]))
    let result = try Tool.run(["report", "--mail", "port.yaml", "-o", "mail.txt"], in: folder)
    #expect(result.status == 1)
    #expect(result.output == "" && result.errors == "")
    #expect(try folder.read("mail.txt").hasPrefix("Subject: [toy] "))
    let patched = try Tool.run(
      executable: "/bin/sh", arguments: ["-c", "patch -p0 < mail.txt"], in: folder.path)
    #expect(patched.status == 0, "\(patched.output)\(patched.errors)")
    #expect(try Tool.run(["check", "port.yaml"], in: folder).status == 0)
  }

  @Test func `a change that a run does not confirm is not shown`() throws {
    let folder = try TemporaryFolder()
    // The head is taken, and the given struct page is written to all the same.
    let flush = "    struct page *given = page;\n    set_bit(PG_dcache_clean, &given->flags);"
    try folder.write("port.yaml", Ports.toy(selects: [Ports.optIn], flush: flush))
    let mail = try Tool.run(["report", "--mail", "port.yaml", "--rule", "HVO001"], in: folder).output
    #expect(!mail.contains("+++ "))
    #expect(mail.contains("way out: take the head page"))
  }

  @Test func `nothing to report is said, and nothing is to be sent`() throws {
    let folder = try TemporaryFolder.withShippedDescriptors()
    let result = try Tool.run(["report", "--mail"], in: folder)
    #expect(result.status == 0)
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("nothing to report: "))
  }

  @Test func `a mail may be about one architecture or rule`() throws {
    let folder = try TemporaryFolder.withShippedDescriptors()
    func subjects(_ arguments: [String]) throws -> [String] {
      let result = try Tool.run(["report", "--mail", "--no-baseline"] + arguments, in: folder)
      return result.output.split(separator: "\n").filter { $0.hasPrefix("Subject: ") }.map { String($0.prefix(24)) }
    }
    #expect(try subjects([]) == ["Subject: [arm64] HVO rep"])
    #expect(try subjects(["--arch", "arm64-16k"]) == ["Subject: [arm64] HVO rep"])
    #expect(try subjects(["--arch", "riscv"]) == [])
    #expect(try subjects(["--rule", "HVO002"]) == ["Subject: [arm64] flush_d"])
    for arguments in [["--arch", "arm65"], ["--rule", "HVO999"]] {
      #expect(try Tool.run(["report", "--mail"] + arguments, in: folder).status == 2)
    }
    #expect(try Tool.run(["report"], in: folder).status == 2)
  }
}
