import Diagnostics
import Kconfig

/// The symbols of what a cell is made of.
extension DescriptorKconfig {
  mutating func writeFacts() {
    switch architecture.kernel.optIn {
    case .symbol(let name): facts.append((.optIn, name))
    case .condition: facts.append((.optIn, file.full("opt-in", optIn, at: architecture.directory.range)))
    }
    facts.append((.feature, architecture.kernel.feature))
    outcomes = facts.map(\.symbol)
    writeStructPages()
    writeDefines()
    outcomes += names.inCode.sorted().filter { names.present.contains($0) && uses.textKind(of: $0) == nil }
  }

  /// Where the architecture opts in, as an operand.
  var optIn: String {
    switch architecture.kernel.optIn {
    case .symbol(let name): name
    case .condition(let condition): "(\(condition.kconfigText))"
    }
  }

  private mutating func writeStructPages() {
    var sizes: [String: [String]] = [:]
    // That none before fits.
    var rest: String?
    for (index, size) in architecture.structPageSizes.enumerated() {
      let name = "struct-page-\(index)"
      var fits = rest
      if let condition = size.condition {
        let own = file.full("\(name)-fits", condition.kconfigText, at: condition.range)
        let before = rest.map { "\($0) && " } ?? ""
        fits = file.bool(name, "\(before)\(own)", at: condition.range)
        rest = file.bool("\(name)-does-not-fit", "\(before)!\(own)", at: condition.range)
      }
      guard let fits else { return }
      facts.append((.structPage(index), fits))
      sizes["\(size.bytes.value)", default: []].append(fits)
      if size.condition == nil { break }
    }
    writeOutcomes(sizes, as: "struct-page-of")
  }

  private mutating func writeDefines() {
    var macros: [String: [String]] = [:]
    for (index, define) in architecture.defines.enumerated() {
      guard let condition = define.condition else { continue }
      let name = file.full("define-\(index)", condition.kconfigText, at: condition.range)
      facts.append((.define(index), name))
      macros["\(define.macro.value)=\(define.value)", default: []].append(name)
    }
    writeOutcomes(macros, as: "macro")
  }

  private mutating func writeOutcomes(_ groups: [String: [String]], as prefix: String) {
    for (index, group) in groups.sorted(by: { $0.key < $1.key }).enumerated() {
      let any = group.value.joined(separator: " || ")
      outcomes.append(file.bool("\(prefix)-\(index)", any, at: architecture.directory.range))
    }
  }
}
