extension KconfigExpression: CustomStringConvertible {
  private enum Piece {
    case text(String)
    case node(Int)
  }

  /// The expression with as few parentheses as it needs, one blank around operators and constants in double quotes.
  ///
  /// Reading it again gives an expression of the same value and the same description.
  /// - Complexity: O(length of the expression)
  public var description: String {
    var result = ""
    // The top is written next; a stack of its own, because chains may be long.
    var stack: [Piece] = nodes.isEmpty ? [] : [.node(nodes.count - 1)]
    while let piece = stack.popLast() {
      switch piece {
      case .text(let text): result += text
      case .node(let index): stack += pieces(of: index).reversed()
      }
    }
    return result
  }

  private func pieces(of index: Int) -> [Piece] {
    switch nodes[index].shape {
    case .operand(let operand):
      return [.text(operands[operand].written)]
    case .comparison(let left, let relation, let right):
      return [.text("\(operands[left].written) \(relation.rawValue) \(operands[right].written)")]
    case .not(let child):
      // `!A = n` would do, but readers take it for `(!A) = n`.
      return [.text("!")] + enclosed(child, if: !isOperandOrNot(child))
    case .and(let left, let right):
      return enclosed(left, if: isOr(left)) + [.text(" && ")] + enclosed(right, if: isOr(right))
    case .or(let left, let right):
      return [.node(left), .text(" || "), .node(right)]
    }
  }

  private func enclosed(_ node: Int, if isNeeded: Bool) -> [Piece] {
    isNeeded ? [.text("("), .node(node), .text(")")] : [.node(node)]
  }

  private func isOr(_ node: Int) -> Bool {
    if case .or = nodes[node].shape { true } else { false }
  }

  private func isOperandOrNot(_ node: Int) -> Bool {
    switch nodes[node].shape {
    case .operand, .not: true
    case .comparison, .and, .or: false
    }
  }
}

extension KconfigOperand {
  /// The operand as the lexer reads it back.
  fileprivate var written: String {
    switch kind {
    case .name: text
    case .constant(.tristate(let value)): value.letter
    case .constant: KconfigWord.isNumber(text) ? text : quoted
    }
  }

  private var quoted: String {
    var result = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }
}
