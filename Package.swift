// swift-tools-version: 6.2
import PackageDescription

/// Every target is built in the Swift 6 language mode with the same upcoming features.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A target of the house: its dependencies are the walls that `design` draws between the rooms.
///
/// `embedded` are files that are compiled into the binary.
func room(_ name: String, _ dependencies: [Target.Dependency], embedded: [String] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, resources: embedded.map { .embedInCode($0) }, swiftSettings: settings)
}

/// The tests of a target; `fixtures` are files that they read where they lie.
func tests(_ name: String, _ dependencies: [Target.Dependency] = [], fixtures: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies, exclude: fixtures,
    swiftSettings: settings)
}

/// YAML that is compiled into the binary, so that a single file carries the rules and kernel profiles.
func shippedData(_ name: String, folder: String, exclude: [String] = [], files: [String]) -> Target {
  .target(
    name: name, path: folder, exclude: exclude, sources: [name + ".swift"],
    resources: files.map { .embedInCode($0) }, swiftSettings: settings)
}

let package = Package(
  name: "hvocheck",
  products: [
    .executable(name: "hvocheck", targets: ["hvocheck"]),
    // The Kconfig front end knows nothing of architectures or HVO: others may use it alone.
    .library(name: "Kconfig", targets: ["Kconfig", "Diagnostics"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    room("Diagnostics", []),
    room("LocatedYAML", ["Diagnostics", "CLibYAML"]),
    room("Satisfiability", []),
    room("Kconfig", ["Diagnostics", "Satisfiability"]),
    room("KernelC", ["Diagnostics"]),
    room("Vmemmap", ["Diagnostics", "KernelC"]),
    room("Architectures", ["Diagnostics", "LocatedYAML", "Kconfig", "KernelC", "Vmemmap"]),
    room("Simulation", ["Diagnostics", "Kconfig", "KernelC", "Vmemmap", "Architectures"]),
    room(
      "Policy", ["Diagnostics", "LocatedYAML", "Kconfig", "KernelC", "Vmemmap", "Architectures", "Simulation"]),
    room(
      "Reports",
      ["Diagnostics", "LocatedYAML", "Kconfig", "KernelC", "Vmemmap", "Architectures", "Simulation", "Policy"],
      embedded: ["HTML/matrix.css", "HTML/matrix.js"]),
    shippedData("ShippedKernels", folder: "kernels", files: ["kernels.yaml"]),
    shippedData(
      "ShippedSchemas", folder: "schema",
      exclude: [
        "arch.v1.json", "baseline.v2.json", "cases.v1.json", "config.v1.json", "kernels.v1.json", "rules.v1.json",
      ], files: ["kconfig.v1.json", "matrix.v1.json", "report.v1.json", "report-lines.v1.json"]),
    shippedData(
      "ShippedRules", folder: "rules", exclude: ["tests"],
      files: ["flush.yaml", "kconfig.yaml", "port.yaml", "remap.yaml"]),
    .executableTarget(
      name: "hvocheck",
      dependencies: [
        "Diagnostics", "LocatedYAML", "Kconfig", "KernelC", "Vmemmap", "Architectures", "Simulation", "Policy",
        "Reports", "ShippedKernels", "ShippedRules", "ShippedSchemas",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: settings),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    tests("Diagnostics"),
    tests("LocatedYAML", ["Diagnostics"]),
    tests("Satisfiability"),
    tests("Kconfig", ["Diagnostics", "Satisfiability"], fixtures: ["Fixtures"]),
    tests("KernelC", ["Diagnostics"]),
    tests("Vmemmap", ["Diagnostics", "KernelC"]),
    tests(
      "Architectures",
      ["Diagnostics", "LocatedYAML", "Kconfig", "KernelC", "Vmemmap", "ShippedKernels"],
      fixtures: ["Fixtures"]),
    tests("Simulation", ["Diagnostics", "KernelC", "Vmemmap", "Architectures"]),
    tests(
      "Policy",
      [
        "Diagnostics", "LocatedYAML", "Kconfig", "KernelC", "Vmemmap", "Architectures", "Simulation",
        "ShippedKernels", "ShippedRules",
      ]),
    tests(
      "Reports",
      [
        "Diagnostics", "LocatedYAML", "Kconfig", "KernelC", "Architectures", "Policy", "ShippedKernels", "ShippedRules",
      ],
      fixtures: ["Expected", "validate.py"]),
    tests("hvocheck", ["Diagnostics"]),
  ],
  swiftLanguageModes: [.v6]
)
