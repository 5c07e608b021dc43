import ArgumentParser

/// How `--get`, `--why` and `--reachable` answer.
enum AnswerFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json

  /// The value of the `schema` key.
  static let schema = "hvo/kconfig/v1"
}
