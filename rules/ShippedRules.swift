/// The rules that are compiled into the binary.
package enum ShippedRules {
  /// Path, as messages name it, and text of each rule file.
  package static var files: [(path: String, text: String)] {
    [
      ("rules/flush.yaml", PackageResources.flush_yaml),
      ("rules/kconfig.yaml", PackageResources.kconfig_yaml),
      ("rules/remap.yaml", PackageResources.remap_yaml),
    ].map { ($0.0, String(decoding: $0.1, as: UTF8.self)) }
  }

  /// A descriptor of a port without findings: examples and new cases differ from it, new descriptors learn from it.
  package static var port: (path: String, text: String) {
    ("port.yaml", String(decoding: PackageResources.port_yaml, as: UTF8.self))
  }
}
