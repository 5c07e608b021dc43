import Diagnostics
import KernelC
import Simulation

/// What a run did at one place of the text: what a rule about runs is about.
enum RunEvent {
  /// A store or load that the MMU refuses.
  case fault(ExecutionPath.Fault)
  /// A store that other struct pages show.
  case aliasWrite(AliasWrite)
  /// The return after which the flag is still set on the head; nil at the end of the body.
  case lostFlush(SourceRange?)
  /// Something that is not modelled.
  case notUnderstood(NotUnderstood)
  /// The run as a whole: the rule names nothing that a run does at a place.
  case run

  /// What makes events of several runs the same.
  struct Key: Hashable {
    /// The calls that lead to it, then its own place; empty for the run as a whole.
    var places: [SourceRange]
    var construct: String?
  }

  var key: Key {
    switch self {
    case .fault(let fault): Key(places: fault.calls + [fault.place])
    case .aliasWrite(let alias): Key(places: alias.calls + [alias.place])
    case .lostFlush(let exit): Key(places: exit.map { [$0] } ?? [])
    case .notUnderstood(let construct): Key(places: [construct.place], construct: construct.construct)
    case .run: Key(places: [])
    }
  }

  /// The statement; nil where the event is at none.
  var place: SourceRange? { key.places.last }

  /// The calls of helpers and uses of macros that lead to it, outermost first.
  var calls: [SourceRange] { key.places.dropLast() }
}

extension RunOutcome {
  /// The events of the run that a rule's demand names, in the order in which they happened; the run itself if there are
  /// none.
  func events(namedBy rule: Rule) -> [RunEvent] {
    var events: [RunEvent] = []
    if rule.demandNames("run.faults") { events += path.faults.map { .fault($0) } }
    if rule.demandNames("run.writes_alias") { events += aliases.map { .aliasWrite($0) } }
    if rule.demandNames("run.loses_flush"), losesFlush { events.append(.lostFlush(path.exit)) }
    if rule.demandNames("run.understood"), case .notUnderstood(let construct) = path.ending {
      events.append(.notUnderstood(construct))
    }
    return events.isEmpty ? [.run] : events
  }
}
