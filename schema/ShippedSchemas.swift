/// Schemas that are written by hand and compiled into the binary; the others are made from the readers' definitions.
package enum ShippedSchemas {
  /// The JSON Schema of `check --format json`: `hvo/report/v1`.
  package static var report: String { String(decoding: PackageResources.report_v1_json, as: UTF8.self) }
  /// The JSON Schema of a line of `check --format jsonl`: `hvo/report-lines/v1`.
  package static var reportLines: String { String(decoding: PackageResources.report_lines_v1_json, as: UTF8.self) }
  /// The JSON Schema of `matrix --format json`: `hvo/matrix/v1`.
  package static var matrix: String { String(decoding: PackageResources.matrix_v1_json, as: UTF8.self) }
  /// The JSON Schema of `kconfig --format json`: `hvo/kconfig/v1`.
  package static var kconfig: String { String(decoding: PackageResources.kconfig_v1_json, as: UTF8.self) }
}
