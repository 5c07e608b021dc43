// environ is a variable in C; the tool has one thread.
@preconcurrency import Glibc

/// The environment of this process.
package enum ProcessEnvironment {
  /// The value of a variable; nil where it is not set.
  package static func value(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Those of some variables that are set.
  package static func values(of names: [String]) -> [String: String] {
    names.reduce(into: [:]) { variables, name in variables[name] = value(name) }
  }

  /// Everything that the caller of this process set.
  ///
  /// A value that is no text comes out as one that is refused where it is used, as control characters are.
  package static var all: [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let pointer = entry.pointee {
      let text = String(validatingCString: pointer) ?? String(cString: pointer) + "\u{7F}"
      // The first of a name counts, as for getenv.
      if let equals = text.firstIndex(of: "=") {
        let name = String(text[..<equals])
        variables[name] = variables[name] ?? String(text[text.index(after: equals)...])
      }
      entry = entry.advanced(by: 1)
    }
    return variables
  }
}
