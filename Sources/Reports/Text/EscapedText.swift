extension String {
  /// The text with scalars replaced for which there is a replacement.
  func escaped(_ replacement: (Unicode.Scalar) -> String?) -> String {
    var result = ""
    for scalar in unicodeScalars {
      if let replacement = replacement(scalar) {
        result += replacement
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A reference to the file for formats that want URIs: percent-encoded, and with a scheme only where it is absolute.
  var fileReference: String {
    let encoded = utf8.map { byte -> String in
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
        || ["-", ".", "_", "~", "/"].contains(scalar)
      if isPlain { return String(scalar) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
    return encoded.hasPrefix("/") ? "file://" + encoded : encoded
  }
}
