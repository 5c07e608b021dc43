/// A piece of an HTML page. Text can only get into it escaped, and attributes only those of `Attribute`: what comes from
/// a descriptor can be shown, and nothing else.
indirect enum Markup {
  /// Text; it may have lines.
  case text(String)
  /// An element with its attributes and content.
  case element(Tag, [Attribute], [Markup])
  /// The page's own style sheet or script, written as it is.
  case asset(PageAsset)
}

/// The elements that pages are made of.
enum Tag: String {
  // HTML
  case a, b, body, button, caption, code, dd, details, div, dl, dt, figcaption, figure, footer, form, h1, h2, h3, h4,
    head
  case header, html, label, li, main, mark, meta, nav, option, p, pre, script, section, select, span, style, summary,
    table
  case tbody, td, th, thead, title, tr, ul
  // SVG
  case circle, desc, g, line, rect, svg, text

  /// An element without end tag.
  var isVoid: Bool { self == .meta }

  /// Elements that read better on lines of their own. None of them stands inside a line of text.
  var startsLine: Bool {
    switch self {
    case .a, .b, .code, .mark, .span, .option, .label, .button, .text: false
    default: true
    }
  }

  /// An element of this kind.
  func callAsFunction(_ attributes: Attribute..., @MarkupBuilder content: () -> [Markup] = { [] }) -> Markup {
    .element(self, attributes, content())
  }
}

/// An attribute. There is none for styles and event handlers: the page's security policy would not let them pass.
struct Attribute {
  let name: String
  /// Nil for attributes that are there or not.
  let value: String?

  private init(_ name: String, _ value: String?) {
    (self.name, self.value) = (name, value)
  }

  static func id(_ value: String) -> Attribute { Attribute("id", value) }
  static func `class`(_ names: String) -> Attribute { Attribute("class", names) }
  static func lang(_ value: String) -> Attribute { Attribute("lang", value) }
  static func name(_ value: String) -> Attribute { Attribute("name", value) }
  static func content(_ value: String) -> Attribute { Attribute("content", value) }
  static func charset(_ value: String) -> Attribute { Attribute("charset", value) }
  static func httpEquivalent(_ value: String) -> Attribute { Attribute("http-equiv", value) }
  static func type(_ value: String) -> Attribute { Attribute("type", value) }
  static func value(_ value: String) -> Attribute { Attribute("value", value) }
  static func label(for value: String) -> Attribute { Attribute("for", value) }
  static func role(_ value: String) -> Attribute { Attribute("role", value) }
  static func scope(_ value: String) -> Attribute { Attribute("scope", value) }
  static func columns(_ count: Int) -> Attribute { Attribute("colspan", String(count)) }
  static func aria(_ name: String, _ value: String) -> Attribute { Attribute("aria-" + name, value) }
  /// A link inside the page; pages have no other links.
  static func link(to id: String) -> Attribute { Attribute("href", "#" + id) }
  static var hidden: Attribute { Attribute("hidden", nil) }
  static var open: Attribute { Attribute("open", nil) }
  /// Reached by the Tab key, because it may have to be scrolled.
  static var focusable: Attribute { Attribute("tabindex", "0") }

  // MARK: SVG

  static func viewBox(width: Int, height: Int) -> Attribute { Attribute("viewBox", "0 0 \(width) \(height)") }
  static func width(_ value: Int) -> Attribute { Attribute("width", String(value)) }
  static func height(_ value: Int) -> Attribute { Attribute("height", String(value)) }
  static func x(_ value: Int) -> Attribute { Attribute("x", String(value)) }
  static func y(_ value: Int) -> Attribute { Attribute("y", String(value)) }
  static func x1(_ value: Int) -> Attribute { Attribute("x1", String(value)) }
  static func y1(_ value: Int) -> Attribute { Attribute("y1", String(value)) }
  static func x2(_ value: Int) -> Attribute { Attribute("x2", String(value)) }
  static func y2(_ value: Int) -> Attribute { Attribute("y2", String(value)) }
  static func centreX(_ value: Int) -> Attribute { Attribute("cx", String(value)) }
  static func centreY(_ value: Int) -> Attribute { Attribute("cy", String(value)) }
  static func radius(_ value: Int) -> Attribute { Attribute("r", String(value)) }
  static func anchor(_ value: String) -> Attribute { Attribute("text-anchor", value) }
}

/// Collects what stands in braces behind an element.
@resultBuilder
enum MarkupBuilder {
  static func buildExpression(_ markup: Markup) -> [Markup] { [markup] }
  static func buildExpression(_ markup: [Markup]) -> [Markup] { markup }
  static func buildExpression(_ text: String) -> [Markup] { text.isEmpty ? [] : [.text(text)] }
  static func buildBlock(_ parts: [Markup]...) -> [Markup] { parts.flatMap { $0 } }
  static func buildArray(_ parts: [[Markup]]) -> [Markup] { parts.flatMap { $0 } }
  static func buildOptional(_ part: [Markup]?) -> [Markup] { part ?? [] }
  static func buildEither(first part: [Markup]) -> [Markup] { part }
  static func buildEither(second part: [Markup]) -> [Markup] { part }
}
