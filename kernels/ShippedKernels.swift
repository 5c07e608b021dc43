/// The kernel profiles that are compiled into the binary.
public enum ShippedKernels {
  /// The path under which messages name the file.
  public static let path = "kernels/kernels.yaml"

  /// The text of `kernels.yaml`.
  public static var text: String { String(decoding: PackageResources.kernels_yaml, as: UTF8.self) }
}
