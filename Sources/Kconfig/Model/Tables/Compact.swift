/// A number or none, in the room of a number: a model has a million of them.
@propertyWrapper
struct Compact<ID: TableIndex>: Sendable {
  /// -1 for none.
  private var number: Int32

  init(wrappedValue: ID?) {
    number = wrappedValue?.number ?? -1
  }

  var wrappedValue: ID? {
    get { number < 0 ? nil : ID(number: number) }
    set { number = newValue?.number ?? -1 }
  }
}

/// For each number of one table a number of another one, or none.
struct CompactTable<Key: TableIndex, ID: TableIndex>: Sendable {
  private var table: IDTable<Key, Compact<ID>>

  init() {
    table = IDTable()
  }

  /// None for the first `count` numbers.
  init(count: Int) {
    table = IDTable(repeating: Compact(wrappedValue: nil), count: count)
  }

  /// The number that belongs to another one; nil behind the end.
  subscript(key: Key) -> ID? {
    @inline(__always) get { key.position < table.count ? table[key].wrappedValue : nil }
    @inline(__always) set {
      if key.position >= table.count { table.grow(to: key, filledWith: Compact(wrappedValue: nil)) }
      table[key].wrappedValue = newValue
    }
  }

  /// None for all numbers.
  mutating func clear() { table.fill(with: Compact(wrappedValue: nil)) }
}
