public import Diagnostics
public import LocatedYAML

/// A descriptor file after inheritance: one resolved mapping for each thing that is checked.
public struct Descriptor: Sendable {
  /// A variant with everything that it inherits, or the base itself.
  public struct Resolved: Sendable {
    /// `arm64-4k`, or the file's name where there are no variants.
    public let name: String
    /// The merged mapping; every node knows where it was written.
    public let node: Node
    /// Where a message about the whole variant points.
    public let place: SourceRange

    /// The same variant with other facts, for the question what would be if they were so.
    public func with(_ node: Node) -> Resolved {
      Resolved(name: name, node: node, place: place)
    }
  }

  /// The file's name without folder and `.yaml`.
  public let name: String
  /// The file, as reports print it.
  public let path: String
  /// What is checked.
  public let variants: [Resolved]
}
