/// What the user said about symbols, by their number.
struct UserValues: Sendable {
  /// Whether anything was said.
  var isSet: [Bool]
  /// n, m or y of bools, tristates and v6.1's choices, as 0, 1 and 2.
  var truth: [UInt8]
  /// The text of ints, hexes and strings, as a number of `texts`; -1 for none.
  var text: [Int32]
  private(set) var texts: [[UInt8]] = []
  /// The member that a choice of v6.1 was set to; -1 for none.
  var chosen: [Int32]
  /// The members of each choice of v6.12, those first that were spoken of last.
  var priorities: [Int32: [Int32]]

  init(_ model: KconfigModel) {
    let count = model.symbols.count
    isSet = [Bool](repeating: false, count: count)
    truth = [UInt8](repeating: 0, count: count)
    text = [Int32](repeating: -1, count: count)
    chosen = [Int32](repeating: -1, count: count)
    priorities = model.profile.choices == .memberPriority ? model.members : [:]
  }

  mutating func set(_ symbol: Int32, truth value: UInt8) {
    truth[Int(symbol)] = value
    isSet[Int(symbol)] = true
  }

  mutating func set(_ symbol: Int32, text value: [UInt8]) {
    text[Int(symbol)] = Int32(texts.count)
    texts.append(value)
    isSet[Int(symbol)] = true
  }

  /// Forgets everything but the order of members, as `conf` does before it reads a file.
  mutating func clear() {
    for symbol in isSet.indices {
      isSet[symbol] = false
      truth[symbol] = 0
      text[symbol] = -1
      chosen[symbol] = -1
    }
    texts = []
  }

  /// A member of a choice was spoken of: from now on it comes first.
  mutating func prefer(_ member: Int32, of choice: Int32) {
    guard let place = priorities[choice]?.firstIndex(of: member) else { return }
    priorities[choice]?.remove(at: place)
    priorities[choice]?.insert(member, at: 0)
  }

  /// Comes last from now on.
  mutating func postpone(_ member: Int32, of choice: Int32) {
    guard let place = priorities[choice]?.firstIndex(of: member) else { return }
    priorities[choice]?.remove(at: place)
    priorities[choice]?.append(member)
  }
}
