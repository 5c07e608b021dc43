import Diagnostics

/// Mistakes in descriptors, each once: what is wrong with a file is wrong with all that extend it.
struct DescriptorMistakes {
  private static let mostNotes = 3

  private struct Entry {
    var diagnostic: Diagnostic
    /// The descriptors that are not checked because of it, besides the one in which it is.
    var others: [FilePath] = []
  }

  private var entries: [Entry] = []
  private var positions: [Diagnostic: Int] = [:]

  /// Adds a mistake that was met in a descriptor.
  mutating func add(_ diagnostic: Diagnostic, in file: FilePath) {
    let isElsewhere = diagnostic.place.map { $0.file != file } ?? false
    if let position = positions[diagnostic] ?? position(ofReasonFor: diagnostic) {
      if isElsewhere || diagnostic != entries[position].diagnostic { entries[position].others.append(file) }
      return
    }
    positions[diagnostic] = entries.count
    entries.append(Entry(diagnostic: diagnostic, others: isElsewhere ? [file] : []))
  }

  /// A file that cannot be read is reason enough for all that extend it.
  private func position(ofReasonFor diagnostic: Diagnostic) -> Int? {
    guard diagnostic.id == "ARCH001" else { return nil }
    return entries.firstIndex { diagnostic.reasons == [$0.diagnostic.message] }
  }

  /// All of them in the order in which they were met.
  var all: [Diagnostic] {
    entries.map { entry in
      var diagnostic = entry.diagnostic
      diagnostic.notes += entry.others.prefix(Self.mostNotes).map {
        Diagnostic.Note("this descriptor extends it and is not checked", at: .startOfFile($0.text))
      }
      let more = entry.others.count - Self.mostNotes
      if more > 0 { diagnostic.reasons.append("\(more) more descriptors extend it and are not checked") }
      return diagnostic
    }
  }
}
