/// The variables that are not decided yet, the one most often met in recent conflicts first: a binary heap that knows
/// the place of each of its members.
struct VariableOrder: Sendable {
  private var heap: [Int32] = []
  private var places: [Int32] = []
  private var activity: [Double] = []
  private var increment = 1.0

  /// Rescaling keeps the order; without it activities would overflow after some ten thousand conflicts.
  private static let largestActivity = 1e100
  private static let decay = 1 / 0.95

  mutating func addVariable() {
    let variable = Int32(truncatingIfNeeded: activity.count)
    activity.append(0)
    places.append(-1)
    insert(Int(variable))
  }

  mutating func insert(_ variable: Int) {
    guard places[variable] < 0 else { return }
    places[variable] = Int32(truncatingIfNeeded: heap.count)
    heap.append(Int32(truncatingIfNeeded: variable))
    rise(from: heap.count - 1)
  }

  mutating func popFirst() -> Int? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    places[Int(first)] = -1
    if first != last {
      heap[0] = last
      places[Int(last)] = 0
      sink(from: 0)
    }
    return Int(first)
  }

  /// Counts that a variable took part in a conflict.
  mutating func bump(_ variable: Int) {
    activity[variable] += increment
    if activity[variable] > Self.largestActivity {
      for index in activity.indices { activity[index] /= Self.largestActivity }
      increment /= Self.largestActivity
    }
    if places[variable] >= 0 { rise(from: Int(places[variable])) }
  }

  /// Makes later conflicts count more than earlier ones.
  mutating func age() {
    increment *= Self.decay
  }

  private mutating func rise(from start: Int) {
    var place = start
    let variable = heap[place]
    while place > 0 {
      let parent = (place - 1) / 2
      guard activity[Int(heap[parent])] < activity[Int(variable)] else { break }
      move(heap[parent], to: place)
      place = parent
    }
    move(variable, to: place)
  }

  private mutating func sink(from start: Int) {
    var place = start
    let variable = heap[place]
    while true {
      var child = 2 * place + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, activity[Int(heap[child + 1])] > activity[Int(heap[child])] { child += 1 }
      guard activity[Int(heap[child])] > activity[Int(variable)] else { break }
      move(heap[child], to: place)
      place = child
    }
    move(variable, to: place)
  }

  private mutating func move(_ variable: Int32, to place: Int) {
    heap[place] = variable
    places[Int(variable)] = Int32(truncatingIfNeeded: place)
  }
}
