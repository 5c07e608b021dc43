import Architectures
import Diagnostics
import Foundation
import Policy
import TestSupport
import Testing

@testable import Reports

/// The page as text; what it is in a browser is tested by Scripts/test-html.
struct MatrixPageTests {
  @Test(arguments: [Page.shipped, Page.broken])
  func `it is well-formed, its identities are unique and its references lead somewhere`(
    page: Result<Page, any Error>
  ) throws {
    let page = try PageReader(page.get().text())
    let identities = page.elements.compactMap { $0.attributes["id"] }
    #expect(Set(identities).count == identities.count)
    for element in page.elements {
      let attributes = element.attributes
      if let link = attributes["href"] { #expect(link.hasPrefix("#") && identities.contains(String(link.dropFirst()))) }
      for reference in [attributes["aria-labelledby"], attributes["for"]].compactMap({ $0 }) {
        #expect(reference.split(separator: " ").allSatisfy { identities.contains(String($0)) })
      }
      #expect(attributes["style"] == nil && attributes["src"] == nil)
      #expect(!attributes.keys.contains { $0.hasPrefix("on") })
    }
    #expect(page.all("details").count == page.all("summary").count)
    #expect(page.all("th").allSatisfy { $0.attributes["scope"] != nil })
    #expect(page.all("table").count == page.all("caption").count)
    #expect(page.all("svg").allSatisfy { $0.attributes["role"] == "img" && $0.attributes["aria-labelledby"] != nil })
    #expect(page.all("a").filter { $0.text == "evidence" }.allSatisfy { $0.attributes["aria-label"] != nil })
  }

  @Test func `the same input gives the same bytes`() throws {
    let (first, second) = (try Page.broken.get().text(), try Page.broken.get().text())
    #expect(first == second)
  }

  @Test func `it stays small`() throws {
    #expect(try Page.shipped.get().text().utf8.count < 400_000)
  }

  @Test func `its policy names the hashes of what is in it`() throws {
    let page = try PageReader(try Page.broken.get().text())
    let policy = try #require(
      page.all("meta").first { $0.attributes["http-equiv"] == "Content-Security-Policy" }?.attributes["content"])
    #expect(policy.hasPrefix("default-src 'none';"))
    let style = try #require(page.all("style").first?.text)
    let script = try #require(page.all("script").first { $0.attributes["type"] == nil }?.text)
    #expect(policy.contains("style-src 'sha256-\(SHA256.base64(of: style))'"))
    #expect(policy.contains("script-src 'sha256-\(SHA256.base64(of: script))'"))
    #expect(page.all("style").count == 1)
    #expect(page.all("script").count == 2)
  }

  @Test func `each cell has its words in the table and its evidence below`() throws {
    let page = try PageReader(try Page.shipped.get().text())
    let entries = page.elements.filter { $0.attributes["class"] == "entry" }
    let evidence = page.elements.filter { $0.attributes["class"] == "evidence" }
    #expect(entries.count == evidence.count)
    #expect(entries.count > 20)
    for (entry, details) in zip(entries, evidence) {
      #expect(entry.attributes["id"] == details.attributes["id"].map { "cell-" + $0 })
      let word = try #require(["✓ ok", "✗ FAIL", "○ off", "– ..", "?"].first { entry.text.contains($0) })
      #expect(details.text.contains(word))
      switch word {
      case "✓ ok": #expect(details.text.contains("0 faults") || details.text.contains("no flush_dcache_page() to run"))
      case "○ off": #expect(details.text.contains("Not selected"))
      case "– ..": #expect(details.text.contains("no vmemmap page to free"))
      default: #expect(details.text.contains("error:"))
      }
      if word != "– ..", word != "?" { #expect(details.text.contains("Vmemmap pages of a")) }
    }
  }

  @Test func `a fault is shown with its oops, its line of C, its struct page and the command that repeats it`() throws {
    let page = try PageReader(try Page.broken.get().text())
    let details = try #require(page.elements.first { $0.attributes["id"] == "e-faults-v6.12.117-2m" })
    for part in [
      "Unable to handle kernel write to read-only memory at virtual address ffffea0000001000",
      "   24 |             clear_bit(PG_dcache_clean, &page->flags);\n"
        + "      |             ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~",
      "✗ clear_bit() on struct page 64 of 512", "0xffffea0000001000: ro, the kernel oopses",
      "7 of 512 struct pages fault: 64, 128, ..., 448", "in the kernel tree arch/toy/mm/flush.c:40",
      "hvocheck sim faults --hugepage 2M", "hvocheck explain HVO001", "page = compound_head(page);",
    ] {
      #expect(details.text.contains(part), "\(part)")
    }
    let silent = try #require(page.elements.first { $0.attributes["id"] == "e-aliases-v6.12.117-2m" })
    #expect(silent.text.contains("0xffffea0000001000: RW, changes its aliases"))
  }

  @Test func `eight vmemmap pages are all shown, of thousands the first and the last`() throws {
    let page = try PageReader(try Page.broken.get().text())
    func texts(_ id: String) throws -> String {
      try #require(page.elements.first { $0.tag == "details" && $0.attributes["id"] == id }).text
    }
    let small = try texts("e-faults-v6.12.117-2m")
    for index in 0...7 { #expect(small.contains("vmemmap page \(index)")) }
    #expect(!small.contains("…"))
    let large = try texts("e-faults-v6.12.117-1g")
    for part in [
      "vmemmap page 0", "vmemmap page 3", "… vmemmap pages 4..4094", "vmemmap page 4095", "mapped 4096 times",
    ] {
      #expect(large.contains(part), "\(part)")
    }
    #expect(!large.contains("vmemmap page 5"))
  }

  @Test(arguments: [
    "</script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "<!--", "]]>",
    "&lt;&amp;&#39;", "a\u{0}b\u{1B}[31m", "\u{202E}gnol\u{2066}\u{200F}", "\u{2028}\u{85}\u{FEFF}",
    "\u{FFFE}\u{E000}\u{1FFFF}",
    "</style></title></textarea></svg></details>", String(repeating: "x<", count: 2000),
  ]) func `whatever a descriptor says is text`(hostile: String) throws {
    let text = try Page.broken.get().text { matrix in
      for index in matrix.rows.indices {
        matrix.rows[index].reason = hostile
        matrix.rows[index].assumptions = hostile
        matrix.rows[index].architecture.name = hostile
        for cell in matrix.rows[index].cells.indices {
          for noted in matrix.rows[index].cells[cell].findings.indices {
            var finding = matrix.rows[index].cells[cell].findings[noted].finding
            (finding.message, finding.evidence, finding.help) = (hostile, [hostile], [hostile])
            finding = finding.changed(rule: hostile, assumptions: hostile)
            finding.place.path = hostile
            finding.witness?.operation = hostile
            matrix.rows[index].cells[cell].findings[noted].finding = finding
          }
        }
      }
    }
    let page = try PageReader(text)
    #expect(page.all("script").count == 2 && page.all("style").count == 1 && page.all("title").count == 1 + 4 + 1)
    #expect(page.all("img").isEmpty)
    let misleading = text.unicodeScalars.filter { scalar in
      !scalar.isASCII && (scalar.steersTerminals || scalar.properties.isNoncharacterCodePoint)
        || scalar.value < 0x20 && scalar != "\n"
    }
    #expect(misleading.isEmpty)
    let data = try #require(page.all("script").first { $0.attributes["type"] != nil }?.text)
    #expect(!data.contains("<") && !data.contains("&"))
    let document = try #require(try JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: Any])
    let cells = try #require(document["cells"] as? [[String: Any]])
    #expect(cells.allSatisfy { $0["reason"] as? String == hostile })
  }

