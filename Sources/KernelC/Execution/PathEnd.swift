/// Why a path does not return.
enum PathEnd: Error {
  /// At a fault behind which nothing can go on.
  case stopped
  case notUnderstood(NotUnderstood)

  var ending: ExecutionPath.Ending {
    switch self {
    case .stopped: .stopped
    case .notUnderstood(let reason): .notUnderstood(reason)
    }
  }
}
