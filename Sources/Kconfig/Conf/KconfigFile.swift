/// A file that a run of `conf` leaves behind.
public struct KconfigFile: Sendable, Hashable {
  /// How a file comes to its place.
  public enum Arrival: Sendable, Hashable {
    /// Instead of what was there.
    case replacing
    /// Instead of what was there, which is kept as `NAME.old`.
    case keepingOld
    /// Where a symbolic link of its name leads, if it is one.
    case throughLinks
    /// The same, in a folder that is there already.
    case throughLinksInFolder
  }

  /// Its name, as the user or the build gives it.
  public let path: String
  /// Its contents.
  public let bytes: [UInt8]
  /// How it comes to its place.
  public let arrival: Arrival

  init(path: String, bytes: [UInt8], arrival: Arrival = .replacing) {
    self.path = path
    self.bytes = bytes
    self.arrival = arrival
  }
}
