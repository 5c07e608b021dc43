/// What became of expressions that were rewritten, by their number; 0 where nothing did yet.
struct ExpressionForms {
  private var rewritten: [Int32] = []
  private var transformed: [Int32] = []
  private var simplified: [Int32] = []
  private var canonical: [Int32] = []

  enum Form {
    /// A bare `m` made to depend on modules.
    case rewritten
    /// Comparisons of bools and negations resolved.
    case transformed
    /// Without repetitions.
    case simplified
    /// With sorted operands, to be compared.
    case canonical
  }

  subscript(form: Form, expression: Int32) -> Int32 {
    get {
      switch form {
      case .rewritten: Self.read(rewritten, expression)
      case .transformed: Self.read(transformed, expression)
      case .simplified: Self.read(simplified, expression)
      case .canonical: Self.read(canonical, expression)
      }
    }
    set {
      switch form {
      case .rewritten: Self.write(&rewritten, expression, newValue)
      case .transformed: Self.write(&transformed, expression, newValue)
      case .simplified: Self.write(&simplified, expression, newValue)
      case .canonical: Self.write(&canonical, expression, newValue)
      }
    }
  }

  private static func read(_ table: [Int32], _ expression: Int32) -> Int32 {
    Int(expression) < table.count ? table[Int(expression)] : 0
  }

  private static func write(_ table: inout [Int32], _ expression: Int32, _ value: Int32) {
    if Int(expression) >= table.count {
      table.append(contentsOf: repeatElement(0, count: Int(expression) + 1 - table.count + table.count / 2))
    }
    table[Int(expression)] = value
  }
}
