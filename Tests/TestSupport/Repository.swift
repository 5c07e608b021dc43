package import Foundation

/// The files of the repository that the tests belong to, found from this file.
package enum Repository {
  /// The folder of Package.swift.
  package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A file or folder by its path in the repository.
  package static func url(_ path: String) -> URL { root.appending(path: path) }

  /// The same as a path of the machine.
  package static func path(_ path: String) -> String { url(path).path }

  /// The text of a file.
  package static func text(_ path: String) throws -> String {
    try String(contentsOf: url(path), encoding: .utf8)
  }

  /// The values in a file that has one JSON object a line.
  package static func lines<Line: Decodable>(of path: String, as type: Line.Type = Line.self) throws -> [Line] {
    try Data(contentsOf: url(path)).split(separator: UInt8(ascii: "\n"))
      .map { try JSONDecoder().decode(type, from: $0) }
  }
}
