import Architectures
import Diagnostics
package import Policy

extension Baseline.Entry {
  /// What it accepts, in one line.
  package var line: String {
    let size = hugepage.map { " " + sizeText($0) } ?? ""
    return "\(rule) \(architecture.name)\(size)\(site.text.map { ": " + $0 } ?? "")".printable
  }
}
