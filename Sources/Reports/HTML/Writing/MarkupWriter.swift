import Diagnostics

extension Markup {
  /// Writes the markup as HTML.
  func write(into output: inout some TextOutputStream) {
    write(keepsLines: false, into: &output)
  }

  private func write(keepsLines: Bool, into output: inout some TextOutputStream) {
    switch self {
    case .text(let text): output.write(text.escapedForHTML)
    case .asset(let asset): output.write(asset.text)
    case .element(let tag, let attributes, let content):
      if tag.startsLine, !keepsLines { output.write("\n") }
      output.write("<\(tag.rawValue)")
      for attribute in attributes {
        output.write(" " + attribute.name)
        if let value = attribute.value { output.write("=\"\(value.escapedForHTML)\"") }
      }
      output.write(">")
      if tag.isVoid { return }
      for part in content { part.write(keepsLines: keepsLines || tag == .pre, into: &output) }
      output.write("</\(tag.rawValue)>")
    }
  }
}

extension String {
  /// The text for element content and quoted attribute values alike. What is no character of HTML, or would change what
  /// a reader sees (text direction, control characters), becomes U+FFFD; a tab becomes a blank.
  var escapedForHTML: String {
    var escaped = ""
    escaped.reserveCapacity(utf8.count + 16)
    for scalar in unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\n": escaped += "\n"
      default: escaped.unicodeScalars.append(scalar.isASCIIText ? scalar : scalar.shownOnPage)
      }
    }
    return escaped
  }
}

extension Unicode.Scalar {
  fileprivate var isASCIIText: Bool { (0x20..<0x7f).contains(value) }

  fileprivate var shownOnPage: Unicode.Scalar {
    properties.isNoncharacterCodePoint || properties.generalCategory == .privateUse ? "\u{FFFD}" : shown
  }
}
