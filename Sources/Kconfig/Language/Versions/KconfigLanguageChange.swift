/// What the language, and what `conf` does and says, has become since kernel v5.14: a change each, in the order of the
/// releases. A kernel version is known by the changes it has; a new one is a case here and a line of `releases`.
///
/// The release of each was read from the maintainers' pull requests, which name the commit quoted here. What the changes
/// of v6.8 to v6.12 do together is measured with the `conf` of v6.12, what each does alone in between is not. Those from
/// v6.13 on follow the published patches, tried out in a `conf` of v6.12 with these patches.
public enum KconfigLanguageChange: UInt8, CaseIterable, Sendable, Hashable {
  /// A number that a file sets out of range counts as the bound it lies beyond; before, it was forgotten.
  /// "kconfig: do not clear SYMBOL_DEF_USER when the value is out of range"
  case outOfRangeIsKept
  /// An int or hex without default is 0 or 0x0; before, it was empty.
  /// "kconfig: default to zero if int/hex symbol lacks default property"
  case numbersBeginAtZero
  /// Lines of a `.config` file are read to their end, such as `is not set`; before, more could follow.
  /// "kconfig: require an exact match for "is not set" to disable CONFIG option" and those around it
  case exactConfigurationLines
  /// Messages name the line that a statement begins in, and the first file must end with a newline.
  /// "kconfig: replace current_pos with separate cur_{filename,lineno}" and those around it
  case statementLines
  /// The symbol table has 16384 buckets instead of 9973, which the order of warnings follows.
  /// "kconfig: use generic macros to implement symbol hashtable"
  case largerSymbolTable
  /// Loops of dependencies are looked for in the order of the menu; before, in that of the symbol table.
  /// "kconfig: print recursive dependency errors in the parsed order"
  case loopsInMenuOrder
  /// A choice without prompt is an error; before, a warning. "kconfig: check prompt for choice while parsing"
  case choicesNeedPrompts
  /// A choice has no name. "kconfig: remove named choice support"
  case noNamedChoices
  /// Members without type do not take that of their choice. "kconfig: do not imply the type of choice value"
  case membersHaveOwnTypes
  /// Members do not move below one another. "kconfig: do not reparent the menu inside a choice block"
  case noSubmenusInChoices
  /// `optional` is no keyword. "kconfig: remove 'optional' property support"
  case noOptionalChoices
  /// A member without prompt is an error; before, a warning.
  /// "kconfig: turn missing prompt for choice members into error"
  case membersNeedPrompts
  /// Defaults and further prompts of members are errors; before, warnings.
  /// "kconfig: turn defaults and additional prompt for choice members into error"
  case memberPropertiesAreErrors
  /// What the user said last about a member decides a choice, which is bool; before, a choice was a symbol of its own, bool
  /// or tristate. "kconfig: remove tristate choice support", "kconfig: refactor choice value calculation", "kconfig: fix
  /// conditional prompt behavior for choice"
  case memberPriority
  /// Loops of dependencies are said without file and line. "kconfig: recursive checks drop file/lineno"
  case loopsWithoutPlaces
  /// Where a symbol is defined is no property of it. "kconfig: remove P_SYMBOL property"
  case definitionsAreNoProperties
  /// Constants leave a condition always; before, only where operands were joined. Of `&&` and `||` the last operand is
  /// transformed first. "kconfig: use hash table to reuse expressions"
  case sharedExpressions
  /// `bool "text"` in a choice is no prompt. "kconfig: remove support for "bool" prompt for choice entries"
  case noBoolChoices
  /// A `menuconfig` without prompt, a second and a blank help text are errors; before, warnings.
  /// "kconfig: remove zconfprint()"
  case parseWarningsAreErrors
  /// `transitional` symbols are read and never written. "kconfig: Add transitional symbol attribute for migration support"
  case transitionalSymbols
  /// `depends on X if Y`. "kconfig: Support conditional deps using "depends on X if Y""
  case conditionalDependencies
  /// Including a file a second time is an error. "kconfig: Error out on duplicated kconfig inclusion"
  case noRepeatedInclusion
  /// A member has one prompt. "kconfig: forbid multiple entries with the same symbol in a choice"
  case oneEntryPerMember
  /// `KCONFIG_WARN_CHANGED_INPUT` is honoured. "kconfig: add optional warnings for changed input values"
  case changedInputWarning

  /// The kernels that brought the changes.
  static let releases: [(version: Int, patchLevel: Int, changes: [KconfigLanguageChange])] = [
    (6, 8, [.outOfRangeIsKept, .numbersBeginAtZero, .exactConfigurationLines]),
    (
      6, 9,
      [
        .statementLines, .largerSymbolTable, .loopsInMenuOrder, .choicesNeedPrompts, .noNamedChoices,
        .membersHaveOwnTypes, .noSubmenusInChoices,
      ]
    ),
    (6, 10, [.noOptionalChoices, .membersNeedPrompts, .memberPropertiesAreErrors]),
    (6, 11, [.memberPriority, .loopsWithoutPlaces]),
    (6, 12, [.definitionsAreNoProperties, .sharedExpressions]),
    (6, 13, [.noBoolChoices, .parseWarningsAreErrors]),
    (6, 18, [.transitionalSymbols]),
    (7, 0, [.conditionalDependencies]),
    (7, 1, [.noRepeatedInclusion, .oneEntryPerMember]),
    (7, 2, [.changedInputWarning]),
  ]
}
