/// The functions that read or write one page flag by name, such as `SetPageDcacheDirty(page)` or
/// `folio_clear_dcache_clean(folio)` (include/linux/page-flags.h).
///
/// A folio accessor works on the flags of the folio that it is given. A page accessor of the generic kernel redirects
/// by a policy of the flag; architectures that define one for their own flag use the given page (mips
/// `SetPageDcacheDirty`, arch/mips/include/asm/cacheflush.h).
struct PageFlagAccessor {
  enum Operation {
    case test
    case modify(BitModification, returnsOldBit: Bool)
  }

  var operation: Operation
  /// With its `PG_`.
  var flag: String
  var takesFolio: Bool
  /// Whether the accessor is known to work on the struct page that it is given.
  var isSure: Bool

  /// Flags of the generic kernel whose page accessors use the given page (`PF_ANY`).
  private static let anyPage: Set<String> = [
    "PG_hwpoison", "PG_private", "PG_private_2", "PG_owner_priv_1", "PG_young", "PG_idle", "PG_arch_1",
  ]
  /// Flags of the generic kernel whose page accessors redirect to the head or refuse tails.
  private static let redirected: Set<String> = [
    "PG_locked", "PG_referenced", "PG_uptodate", "PG_dirty", "PG_lru", "PG_active", "PG_workingset", "PG_waiters",
    "PG_error", "PG_slab", "PG_reserved", "PG_writeback", "PG_head", "PG_mappedtodisk", "PG_reclaim", "PG_swapbacked",
    "PG_unevictable", "PG_mlocked", "PG_checked", "PG_reported",
  ]

  private static let pagePrefixes: [(String, Operation)] = [
    ("TestSetPage", .modify(.set, returnsOldBit: true)), ("TestClearPage", .modify(.clear, returnsOldBit: true)),
    ("__SetPage", .modify(.set, returnsOldBit: false)), ("__ClearPage", .modify(.clear, returnsOldBit: false)),
    ("SetPage", .modify(.set, returnsOldBit: false)), ("ClearPage", .modify(.clear, returnsOldBit: false)),
    ("Page", .test),
  ]
  private static let folioPrefixes: [(String, Operation)] = [
    ("folio_test_set_", .modify(.set, returnsOldBit: true)),
    ("folio_test_clear_", .modify(.clear, returnsOldBit: true)),
    ("__folio_set_", .modify(.set, returnsOldBit: false)), ("__folio_clear_", .modify(.clear, returnsOldBit: false)),
    ("folio_set_", .modify(.set, returnsOldBit: false)), ("folio_clear_", .modify(.clear, returnsOldBit: false)),
    ("folio_change_", .modify(.change, returnsOldBit: false)), ("folio_test_", .test),
  ]

  /// The accessor with this name, if it belongs to one of the known flags.
  init?(_ name: String, flags: [String: Int]) {
    for (prefix, operation) in Self.folioPrefixes where name.hasPrefix(prefix) {
      let flag = "PG_" + name.dropFirst(prefix.count)
      guard flags[flag] != nil else { continue }
      (self.operation, self.flag, takesFolio, isSure) = (operation, flag, true, true)
      return
    }
    for (prefix, operation) in Self.pagePrefixes where name.hasPrefix(prefix) {
      let flag = "PG_" + Self.snakeCase(name.dropFirst(prefix.count))
      guard flags[flag] != nil else { continue }
      let isSure = Self.anyPage.contains(flag) || !Self.redirected.contains(flag)
      (self.operation, self.flag, takesFolio, self.isSure) = (operation, flag, false, isSure)
      return
    }
    return nil
  }

  /// `DcacheDirty` becomes `dcache_dirty`, `HWPoison` becomes `hwpoison`.
  private static func snakeCase(_ name: Substring) -> String {
    if name == "HWPoison" { return "hwpoison" }
    var result = ""
    for character in name {
      if character.isUppercase, !result.isEmpty { result += "_" }
      result += character.lowercased()
    }
    return result
  }
}
