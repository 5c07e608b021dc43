/// What becomes part of a page as it is: the files that are compiled in, and the page's data.
struct PageAsset {
  let text: String

  private init(text: String) {
    // The line ends that separate it from its tags are part of what is hashed.
    self.text = "\n" + text
  }

  /// The style sheet.
  static let styleSheet = PageAsset(text: String(decoding: PackageResources.matrix_css, as: UTF8.self))
  /// The script: filters, and what opens evidence. The page is complete without it.
  static let script = PageAsset(text: String(decoding: PackageResources.matrix_js, as: UTF8.self))

  /// JSON in a script element: no text in it can end the element or begin a comment.
  init(json: String) {
    var escaped = ""
    for character in json.unicodeScalars {
      switch character {
      case "<": escaped += "\\u003c"
      case ">": escaped += "\\u003e"
      case "&": escaped += "\\u0026"
      default: escaped.unicodeScalars.append(character)
      }
    }
    self.init(text: escaped + "\n")
  }

  /// How a security policy names it.
  var policySource: String { "'sha256-\(SHA256.base64(of: text))'" }
}
