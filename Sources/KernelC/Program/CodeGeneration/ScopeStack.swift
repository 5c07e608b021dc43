/// The local variables that are visible at one point of a function.
struct ScopeStack {
  struct Variable {
    var register: Int32
    var type: CType
  }

  private var scopes: [[String: Variable]] = []

  /// Starts a function: its parameters are visible, and a first scope is open for what its body declares.
  mutating func beginFunction(_ parameters: [String: Variable]) {
    scopes = [parameters, [:]]
  }

  mutating func open() { scopes.append([:]) }

  /// Closes the innermost scope and gives back the registers of its variables.
  mutating func close() -> [Int32] {
    scopes.popLast()?.values.map(\.register).sorted() ?? []
  }

  /// Declares a variable in the innermost scope.
  mutating func declare(_ name: String, _ variable: Variable) {
    if !scopes.isEmpty { scopes[scopes.count - 1][name] = variable }
  }

  /// Does the innermost scope declare the name already? What no scope is open for counts as declared.
  func declares(_ name: String) -> Bool {
    scopes.last.map { $0[name] != nil } ?? true
  }

  subscript(name: String) -> Variable? {
    for scope in scopes.reversed() {
      if let variable = scope[name] { return variable }
    }
    return nil
  }

  var names: [String] { scopes.flatMap(\.keys) }
}
