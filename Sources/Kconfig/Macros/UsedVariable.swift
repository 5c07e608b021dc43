/// A variable of the environment that a Kconfig file used: a build asks again once its value is another.
struct UsedVariable: Sendable, Hashable {
  let name: [UInt8]
  let value: [UInt8]
}
