import CLibYAML
import Diagnostics

/// libyaml's event stream; owns the parser and its input, and frees both on every way out.
struct EventReader: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>

  /// - Throws: if there is no memory for the parser.
  init(_ text: String) throws(SyntaxFailure) {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      throw SyntaxFailure.outOfMemory
    }
    self.parser = parser
    input = .allocate(capacity: text.utf8.count)
    _ = input.initialize(from: text.utf8)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, input.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    input.deallocate()
  }

  /// The next event; not to be asked again after `streamEnd` or an error.
  mutating func next() throws(SyntaxFailure) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
    defer { yaml_event_delete(&event) }
    return Event(event)
  }

  private func failure() -> SyntaxFailure {
    let state = parser.pointee
    guard let problem = state.problem.map({ String(cString: $0) }) else {
      return .outOfMemory
    }
    return SyntaxFailure(
      problem: problem, place: Mark(state.problem_mark),
      context: state.context.map { (String(cString: $0), Mark(state.context_mark).position) })
  }
}

extension Mark {
  fileprivate init(_ mark: yaml_mark_t) {
    index = Int(clamping: mark.index)
    position = SourcePosition(line: Int(clamping: mark.line) &+ 1, column: Int(clamping: mark.column) &+ 1)
  }
}

extension Event {
  fileprivate init(_ event: yaml_event_t) {
    start = Mark(event.start_mark)
    end = Mark(event.end_mark)
    let data = event.data
    switch event.type {
    case YAML_DOCUMENT_START_EVENT:
      kind = .documentStart(
        hasTagDirectives: data.document_start.tag_directives.start != data.document_start.tag_directives.end)
    case YAML_DOCUMENT_END_EVENT:
      kind = .documentEnd
    case YAML_ALIAS_EVENT:
      kind = .alias(name: String(bytes: data.alias.anchor))
    case YAML_SCALAR_EVENT:
      let bytes = UnsafeBufferPointer(start: data.scalar.value, count: data.scalar.length)
      kind = .scalar(text: String(decoding: bytes, as: UTF8.self), style: Scalar.Style(data.scalar.style))
      properties = Properties(hasAnchor: data.scalar.anchor != nil, hasTag: data.scalar.tag != nil)
    case YAML_SEQUENCE_START_EVENT:
      kind = .sequenceStart
      isFlow = data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
      properties = Properties(hasAnchor: data.sequence_start.anchor != nil, hasTag: data.sequence_start.tag != nil)
    case YAML_MAPPING_START_EVENT:
      kind = .mappingStart
      isFlow = data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
      properties = Properties(hasAnchor: data.mapping_start.anchor != nil, hasTag: data.mapping_start.tag != nil)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      kind = .collectionEnd
    case YAML_STREAM_START_EVENT:
      kind = .streamStart
    default:
      // YAML_STREAM_END_EVENT, and YAML_NO_EVENT, which libyaml gives once the stream has ended.
      kind = .streamEnd
    }
  }
}

extension Scalar.Style {
  fileprivate init(_ style: yaml_scalar_style_t) {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: self = .literal
    case YAML_FOLDED_SCALAR_STYLE: self = .folded
    default: self = .plain
    }
  }
}

extension String {
  fileprivate init(bytes: UnsafeMutablePointer<UInt8>?) {
    self = bytes.map { String(cString: $0) } ?? ""
  }
}
