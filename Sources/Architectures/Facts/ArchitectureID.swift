/// What makes two architectures the same: the name with its variant, and the kernel.
///
/// One name at two kernels is two architectures: what was found at one says nothing of the other.
package struct ArchitectureID: Hashable, Sendable, CustomStringConvertible {
  /// The architecture's name with its variant: `arm64-4k`.
  package let name: String
  /// The kernel version with its patches: `v5.18-rc1 + 2 patches`.
  package let kernel: String

  /// Makes an identity.
  package init(name: String, kernel: String) {
    self.name = name
    self.kernel = kernel
  }

  /// For people: `arm64-4k at v5.18-rc1 + 2 patches`.
  package var description: String { "\(name) at \(kernel)" }
}

extension Architecture {
  /// What makes it this architecture.
  package var id: ArchitectureID { ArchitectureID(name: name, kernel: kernelDescription) }

  /// The kernel for people: `v5.18-rc1 + 2 patches`.
  package var kernelDescription: String {
    switch patches.count {
    case 0: version.value.description
    case 1: "\(version.value) + 1 patch"
    default: "\(version.value) + \(patches.count) patches"
    }
  }
}
