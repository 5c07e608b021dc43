/// The candidate that the user most likely meant, or nil if none is close.
///
/// Distance: insertions, deletions, substitutions and swaps of neighbours, case differences for free; at most a third of
/// the length.
/// - Complexity: O(candidates × length²)
public func closest(to name: String, among candidates: some Sequence<String>) -> String? {
  let typed = Array(name.lowercased().unicodeScalars)
  let limit = max(1, min(typed.count, 24) / 3)
  var best: (distance: Int, candidate: String)?
  for candidate in candidates where candidate != name {
    let meant = Array(candidate.lowercased().unicodeScalars)
    guard abs(meant.count - typed.count) <= limit else { continue }
    let distance = editDistance(typed, meant)
    guard distance <= limit else { continue }
    if best.map({ (distance, candidate) < ($0.distance, $0.candidate) }) ?? true {
      best = (distance, candidate)
    }
  }
  return best?.candidate
}

/// The help line for `closest(to:among:)`: `did you mean 'x'?`, or nothing.
public func didYouMean(_ name: String, among candidates: some Sequence<String>) -> [String] {
  closest(to: name, among: candidates).map { ["did you mean '\($0)'?"] } ?? []
}

/// Optimal string alignment distance.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
  var beforePrevious = [Int](repeating: 0, count: right.count + 1)
  var previous = Array(0...right.count)
  for i in 1...left.count {
    var current = [i] + [Int](repeating: 0, count: right.count)
    for j in 1...right.count {
      let substitution = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)
      current[j] = min(substitution, previous[j] + 1, current[j - 1] + 1)
      if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
        current[j] = min(current[j], beforePrevious[j - 2] + 1)
      }
    }
    (beforePrevious, previous) = (previous, current)
  }
  return previous[right.count]
}
