import Kconfig

/// The parts of answers as JSON, described in `schema/kconfig.v1.json`.
enum KconfigJSON {
  /// The value of the `schema` key.
  static let schema = "hvo/kconfig/v1"

  static func goals(_ goals: [KconfigEdits.Goal], in model: KconfigModel) -> JSON {
    .array(goals.map { ["symbol": .text(model.name(of: $0.symbol)), "value": .text($0.value)] })
  }

  /// What a toolchain has to answer; nil where that is not open.
  static func toolchain(_ answers: [ToolchainAnswer]) -> JSON? {
    if answers.isEmpty { return nil }
    return .array(
      answers.map { answer in
        ["question": .text(answer.input.question), "answer": .text(answer.value), "place": place(answer.input.place)]
      })
  }

  static func changes(_ changes: KconfigEdits, in model: KconfigModel) -> JSON {
    [
      "toolchain": toolchain(changes.answers),
      "isOnlySmallest": .truth(changes.isOnlySmallest),
      "changes": .array(
        changes.edits.map { change in
          [
            "symbol": .text(model.name(of: change.symbol)), "before": change.before.map { .text($0.line) },
            "after": change.after.map { .text($0.line) },
            "place": model.symbol(change.symbol).definitions.first.map(place),
          ]
        }),
    ]
  }

  static func blockade(_ blockade: KconfigBlockade) -> JSON {
    .array(
      blockade.steps.map { step in
        [
          "symbol": .text(step.name), "isChoice": .truth(step.isChoice), "values": .texts(step.values),
          "places": .array(step.places.map(place)), "isForced": .truth(step.isForced),
          "ways": .array(step.ways.map(way)),
        ]
      })
  }

  private static func way(_ way: KconfigBlockade.Way) -> JSON {
    let (kind, text): (String, String?) =
      switch way.kind {
      case .prompt: ("prompt", nil)
      case .default(let value): ("default", value)
      case .range(let bounds): ("range", bounds)
      case .select(let symbol): ("select", symbol)
      case .imply(let symbol): ("imply", symbol)
      }
    return [
      "kind": .text(kind), "text": text.map { .text($0) }, "place": place(way.place), "condition": .text(way.condition),
      "missing": .texts(way.missing),
    ]
  }

  static func explanation(_ explanation: KconfigExplanation) -> JSON {
    [
      "symbol": .text(explanation.name), "type": .text(explanation.type.name), "value": .text(explanation.value),
      "origin": .text(explanation.originWord), "visibility": .text(explanation.visibility.letter),
      "said": explanation.said.map { .text($0.line) }, "isUnmet": .truth(explanation.isUnmet),
      "definitions": .array(
        explanation.definitions.map {
          [
            "place": place($0.place), "prompt": $0.prompt.map { .text($0) }, "visibility": $0.visibility.map(clause),
            "dependency": $0.dependency.map(clause),
          ]
        }),
      "statements": .array(
        explanation.statements.map {
          [
            "kind": .text($0.kind.word), "text": .text($0.text), "place": place($0.place),
            "condition": $0.condition.map(clause), "value": .text($0.value.letter),
          ]
        }),
    ]
  }

  private static func clause(_ clause: KconfigExplanation.Clause) -> JSON {
    ["text": .text(clause.text), "value": .text(clause.value.letter), "missing": .texts(clause.missing)]
  }

  static func place(_ place: KconfigPlace) -> JSON { ["path": .text(place.path), "line": .number(place.line)] }
}

extension KconfigExplanation {
  /// Where the value comes from, in a word.
  fileprivate var originWord: String {
    switch origin {
    case .user: "user"
    case .default: "default"
    case .selected: "select"
    case .implied: "imply"
    case .choice: "choice"
    case .range: "range"
    case .nothing: "nothing"
    }
  }
}

extension KconfigExplanation.Statement.Kind {
  /// The keyword of the files.
  var word: String {
    switch self {
    case .default: "default"
    case .range: "range"
    case .select: "select"
    case .imply: "imply"
    }
  }
}
