/// The random numbers of `rand` in glibc, so that a seed gives the configuration that `conf` makes of it.
struct CRandom {
  private var state: [UInt32]
  private var next = 3

  init(seed: UInt32) {
    // r[i] = 16807 * r[i-1] mod (2^31 - 1), without overflow; then r[i] = r[i-3] + r[i-31].
    var words: [Int64] = [Int64(Int32(bitPattern: seed == 0 ? 1 : seed))]
    for index in 1..<31 {
      let high = words[index - 1] / 127_773
      let low = words[index - 1] % 127_773
      let word = 16_807 * low - 2_836 * high
      words.append(word < 0 ? word + 2_147_483_647 : word)
    }
    state = words.map { UInt32(truncatingIfNeeded: $0) }
    for _ in 0..<310 { _ = step() }
  }

  /// A number below 2^31.
  mutating func number() -> Int {
    Int(step() >> 1)
  }

  /// The state is a ring of 31: the oldest word and the one 28 behind it give the next one.
  private mutating func step() -> UInt32 {
    let word = state[next] &+ state[(next + 28) % 31]
    state[next] = word
    next = (next + 1) % 31
    return word
  }
}
