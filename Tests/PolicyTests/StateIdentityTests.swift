import Architectures
import Diagnostics
import Policy
import Testing

/// `diff` compares store by store, and knows an architecture again by what it is.
struct StateIdentityTests {
  private static let store = "set_bit(PG_dcache_clean, &page->flags);\n"

  private func state(_ ports: [(path: String, port: Port)], rules: [Rule]? = nil) throws -> ComparedState {
    let catalog = try Shipped.catalog()
    let rules = try rules ?? Shipped.rules(for: catalog)
    var (descriptors, architectures): ([Descriptor], [Architecture]) = ([], [])
    for (path, port) in ports {
      let file = SourceFile(path: path, text: port.text)
      let descriptor = try DescriptorLoader(sources: OneFile(file: file)).load(path)
      descriptors.append(descriptor)
      architectures += try ArchitectureReader(catalog: catalog).read(descriptor)
    }
    return ComparedState(
      name: "state", descriptors: descriptors,
      judged: try Checker(rules: rules, catalog: catalog).check(architectures), rules: rules)
  }

  private func compare(
    _ old: [(path: String, port: Port)], _ new: [(path: String, port: Port)]
  ) throws -> StateComparison {
    StateComparison(old: try state(old), new: try state(new), catalog: try Shipped.catalog())
  }

  private func port(_ flush: String, version: String = "v6.1.15") -> Port {
    Port(version: version, flush: flush, icacheSync: Body.setOnHead)
  }

  @Test func `a second store in a cell that fails already is new`() throws {
    let comparison = try compare(
      [("a/port.yaml", port(Self.store))], [("a/port.yaml", port(Self.store + "page->flags |= 1;\n"))])
    // Tails beside the head are writable, so that the store is an alias write there.
    #expect(Set(comparison.appeared.map(\.finding.rule)) == ["HVO001", "HVO003"])
    #expect(Set(comparison.appeared.compactMap(\.finding.id.site.text)) == ["page->flags |= 1"])
    #expect(comparison.vanished.isEmpty)
    #expect(comparison.verdicts.cells.map(\.direction) == [.otherFindings])
    #expect(comparison.appeared.allSatisfy { !$0.causes.isEmpty })
  }

  @Test func `the same text once more is new`() throws {
    let comparison = try compare(
      [("a/port.yaml", port(Self.store))], [("a/port.yaml", port(Self.store + Self.store))])
    #expect(Set(comparison.appeared.map(\.finding.id.site.number)) == [2])
  }

  @Test func `a store that is mended while another one breaks is gone, and the other is new`() throws {
    let comparison = try compare(
      [("a/port.yaml", port(Self.store))], [("a/port.yaml", port("page->flags |= 1;\n"))])
    #expect(Set(comparison.appeared.compactMap(\.finding.id.site.text)) == ["page->flags |= 1"])
    #expect(Set(comparison.vanished.compactMap(\.finding.id.site.text)) == ["set_bit(PG_dcache_clean, &page->flags)"])
  }

  @Test func `of one name at two kernels each is compared with its own`() throws {
    let good = port(Body.head, version: "v6.1.16")
    let comparison = try compare(
      [("a/port.yaml", port(Body.head)), ("b/port.yaml", good)],
      [("a/port.yaml", port(Body.head)), ("b/port.yaml", port(Self.store, version: "v6.1.16"))])
    #expect(comparison.appeared.map(\.finding.kernel).contains("v6.1.16"))
    #expect(comparison.appeared.allSatisfy { $0.finding.kernel == "v6.1.16" })
    #expect(comparison.verdicts.cells.map(\.direction) == [.worse])
  }

  @Test func `another kernel of the only one with its name is a change, not another architecture`() throws {
    let comparison = try compare(
      [("a/port.yaml", port(Self.store))], [("a/port.yaml", port(Self.store, version: "v6.1.16"))])
    #expect(comparison.appeared.isEmpty && comparison.vanished.isEmpty && comparison.verdicts.cells.isEmpty)
  }

  @Test func `a descriptor under another name is renamed, and nothing is new`() throws {
    let comparison = try compare([("a/port.yaml", port(Self.store))], [("a/other.yaml", port(Self.store))])
    #expect(comparison.verdicts.renames.map { "\($0.old.name) \($0.new.name)" } == ["port other"])
    #expect(comparison.appeared.isEmpty && comparison.vanished.isEmpty && comparison.verdicts.cells.isEmpty)
  }

  @Test func `of two that say the same none is known to be the renamed one`() throws {
    let comparison = try compare(
      [("a/port.yaml", port(Self.store)), ("a/twin.yaml", port(Self.store))], [("a/other.yaml", port(Self.store))])
    #expect(comparison.verdicts.renames.isEmpty)
    #expect(!comparison.appeared.isEmpty)
  }

  @Test func `a renamed descriptor with another store is new`() throws {
    let comparison = try compare([("a/port.yaml", port(Body.head))], [("a/other.yaml", port(Self.store))])
    #expect(comparison.verdicts.renames.isEmpty)
    #expect(comparison.appeared.contains { $0.finding.rule == "HVO001" })
  }

  /// Old and new flush, and which way the verdict goes.
  @Test(arguments: [
    (store, "unknown_function(page);\n", [Comparison.Direction.changed]),
    ("unknown_function(page);\n", store, [.worse]),
    (Body.head, "unknown_function(page);\n", [.worse]),
    ("unknown_function(page);\n", Body.head, [.better]),
    (store, Body.head, [.better]),
    (store, store, []),
  ])
  func `what cannot be decided is no better than what fails`(
    old: String, new: String, directions: [Comparison.Direction]
  ) throws {
    let comparison = try compare([("a/port.yaml", port(old))], [("a/port.yaml", port(new))])
    #expect(comparison.verdicts.cells.map(\.direction) == directions)
  }

  @Test func `what cannot apply in either state is nothing`() throws {
    var (old, new) = (port(Self.store), port(Self.store + "page->flags |= 1;\n"))
    (old.hugepages, new.hugepages) = (["64K"], ["64K"])
    #expect(try compare([("a/port.yaml", old)], [("a/port.yaml", new)]).verdicts.cells.isEmpty)
  }

  @Test func `a store that one configuration had is new where all have it`() throws {
    let some = port("#ifdef CONFIG_NUMA\n" + Self.store + "#endif\n")
    let comparison = try compare([("a/port.yaml", some)], [("a/port.yaml", port(Self.store))])
    #expect(comparison.appeared.contains { $0.finding.rule == "HVO001" })
  }
}
