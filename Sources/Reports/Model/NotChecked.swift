package import Diagnostics

/// What a report or a matrix says nothing about, because of mistakes in files.
package struct NotChecked {
  /// What is wrong with files.
  let mistakes: [Diagnostic]

  /// The mistakes of a run; none where everything was checked.
  package init(_ mistakes: [Diagnostic] = []) {
    self.mistakes = mistakes
  }

  /// A line for each: `not checked: arches/arm64.yaml:3:1: message [ID]`.
  var lines: [String] {
    mistakes.map { mistake in
      let place = mistake.place.map { "\($0.path):\($0.start.line):\($0.start.column): " } ?? ""
      return "not checked: \(place)\(mistake.message) [\(mistake.id)]".printable
    }
  }

  /// The mistakes as `hvo/matrix/v1` has them; nil where there are none.
  var json: JSON? {
    if mistakes.isEmpty { return nil }
    return .array(
      mistakes.map { mistake in
        [
          "id": .text(mistake.id), "message": .text(mistake.message), "reasons": .texts(mistake.reasons),
          "help": .texts(mistake.help), "place": mistake.place.map(JSON.place),
        ]
      })
  }
}
