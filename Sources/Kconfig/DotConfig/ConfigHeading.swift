/// What generated files begin with. Kernel: `conf_write_heading` in scripts/kconfig/confdata.c.
enum ConfigHeading {
  /// In the comments of make and of `.config`.
  static func pound(_ model: KconfigModel) -> [UInt8] {
    text(model, first: "#", each: "#", last: "#")
  }

  /// In the comments of C.
  static func c(_ model: KconfigModel) -> [UInt8] {
    text(model, first: "/*", each: " *", last: " */")
  }

  private static func text(_ model: KconfigModel, first: String, each: String, last: String) -> [UInt8] {
    var text = Array(ascii: "\(first)\n\(each) Automatically generated file; DO NOT EDIT.\n\(each) ")
    text += model.title(of: .root)
    text += Array(ascii: "\n\(last)\n")
    return text
  }
}
