/// The variables and user functions of the macro language. Kernel: scripts/kconfig/preprocess.c.
struct MacroVariables {
  /// How `=`, `:=` and `+=` assign.
  enum Assignment {
    /// `=`: expanded at each use.
    case recursive
    /// `:=`: expanded once, now.
    case immediate
    /// `+=`: as the variable was defined; as `=` where it was not.
    case appending
  }

  struct Variable {
    var value: [UInt8]
    var isRecursive: Bool
    /// How many expansions of it are under way.
    var depth = 0
  }

  private var numbers: [[UInt8]: Int] = [:]
  private(set) var all: [Variable] = []

  func find(_ name: [UInt8]) -> Int? { numbers[name] }

  mutating func enter(_ variable: Int) { all[variable].depth += 1 }
  mutating func leave(_ variable: Int) { all[variable].depth -= 1 }

  /// How the right side of an assignment is to be taken.
  func isRecursive(_ name: [UInt8], _ assignment: Assignment) -> Bool {
    switch assignment {
    case .recursive: true
    case .immediate: false
    case .appending: numbers[name].map { all[$0].isRecursive } ?? true
    }
  }

  /// Assigns a value that has been expanded already if it had to be.
  mutating func assign(_ name: [UInt8], _ value: [UInt8], _ assignment: Assignment) {
    let isRecursive = isRecursive(name, assignment)
    guard let number = numbers[name] else {
      numbers[name] = all.count
      all.append(Variable(value: value, isRecursive: isRecursive))
      return
    }
    if assignment == .appending {
      all[number].value.append(UInt8(ascii: " "))
      all[number].value.append(contentsOf: value)
    } else {
      all[number].value = value
      all[number].isRecursive = isRecursive
    }
  }
}
