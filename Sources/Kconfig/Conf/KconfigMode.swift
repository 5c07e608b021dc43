/// What `conf` can do.
public enum KconfigMode: Sendable, Hashable {
  /// Asks for everything.
  case oldaskconfig
  /// Asks for what the configuration says nothing about.
  case oldconfig
  /// As `oldconfig`, silently; meant for a build, which has to ask for its files afterwards.
  case syncconfig
  /// Everything that can be n is n.
  case allnoconfig
  /// Everything that can be y is y.
  case allyesconfig
  /// Everything that can be m is m.
  case allmodconfig
  /// Everything has its default.
  case alldefconfig
  /// Everything is random.
  case randconfig
  /// What a file says; everything else has its default.
  case defconfig(String)
  /// The smallest file that says the same, written under this name.
  case savedefconfig(String)
  /// Lists what the configuration says nothing about.
  case listnewconfig
  /// Explains what the configuration says nothing about.
  case helpnewconfig
  /// What the configuration says; everything else has its default.
  case olddefconfig
  /// What is y becomes m where it can.
  case yes2modconfig
  /// What is m becomes y.
  case mod2yesconfig
  /// What is m becomes n.
  case mod2noconfig

  /// Whether it talks with the user about single symbols.
  var converses: Bool {
    switch self {
    case .oldaskconfig, .oldconfig, .syncconfig, .listnewconfig, .helpnewconfig: true
    default: false
    }
  }
}
