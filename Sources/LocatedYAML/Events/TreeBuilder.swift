import Diagnostics

/// Builds the tree out of events with a stack of its own, and collects what is refused on the way.
struct TreeBuilder {
  private let path: String
  private let text: String
  private var cursor: TextCursor
  private var mistakes = MistakeList()
  private var open: [OpenCollection] = []
  private var root: Node?
  private var documents = 0

  init(_ text: CheckedText) {
    path = text.path
    self.text = text.text
    cursor = TextCursor(text.text)
  }

  /// Reads to the end of the text or to the mistake behind which nothing can be trusted.
  mutating func build() throws(Diagnostics) -> Node {
    do {
      var reader = try EventReader(text)
      var goesOn = true
      while goesOn, !mistakes.isFull {
        goesOn = take(try reader.next())
      }
    } catch {
      mistakes.add(syntaxMistake(error))
    }
    if mistakes.isEmpty, root.map(Self.isAbsent) ?? true {
      mistakes.add(.emptyDocument(path: path))
    }
    guard mistakes.isEmpty, let root else { throw mistakes.inTextOrder() }
    return root
  }

  private mutating func syntaxMistake(_ failure: SyntaxFailure) -> Diagnostic {
    let isAtTab = cursor.scalar(at: failure.place) == "\t"
    // libyaml puts the end of a text without a final line end on a line that does not exist.
    let end = SourceText.endPosition(of: text.unicodeScalars)
    var failure = failure
    failure.place.position = min(failure.place.position, end)
    failure.context = failure.context.map { ($0.words, min($0.place, end)) }
    return .syntax(failure, path: path, isAtTab: isAtTab)
  }

  /// Takes one event in; false if the rest of the text is not to be read.
  private mutating func take(_ event: Event) -> Bool {
    refuseProperties(of: event)
    switch event.kind {
    case .streamStart, .documentEnd:
      break
    case .streamEnd:
      return false
    case .documentStart(let hasTagDirectives):
      documents += 1
      if hasTagDirectives { refuseTagDirectives(from: event) }
      if documents > 1 {
        mistakes.add(.severalDocuments(at: range(of: event)))
        return false
      }
    case .alias(let name):
      mistakes.add(.alias(name, at: range(of: event)))
      takeAlias(at: range(of: event))
    case .scalar(let text, let style):
      takeScalar(text, style, event)
    case .sequenceStart, .mappingStart:
      guard open.count < LocatedYAML.deepestNesting else {
        mistakes.add(.tooDeep(at: firstColumn(of: event)))
        return false
      }
      open.append(opened(event))
    case .collectionEnd:
      if let closed = open.popLast() {
        takeCollection(closed.node(endOfBrackets: event.end.position, path: path))
      }
    }
    return true
  }

  // MARK: Nodes

  private mutating func takeScalar(_ text: String, _ style: Scalar.Style, _ event: Event) {
    let scalar = located(text, style, event)
    if style == .doubleQuoted, text.utf8.contains(0) { mistakes.add(.escapedNUL(at: scalar.range)) }
    if let last = open.indices.last, case .key = open[last].slot {
      takeKey(scalar, of: last)
    } else {
      takeNode(Node(content: .scalar(scalar), range: scalar.range))
    }
  }

  private mutating func takeKey(_ key: Scalar, of mapping: Int) {
    if key.style == .plain, key.text.isEmpty || key.text == "<<" {
      mistakes.add(key.text.isEmpty ? .emptyKey(at: key.range) : .mergeKey(at: key.range))
      open[mapping].refuseKey(at: key.range)
    } else if let first = open[mapping].takeKey(key) {
      mistakes.add(.duplicateKey(key.text, at: key.range, first: first))
    }
  }

  private mutating func takeCollection(_ node: Node) {
    if let last = open.indices.last, case .key = open[last].slot {
      mistakes.add(.keyIsCollection(at: node.range))
      open[last].refuseKey(at: node.range)
    } else {
      takeNode(node)
    }
  }

  /// An alias is refused, but what follows it is still to be read.
  private mutating func takeAlias(at range: SourceRange) {
    if let last = open.indices.last, case .key = open[last].slot {
      open[last].refuseKey(at: range)
    } else {
      takeNode(Node(content: .sequence([]), range: range))
    }
  }

  private mutating func takeNode(_ node: Node) {
    guard let last = open.indices.last else {
      root = node
      return
    }
    if case .item = open[last].slot {
      open[last].takeItem(node)
    } else {
      open[last].takeValue(node)
    }
  }

  private static func isAbsent(_ node: Node) -> Bool {
    node.scalar.map { $0.style == .plain && $0.text.isEmpty } ?? false
  }

  // MARK: Places

  private mutating func located(_ text: String, _ style: Scalar.Style, _ event: Event) -> Scalar {
    let start = event.start.position
    let source = cursor.slice(from: event.start, to: event.end)
    switch style {
    case .literal, .folded:
      let extent = BlockScalarExtent(source, at: start)
      let range = SourceRange(path: path, start: start, end: extent.end)
      return Scalar(text: text, style: style, range: range, source: extent.source)
    case .plain where text.isEmpty:
      let place = placeOfAbsentValue(event)
      let range = SourceRange(path: path, start: place, end: place)
      return Scalar(text: text, style: style, range: range, source: source.prefix(0))
    case .plain, .singleQuoted, .doubleQuoted:
      return Scalar(text: text, style: style, range: range(of: event), source: source)
    }
  }

  /// libyaml puts an absent value behind its colon, or, where there is no colon, at the next token, however far away.
  private mutating func placeOfAbsentValue(_ event: Event) -> SourcePosition {
    guard let mapping = open.last, mapping.awaitsValue, cursor.scalar(before: event.start) != ":" else {
      return event.start.position
    }
    return mapping.lastEnd
  }

  private mutating func opened(_ event: Event) -> OpenCollection {
    let isMapping = if case .mappingStart = event.kind { true } else { false }
    // The mapping of a single pair in a flow sequence has the flow style, but no brackets of its own.
    let bracket: Unicode.Scalar = isMapping ? "{" : "["
    return OpenCollection(
      isMapping: isMapping, hasBrackets: event.isFlow && cursor.scalar(at: event.start) == bracket,
      start: event.start.position)
  }

  private func range(of event: Event) -> SourceRange {
    SourceRange(path: path, start: event.start.position, end: event.end.position)
  }

  private func firstColumn(of event: Event) -> SourceRange {
    let start = event.start.position
    return SourceRange(path: path, start: start, end: SourcePosition(line: start.line, column: start.column + 1))
  }

  // MARK: What is refused in front of nodes and documents

  private mutating func refuseProperties(of event: Event) {
    guard event.properties.hasAnchor || event.properties.hasTag else { return }
    let rest = text[cursor.index(of: event.start)...]
    let scan = PropertyScan(rest, at: event.start.position, path: path, expecting: event.properties)
    if event.properties.hasAnchor { mistakes.add(.anchor(at: scan.anchor ?? firstColumn(of: event))) }
    if event.properties.hasTag { mistakes.add(.tag(at: scan.tag ?? firstColumn(of: event))) }
  }

  private mutating func refuseTagDirectives(from event: Event) {
    let directives = SourceText.lines(of: cursor.slice(from: event.start, to: event.end))
    for (offset, line) in directives.enumerated() where line.starts(with: "%TAG".unicodeScalars) {
      let start = SourcePosition(line: event.start.position.line + offset, column: 1)
      let end = SourcePosition(line: start.line, column: line.count + 1)
      mistakes.add(.tagDirective(at: SourceRange(path: path, start: start, end: end)))
    }
  }
}
