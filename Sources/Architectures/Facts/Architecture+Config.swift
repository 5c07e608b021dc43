import Kconfig

extension Architecture {
  /// What the checked `.config` sets, a line of it for each symbol: `CONFIG_MEMCG=y`.
  package var configLines: [String] {
    config.sorted { $0.key < $1.key }.map { "CONFIG_\($0.key)=\($0.value.value.letter)" }
  }
}
