package import Diagnostics

/// What is done to the simulated machine, step by step: what an administrator does to a real one.
package struct SimulationScript {
  /// One step with its place in the script.
  package struct Step {
    /// What is done.
    package var action: Action
    /// Where the script says it; nil where it was said on the command line.
    package var place: SourceRange?

    /// Makes a step.
    package init(action: Action, place: SourceRange?) {
      self.action = action
      self.place = place
    }
  }

  /// What a step does.
  package enum Action: Equatable {
    /// HugeTLB pages of a size are allocated at physical addresses.
    case allocate(size: UInt64, addresses: [UInt64])
    /// HugeTLB pages are freed; all of them where no address is given.
    case free(addresses: [UInt64])
    /// vm.hugetlb_optimize_vmemmap is set.
    case sysctl(Bool)
    /// Only so many frames stay free: what other users of memory leave.
    case leaveFreeFrames(Int)
    /// The vmemmap part of kernel_page_tables is printed.
    case dump(label: String?)
  }

  /// `hugetlb_free_vmemmap=`.
  package var bootParameter = true
  /// Physical memory: start and size; empty where the script leaves it to the tool.
  package var memory: [(start: UInt64, size: UInt64)] = []
  /// The steps in order.
  package var steps: [Step] = []

  package init() {}

  /// Reads a script: one step a line, `#` starts a comment.
  ///
  ///     boot hugetlb_free_vmemmap=on
  ///     memory 0x40000000+1G
  ///     alloc 2M 0x47c00000 0x42a00000
  ///     sysctl vm.hugetlb_optimize_vmemmap=0
  ///     free 0x42a00000
  ///     free all
  ///     leave-free-frames 100
  ///     dump after
  package init(_ file: SourceFile) throws(Diagnostics) {
    var problems: [Diagnostic] = []
    // "\r\n" is one character.
    let lines = file.text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for (index, line) in lines.enumerated() {
      let code = line.prefix { $0 != "#" }
      var words = code.split(whereSeparator: \.isWhitespace).map(String.init)
      guard !words.isEmpty else { continue }
      let start = SourcePosition(line: index + 1, column: 1 + code.prefix { $0.isWhitespace }.unicodeScalars.count)
      let end = SourcePosition(line: index + 1, column: code.unicodeScalars.count + 1)
      let place = SourceRange(path: file.path, start: start, end: end)
      let verb = words.removeFirst()
      do throws(Diagnostic) {
        try read(verb, words, at: place)
      } catch {
        problems.append(error)
      }
    }
    if problems.isEmpty, steps.isEmpty {
      problems.append(Diagnostic(id: "SIM001", "the script has no steps", at: .startOfFile(file.path)))
    }
    guard problems.isEmpty else { throw Diagnostics(problems) }
  }

  private static let verbs = ["boot", "memory", "alloc", "free", "sysctl", "leave-free-frames", "dump"]

  private mutating func read(_ verb: String, _ words: [String], at place: SourceRange) throws(Diagnostic) {
    func wrong(_ expected: String) -> Diagnostic {
      Diagnostic(id: "SIM002", "expected: \(expected)", at: place)
    }
    func addresses(_ words: some Collection<String>) throws(Diagnostic) -> [UInt64] {
      var addresses: [UInt64] = []
      for word in words {
        guard let address = Self.number(word) else {
          throw wrong("a physical address such as 0x40000000, not '\(word)'")
        }
        addresses.append(address)
      }
      return addresses
    }
    switch verb {
    case "boot":
      guard words.count == 1, let value = Self.onOff(words[0], after: "hugetlb_free_vmemmap=") else {
        throw wrong("boot hugetlb_free_vmemmap=on|off")
      }
      bootParameter = value
    case "memory":
      guard words.count == 1, let range = Self.range(words[0]) else {
        throw wrong("memory START+SIZE, such as 0x40000000+1G")
      }
      memory.append(range)
    case "alloc":
      guard words.count >= 2, let size = Self.number(words[0]) else { throw wrong("alloc SIZE ADDRESS...") }
      steps.append(Step(action: .allocate(size: size, addresses: try addresses(words.dropFirst())), place: place))
    case "free":
      guard !words.isEmpty else { throw wrong("free ADDRESS... or free all") }
      steps.append(Step(action: .free(addresses: words == ["all"] ? [] : try addresses(words)), place: place))
    case "sysctl":
      guard words.count == 1, let value = Self.onOff(words[0], after: "vm.hugetlb_optimize_vmemmap=") else {
        throw wrong("sysctl vm.hugetlb_optimize_vmemmap=0|1")
      }
      steps.append(Step(action: .sysctl(value), place: place))
    case "leave-free-frames":
      guard words.count == 1, let count = Int(words[0]), count >= 0 else { throw wrong("leave-free-frames COUNT") }
      steps.append(Step(action: .leaveFreeFrames(count), place: place))
    case "dump":
      steps.append(Step(action: .dump(label: words.isEmpty ? nil : words.joined(separator: " ")), place: place))
    default:
      throw Diagnostic(
        id: "SIM003", "unknown step '\(verb)'", at: place,
        help: didYouMean(verb, among: Self.verbs) + ["steps are: \(Self.verbs.joined(separator: ", "))"])
    }
  }

  private static func onOff(_ word: String, after prefix: String) -> Bool? {
    guard word.hasPrefix(prefix) else { return nil }
    switch word.dropFirst(prefix.count) {
    case "on", "1", "y": return true
    case "off", "0", "n": return false
    default: return nil
    }
  }

  /// `START+SIZE` or `START-END` with an exclusive end.
  package static func range(_ text: String) -> (start: UInt64, size: UInt64)? {
    let isSize = text.contains("+")
    let parts = text.split(separator: isSize ? "+" : "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let start = number(String(parts[0])), let second = number(String(parts[1])) else {
      return nil
    }
    let size = isSize ? second : second > start ? second - start : 0
    return size > 0 && !start.addingReportingOverflow(size - 1).overflow ? (start, size) : nil
  }

  /// A decimal or 0x number with an optional unit K, M, G or T.
  package static func number(_ text: String) -> UInt64? {
    // UInt64(_:radix:) takes a sign, too.
    guard !text.contains("+") else { return nil }
    if text.hasPrefix("0x") { return UInt64(text.dropFirst(2), radix: 16) }
    let units: [Character: UInt64] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40]
    let factor = text.last.flatMap { units[$0] }
    guard let value = UInt64(factor == nil ? text : String(text.dropLast())) else { return nil }
    let (product, overflow) = value.multipliedReportingOverflow(by: factor ?? 1)
    return overflow ? nil : product
  }
}
