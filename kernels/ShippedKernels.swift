/// The kernel profiles that are compiled into the binary.
package enum ShippedKernels {
  /// The path under which messages name the file.
  package static let path = "kernels/kernels.yaml"

  /// The text of `kernels.yaml`.
  package static var text: String { String(decoding: PackageResources.kernels_yaml, as: UTF8.self) }
}
