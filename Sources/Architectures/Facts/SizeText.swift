/// A size as kernel people write it: `2M`.
package func sizeText(_ bytes: UInt64) -> String {
  var (number, unit) = (bytes, 0)
  let units = ["", "K", "M", "G", "T", "P", "E"]
  while number >= 1024, number % 1024 == 0, unit + 1 < units.count {
    number /= 1024
    unit += 1
  }
  return "\(number)\(units[unit])"
}
