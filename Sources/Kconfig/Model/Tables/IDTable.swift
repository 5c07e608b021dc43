/// An array whose entries are known by a number of their own type.
struct IDTable<ID: TableIndex, Element> {
  /// The entries, in the order of their numbers.
  private(set) var elements: [Element]

  init(_ elements: [Element] = []) {
    self.elements = elements
  }

  init(repeating element: Element, count: Int) {
    elements = [Element](repeating: element, count: count)
  }

  var count: Int { elements.count }

  /// The numbers of all entries.
  var ids: IDRange<ID> { IDRange(count: elements.count) }

  subscript(id: ID) -> Element {
    get { elements[id.position] }
    _modify { yield &elements[id.position] }
  }

  /// Adds an entry.
  /// - Returns: its number.
  @discardableResult
  mutating func append(_ element: Element) -> ID {
    elements.append(element)
    return ID(elements.count - 1)
  }

  /// Adds entries until one has this number.
  mutating func grow(to id: ID, filledWith element: Element) {
    while elements.count <= id.position { elements.append(element) }
  }

  /// Replaces all entries.
  mutating func fill(with element: Element) {
    elements = [Element](repeating: element, count: elements.count)
  }
}

extension IDTable: Sendable where Element: Sendable {}

/// The numbers of all entries of a table.
struct IDRange<ID: TableIndex>: RandomAccessCollection {
  let endIndex: Int

  init(count: Int) {
    endIndex = count
  }

  var startIndex: Int { 0 }

  subscript(position: Int) -> ID { ID(position) }
}
