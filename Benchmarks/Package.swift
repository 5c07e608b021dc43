// swift-tools-version: 6.2
import PackageDescription

/// Apart from the package that users build: nothing here is needed to use hvocheck.
let package = Package(
  name: "hvocheck-benchmarks",
  dependencies: [.package(name: "hvocheck", path: "..")],
  targets: [
    .executableTarget(
      name: "kconfig-evaluations", dependencies: [.product(name: "Kconfig", package: "hvocheck")])
  ],
  swiftLanguageModes: [.v6]
)
