package import Diagnostics
package import LocatedYAML

/// A descriptor file after inheritance: one resolved mapping for each thing that is checked.
package struct Descriptor: Sendable {
  /// A variant with everything that it inherits, or the base itself.
  package struct Resolved: Sendable {
    /// `arm64-4k`, or the file's name where there are no variants.
    package let name: String
    /// The merged mapping; every node knows where it was written.
    package let node: Node
    /// Where a message about the whole variant points.
    package let place: SourceRange

    /// The same variant with other facts, for the question what would be if they were so.
    package func with(_ node: Node) -> Resolved {
      Resolved(name: name, node: node, place: place)
    }
  }

  /// The file's name without folder and `.yaml`.
  package let name: String
  /// The file, as reports print it.
  package let path: String
  /// What is checked.
  package let variants: [Resolved]
}
