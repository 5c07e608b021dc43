/// How far a conversation with the user is.
struct Conversation {
  /// `oldconfig` once everything has been asked for.
  private(set) var mode: KconfigMode
  /// Whether only menus with something new are gone through.
  private(set) var restarts: Bool
  /// The menu that is gone through.
  private(set) var top: NodeID?
  /// How many menus were gone through since the last round began.
  private(set) var rounds = 0
  private var indent = 0
  /// The last answer.
  private(set) var line: [UInt8] = []
  private(set) var isAtEnd = false

  init(_ mode: KconfigMode) {
    self.mode = mode
    restarts = mode != .oldaskconfig
    top = mode == .oldaskconfig ? .root : nil
  }

  /// Whether nothing is asked that has an answer.
  var isSettled: Bool { mode == .oldconfig || mode == .syncconfig }

  /// What stands before each line.
  var margin: [UInt8] { [UInt8](repeating: .space, count: indent) }

  /// Everything has been asked for; from now on only what is new.
  mutating func restart() {
    restarts = true
    mode = .oldconfig
  }

  mutating func beginRound() { rounds = 0 }

  mutating func begin(_ menu: NodeID) {
    rounds += 1
    top = menu
  }

  mutating func enterEntry() { indent += 2 }
  mutating func leaveEntry() { indent -= 2 }

  /// Notes an answer; nil at the end of all answers, where the line stays as it is.
  mutating func answer(_ line: [UInt8]?) {
    if let line { self.line = line } else { isAtEnd = true }
  }

  /// The last answer without the blanks around it.
  var word: String {
    let start = line.drop(while: \.isSpace)
    let end = start.lastIndex { !$0.isSpace }.map { $0 + 1 } ?? start.startIndex
    return String(decoding: start[..<end], as: UTF8.self)
  }
}
