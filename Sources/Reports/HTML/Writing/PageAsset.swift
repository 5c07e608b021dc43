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

  /// JSON in a script element: no text in it can end the element or begin a comment, and all of it is ASCII, so that
  /// nothing has to be known about what else browsers and validators refuse.
  init(json: String) {
    var escaped = ""
    for scalar in json.unicodeScalars {
      if scalar.isASCII, !["<", ">", "&"].contains(scalar) {
        escaped.unicodeScalars.append(scalar)
      } else {
        for unit in Array(String(scalar).utf16) {
          let digits = String(unit, radix: 16)
          escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    self.init(text: escaped + "\n")
  }

  /// How a security policy names it.
  var policySource: String { "'sha256-\(SHA256.base64(of: text))'" }
}
