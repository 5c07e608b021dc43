import Glibc

/// A clock that never goes back.
package enum Clock {
  /// Nanoseconds since some moment.
  package static var nanoseconds: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// Milliseconds since some moment.
  package static var milliseconds: Int { Int(nanoseconds / 1_000_000) }
}
