/// The macros that already took part in producing a token (Prosser's algorithm); mostly empty, so a sorted array.
struct HideSet: Hashable, Sendable {
  private var macros: [Int32] = []

  func contains(_ macro: Int32) -> Bool {
    macros.contains(macro)
  }

  func inserting(_ macro: Int32) -> HideSet {
    var result = self
    let index = macros.firstIndex { $0 >= macro } ?? macros.count
    if index == macros.count || macros[index] != macro { result.macros.insert(macro, at: index) }
    return result
  }

  func union(_ other: HideSet) -> HideSet {
    if other.macros.isEmpty || other == self { return self }
    if macros.isEmpty { return other }
    var result = self
    for macro in other.macros { result = result.inserting(macro) }
    return result
  }

  func intersection(_ other: HideSet) -> HideSet {
    var result = HideSet()
    result.macros = macros.filter(other.contains)
    return result
  }
}
