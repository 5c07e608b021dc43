/// A kernel release such as `v5.18-rc1`, `v6.1` or `6.1.192`, in the order of releases.
package struct KernelVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The numbers: `6.1.192` is [6, 1, 192].
  package let numbers: [Int]
  /// The release candidate, or nil for a release.
  package let candidate: Int?

  /// Reads a version; nil where the text is none.
  package init?(_ text: String) {
    let withoutPrefix = text.hasPrefix("v") ? text.dropFirst() : text[...]
    let parts = withoutPrefix.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count <= 2 else { return nil }
    var numbers: [Int] = []
    for part in first.split(separator: ".", omittingEmptySubsequences: false) {
      guard let number = Self.number(part) else { return nil }
      numbers.append(number)
    }
    guard (2...4).contains(numbers.count) else { return nil }
    self.numbers = numbers
    guard parts.count == 2 else {
      candidate = nil
      return
    }
    guard parts[1].hasPrefix("rc"), let number = Self.number(parts[1].dropFirst(2)) else { return nil }
    candidate = number
  }

  private static func number(_ digits: Substring) -> Int? {
    guard (1...6).contains(digits.count), digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int(digits)
  }

  /// The version as kernel people write it: `v6.1.192`.
  package var description: String {
    "v" + numbers.map(String.init).joined(separator: ".") + (candidate.map { "-rc\($0)" } ?? "")
  }

  /// Release order: a release candidate comes before its release, `6.1` before `6.1.1`.
  package static func < (left: KernelVersion, right: KernelVersion) -> Bool {
    for index in 0..<max(left.numbers.count, right.numbers.count) {
      let (a, b) = (left.number(at: index), right.number(at: index))
      if a != b { return a < b }
    }
    return (left.candidate ?? .max) < (right.candidate ?? .max)
  }

  /// `6.1` and `6.1.0` are the same release.
  package static func == (left: KernelVersion, right: KernelVersion) -> Bool {
    !(left < right) && !(right < left)
  }

  /// Consistent with `==`.
  package func hash(into hasher: inout Hasher) {
    let significant = numbers.reversed().drop(while: { $0 == 0 }).reversed()
    hasher.combine(Array(significant))
    hasher.combine(candidate)
  }

  private func number(at index: Int) -> Int {
    index < numbers.count ? numbers[index] : 0
  }
}
