import ArgumentParser
import Workspace

/// How `--get`, `--why` and `--reachable` answer.
enum AnswerFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
}