  @Test func `the data is that of the matrix`() throws {
    let page = try PageReader(try Page.shipped.get().text())
    let data = try #require(page.all("script").first { $0.attributes["id"] == "matrix-data" }?.text)
    let document = try #require(try JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: Any])
    #expect(document["schema"] as? String == "hvo/matrix-page/v1")
    let cells = try #require(document["cells"] as? [[String: Any]])
    let arm64 = try #require(
      cells.first { $0["architecture"] as? String == "arm64-4k" && $0["hugepage"] as? String == "2M" })
    #expect(arm64["verdict"] as? String == "FAIL")
    #expect(arm64["flush"] as? String == "ok")
    #expect(arm64["remap"] as? String == "FAIL")
    #expect(arm64["gibPerTib"] as? String == "14.0000")
    #expect(arm64["freedPages"] as? Int == 7)
    #expect(arm64["rules"] as? [String] == ["HVO002", "HVO020"])
  }

  @Test func `savings are those of the patch thread`() throws {
    let page = try PageReader(try Page.shipped.get().text())
    let plot = try #require(page.all("desc").first { $0.attributes["id"] == "plot-desc" }?.text)
    #expect(plot.contains("2M on 4K pages: 14.0000 of 16.0000 GiB per TiB, 7 of 8 pages."))
    #expect(plot.contains("1G on 4K pages: 15.9961 of 16.0000 GiB per TiB, 4095 of 4096 pages."))
    #expect(plot.contains("512M on 64K pages: 0.8750 of 1.0000 GiB per TiB, 7 of 8 pages."))
  }

  @Test func `what is not modelled is said as in README.md`() throws {
    let readme = try Repository.text("README.md")
    // A list entry may go on in the next line.
    let flat = readme.replacingOccurrences(of: "\n  ", with: " ")
    for limit in SimulationLimits.all { #expect(flat.contains("- \(limit)\n"), "\(limit)") }
    let page = try PageReader(try Page.shipped.get().text())
    let list = try #require(page.elements.first { $0.attributes["class"] == "limits" })
    #expect(list.text.contains("LPA2") && list.text.contains("memory-failure"))
    #expect(!list.text.contains("`"))
  }

  @Test func `anchors are made of names, and never twice the same`() {
    var names = AnchorNames()
    #expect(names.name(for: ["arm64-4k", "v5.18-rc1 + 2 patches", "2M", ""]) == "e-arm64-4k-v5.18-rc1-2-patches-2m")
    #expect(names.name(for: ["arm64-4k", "v5.18-rc1 2 patches", "2M", ""]) == "e-arm64-4k-v5.18-rc1-2-patches-2m-2")
    #expect(names.name(for: ["\"><b>"]) == "e-b-")
    let name = names.name(for: ["İ☃"])
    #expect(name.utf8.allSatisfy { $0 < 0x80 })
  }
}
