/// The answer to a probe that is not known: what stands for it in texts that macros expand to.
enum ProbeAnswer {
  /// Begins and ends it. No file and no text from outside can hold it.
  static let mark: UInt8 = 0
}
