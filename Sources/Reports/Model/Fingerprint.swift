import Architectures
import Diagnostics
import Policy

/// Names for mistakes that stay the same while files are edited elsewhere, so that bots recognise what they have seen.
///
/// The fingerprint of a finding is made of its outcome and its `FindingID`: neither of line numbers nor of wording. That of
/// a remark is made of its identity and the line that it speaks of. Entries of one report that agree in all of this are
/// numbered in their order.
enum Fingerprint {
  /// One fingerprint for each entry: 32 hexadecimal digits, no two the same.
  static func all(of entries: [ReportLine], files: [SourceFile]) -> [String] {
    let named = Set(entries.compactMap { $0.place?.file })
    let lines = Dictionary(
      files.filter { named.contains($0.identity) }.map { ($0.identity, LineTable($0)) },
      uniquingKeysWith: { first, _ in first })
    var seen: [[String]: Int] = [:]
    return entries.map { entry in
      var parts = parts(of: entry, lines)
      seen[parts, default: 0] += 1
      if let number = seen[parts], number > 1 { parts.append(String(number)) }
      return digest(parts)
    }
  }

  private static func parts(of entry: ReportLine, _ lines: [FilePath: LineTable]) -> [String] {
    guard let finding = entry.finding else {
      let place = entry.place
      let line = place.flatMap { lines[$0.file]?.line($0.start.line) }
      return [entry.id, place?.path ?? "", line.map { words(in: $0) } ?? ""]
    }
    let (scope, site) = (finding.id.scope, finding.id.site)
    return [
      finding.rule, finding.outcome.rawValue, scope.architecture.name, scope.architecture.kernel,
      scope.hugepage.map(sizeText) ?? "", scope.assumptions, site.text ?? "", String(site.number),
    ] + site.calls + site.states
  }

  private static func words(in text: some StringProtocol) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// FNV-1a of 128 bits. The parts are told apart by a byte that no UTF-8 text has.
  private static func digest(_ parts: [String]) -> String {
    var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
    for part in parts {
      for byte in Array(part.utf8) + [0xff] {
        hash = (hash ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b
      }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }
}
