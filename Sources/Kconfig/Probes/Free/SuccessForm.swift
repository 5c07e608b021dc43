/// `{ COMMAND; } >/dev/null 2>&1 && echo "TEXT" || echo "TEXT"`: `if-success` of scripts/Kconfig.include.
struct SuccessForm {
  /// What succeeds or fails.
  let list: ShellList
  /// Its text.
  let command: [UInt8]
  let then: ShellStage
  let otherwise: ShellStage

  init?(_ whole: ShellList, in text: [UInt8]) {
    guard whole.items.count == 3, whole.items.allSatisfy({ $0.pipeline.count == 1 }),
      whole.items[1].connection == .afterSuccess, whole.items[2].connection == .afterFailure
    else { return nil }
    let group = whole.items[0].pipeline[0]
    guard case .group(let list, let range) = group.command, group.redirections == [.toNull(1), .toStream(2, of: 1)]
    else { return nil }
    self.list = list
    command = Array(text[range])
    then = whole.items[1].pipeline[0]
    otherwise = whole.items[2].pipeline[0]
    for stage in [then, otherwise] {
      guard case .words(let words) = stage.command, stage.redirections.isEmpty,
        words.first == ShellWord(pieces: [.text(Array(ascii: "echo"))])
      else { return nil }
    }
  }

  /// What is printed in both cases; nil where that is not known.
  func texts(in machine: ShellMachine) -> (then: [UInt8], otherwise: [UInt8])? {
    func text(_ stage: ShellStage) -> [UInt8]? {
      guard let words = try? machine.words(of: stage),
        let output = (try? machine.echo(Array(words.dropFirst())))?.output, !output.contains(ProbeAnswer.mark)
      else { return nil }
      return output.asOneLine
    }
    guard let then = text(then), let otherwise = text(otherwise) else { return nil }
    return (then, otherwise)
  }
}

extension [UInt8] {
  /// The value of an output, as of `$(shell,…)`.
  var asOneLine: [UInt8] {
    var value = self
    while value.last == .newline { value.removeLast() }
    return value.map { $0 == .newline ? .space : $0 }
  }
}
