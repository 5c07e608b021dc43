import Diagnostics
import Kconfig

/// What must hold of a descriptor before anything is concluded from its configurations.
extension ConfigurationSpace {
  /// The configurations in which everything is as `config:` says.
  /// - Throws: which lines contradict one another.
  func space(of symbols: [String], in model: KconfigModel) throws(Diagnostic) -> KconfigSpace {
    do throws(KconfigSpace.Failure) {
      return try KconfigSpace(of: symbols, in: model, requiring: said)
    } catch {
      throw diagnostic(for: error)
    }
  }

  /// What `config:` says, in the order of names.
  var said: [KconfigSpace.Requirement] {
    architecture.config.sorted { $0.key < $1.key }.map { KconfigSpace.Requirement($0.key, is: $0.value.value) }
  }

  /// - Parameter undecided: the symbols that have to be said where there are too many configurations.
  func diagnostic(for failure: KconfigSpace.Failure, undecided: Set<String> = []) -> Diagnostic {
    switch failure {
    case .contradiction(let requirements): contradiction(between: requirements)
    case .tooManyCombinations(let most):
      Diagnostic(
        id: "ARCH014", "more than \(most) configurations differ in what a cell is made of",
        at: architecture.directory.range, reasons: ["undecided: \(undecided.sorted().joined(separator: ", "))"],
        help: ["say in 'config:' which of them are set"])
    case .tooHard:
      Diagnostic(
        id: "ARCH014", "the conditions are too hard to solve", at: architecture.directory.range,
        help: ["say in 'config:' which symbols are set"])
    case .unconfirmed:
      Diagnostic(
        id: "ARCH014", "the configurations found are not those that Kconfig evaluates to: a mistake of hvocheck",
        at: architecture.directory.range, help: ["report it with the descriptor"])
    }
  }

  // MARK: numbers

  /// Everything that a cell is made from has to be decided by what is y, m or n; a number would be a guess.
  /// - Throws: the first condition that a number decides.
  func checkNumbers(_ space: KconfigSpace, asked: [String], in model: KconfigModel) throws(Diagnostic) {
    let numbers = space.cone.map { model.symbol($0).name }.filter { kconfig.uses.textKind(of: $0) != nil }
    guard !numbers.isEmpty else { return }
    let facts = kconfig.facts.map(\.symbol)
    let undecided: [String]
    do throws(KconfigSpace.Failure) {
      if numbers.contains(where: { kconfig.uses.textKind(of: $0) == .mixed }) {
        undecided = facts
      } else if try space.undecided(by: asked).isEmpty {
        return
      } else {
        undecided = try KconfigSpace(of: facts, in: model, requiring: said).undecided(by: asked)
      }
    } catch {
      throw diagnostic(for: error)
    }
    for (fact, symbol) in kconfig.facts where undecided.contains(symbol) {
      if let place = condition(of: fact, on: Set(numbers)) { throw Self.undecided(place.names, at: place.range) }
    }
    throw Self.undecided(numbers, at: architecture.directory.range)
  }

  /// The first condition by which a fact depends on numbers, whether itself or through what is selected.
  private func condition(
    of fact: DescriptorKconfig.Fact, on numbers: Set<String>
  ) -> (range: SourceRange, names: [String])? {
    var expressions: [KconfigExpression] = []
    var symbols: [String] = []
    switch fact {
    case .optIn, .feature:
      switch architecture.kernel.optIn {
      case .symbol(let name): symbols = [name]
      case .condition(let condition): symbols = condition.symbols.map(\.text)
      }
      if fact == .feature { symbols += architecture.kernel.featureDepends.symbols.map(\.text) }
    case .structPage(let index): expressions = architecture.structPageSizes[...index].compactMap(\.condition)
    case .define(let index): expressions = architecture.defines[index].condition.map { [$0] } ?? []
    }
    var seen: Set<String> = []
    while true {
      for expression in expressions {
        let named = Set(expression.symbols.map(\.text)).intersection(numbers)
        if !named.isEmpty { return (expression.range, named.sorted()) }
        symbols += expression.symbols.map(\.text)
      }
      expressions = []
      let next = symbols.filter { seen.insert($0).inserted }
      symbols = []
      if next.isEmpty { return nil }
      for name in next {
        expressions += architecture.selects.filter { $0.symbol.value == name }.compactMap(\.condition)
        let known = kconfig.known(name)
        symbols += ((known?.value?.symbols ?? []) + (known?.depends?.symbols ?? [])).map(\.text)
      }
    }
  }

  private static func undecided(_ symbols: [String], at range: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "ARCH020", "this depends on \(symbols.joined(separator: ", ")), of which no value is known", at: range,
      reasons: ["a number or a text is never assumed to be one or the other"],
      help: ["write the condition for the value that this descriptor is about"])
  }

  // MARK: macros

  /// - Throws: a macro that is defined twice.
  func checkDefinedOnce(in configuration: Configuration) throws(Diagnostic) {
    var first: [String: Architecture.Define] = [:]
    for define in macros(in: configuration) {
      if let other = first[define.macro.value] {
        throw Diagnostic(
          id: "ARCH021", "\(define.macro.value) is defined twice in one configuration", at: define.macro.range,
          notes: [.init("first defined here", at: other.macro.range)],
          help: ["give both an 'if' so that only one holds"])
      }
      first[define.macro.value] = define
    }
  }
}
