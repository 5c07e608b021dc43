/// A file that is compiled in and becomes part of a page as it is, named by its hash in the page's security policy.
struct PageAsset {
  let text: String

  /// The style sheet, with the line ends that separate it from its tags.
  static let styleSheet = PageAsset(text: "\n" + String(decoding: PackageResources.matrix_css, as: UTF8.self))
  /// The script: filters and what opens evidence. The page is complete without it.
  static let script = PageAsset(text: "\n" + String(decoding: PackageResources.matrix_js, as: UTF8.self))

  /// How a security policy names it.
  var policySource: String { "'sha256-\(SHA256.base64(of: text))'" }
}
