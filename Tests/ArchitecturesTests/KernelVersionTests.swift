import Architectures
import Testing

@Suite struct KernelVersionTests {
  @Test(arguments: [
    ("v5.18-rc1", "v5.18-rc1"), ("5.18", "v5.18"), ("v6.1.192", "v6.1.192"), ("6.12.117", "v6.12.117"),
    ("v2.6.39.4", "v2.6.39.4"), ("v6.1.0", "v6.1.0"), ("v6.1.5-rc2", "v6.1.5-rc2"), ("v0.0", "v0.0"),
  ])
  func `is read and written`(text: String, written: String) throws {
    #expect(try #require(KernelVersion(text)).description == written)
  }

  @Test(arguments: [
    "", "v", "6", "v6.", ".1", "6..1", "6.1.2.3.4", "v6.1-", "v6.1-rc", "v6.1-rcx", "v6.1-rc1-rc2", "6.1-amd64",
    "vv6.1", "6.+1", "6.-1", "6.1 ", "6.1234567", "6.٣", "next-20260101",
  ])
  func `what is no version is refused`(text: String) {
    #expect(KernelVersion(text) == nil)
  }

  /// In the order of releases.
  private static let ordered = [
    "v2.6.39.4", "v5.14-rc1", "v5.14", "v5.17.15", "v5.18-rc1", "v5.18-rc2", "v5.18-rc10", "v5.18", "v5.18.1-rc1",
    "v5.18.1", "v5.19-rc1", "v6.0", "v6.1", "v6.1.9", "v6.1.15", "v6.1.192", "v6.2-rc1", "v6.9", "v6.12", "v7.0-rc1",
  ]

  @Test func releasesHaveAnOrder() throws {
    let versions = try Self.ordered.map { try #require(KernelVersion($0)) }
    for (i, left) in versions.enumerated() {
      for (j, right) in versions.enumerated() {
        #expect((left < right) == (i < j), "\(left) < \(right)")
        #expect((left == right) == (i == j), "\(left) == \(right)")
      }
    }
  }

  @Test(arguments: [("6.1", "v6.1.0"), ("v6.1.0.0", "6.1"), ("6.1-rc3", "6.1.0-rc3")])
  func `a release without a last number is that with 0`(left: String, right: String) throws {
    let (left, right) = (try #require(KernelVersion(left)), try #require(KernelVersion(right)))
    #expect(left == right && !(left < right) && !(right < left))
    #expect(left.hashValue == right.hashValue)
  }
}
