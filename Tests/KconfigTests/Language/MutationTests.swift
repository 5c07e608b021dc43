import Diagnostics
import Foundation
import Kconfig
import TestSupport
import Testing

/// Small trees and configurations with random damage: they are read, evaluated and written, or refused with a place, and
/// cost little.
struct MutationTests {
  /// HVOCHECK_MUTATIONS sets how many, HVOCHECK_SEED the first seed.
  private static let count = ProcessInfo.processInfo.environment["HVOCHECK_MUTATIONS"].flatMap { Int($0) } ?? 200
  private static let firstSeed = ProcessInfo.processInfo.environment["HVOCHECK_SEED"].flatMap { UInt64($0) } ?? 1

  private static let trees: [String] = [
    """
    mainmenu "Title $(NAME)"
    X := one
    f = $(1)-$(X)
    config MODULES
    \tbool "modules"
    \tmodules
    \tdefault y
    config A
    \ttristate "a" if B || !C
    \tdefault m if D = "x" && E > 3
    \tselect F if G != n
    \timply H
    \tdepends on (I || J) && K
    \thelp
    \t  A text of
    \t  two lines.
    config E
    \tint "e"
    \trange 1 MAX
    \tdefault 5
    config MAX
    \thex
    \tdefault 0x10
    config D
    \tstring "d"
    \tdefault "$(f,y)"
    source "part"
    """,
    """
    choice
    \tprompt "c" if A
    \tdefault P if B
    config P
    \tbool "p"
    config Q
    \tbool "q"
    \tdepends on A
    if B
    config R
    \tbool "r"
    endif
    comment "c"
    endchoice
    config A
    \tdef_bool y
    config B
    \tbool "b"
    """,
    """
    menu "m"
    \tdepends on A
    \tvisible if B
    if A
    menuconfig F
    \tbool "f"
    config G
    \tbool "g"
    \tdepends on F && A
    config H
    \ttristate "h"
    \tdepends on G
    \tdefault O
    endif
    endmenu
    comment "end"
    \tdepends on F
    """,
    """
    config O
    \ttristate
    \ttransitional
    config A
    \ttristate "a"
    \tdepends on B if O
    \tdefault O
    config B
    \tbool "b"
    """,
  ]
  private static let part = "config F\n\tbool\n\tdepends on E = 4\nconfig G\n\ttristate \"g\"\nconfig I\n\tdef_bool y\n"
  private static let configuration = """
    # A comment
    CONFIG_MODULES=y
    CONFIG_A=m
    # CONFIG_B is not set
    CONFIG_E=99
    CONFIG_D="a \\"quoted\\" text"
    CONFIG_MAX=0xFFFFFFFFFFFFFFFFFF
    CONFIG_P=y
    CONFIG_Q=y
    CONFIG_O=m

    """
  private static let words: [String] = [
    "config", "menuconfig", "choice", "endchoice", "menu", "endmenu", "if", "endif", "source \"part\"", "comment",
    "bool",
    "tristate", "int", "hex", "string", "prompt", "default", "def_bool", "depends on", "select", "imply", "range",
    "visible if", "help", "modules", "optional", "transitional", "A", "B", "y", "m", "n", "\"x\"", "'", "\"", "(", ")",
    "!",
    "&&", "||", "=", "!=", "<=", "$(", "$(shell,x)", "$(info,x)", ":=", "+=", "\n", "\n\t", "\\\n", "\t", "#", "\u{1B}",
    "0", "-1", "0x7FFFFFFFFFFFFFFF", "99999999999999999999", "$", "CONFIG_A=", "is not set", "\r\n", "é",
  ]

  private static func damaged(_ text: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var text = text
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let place = Int.random(in: 0...text.count, using: &generator)
      let length = min(Int.random(in: 0...30, using: &generator), text.count - place)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: text.removeSubrange(place..<place + length)
      case 1: text.insert(contentsOf: Array((words.randomElement(using: &generator) ?? "").utf8), at: place)
      case 2: text.insert(contentsOf: text[place..<place + length], at: place)
      case 3: if place < text.count { text[place] = UInt8.random(in: 0...255, using: &generator) }
      case 4:
        var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
        lines.swapAt(
          Int.random(in: lines.indices, using: &generator), Int.random(in: lines.indices, using: &generator))
        text = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
      default:
        let word = Array((words.randomElement(using: &generator) ?? "").utf8)
        text.replaceSubrange(place..<place + min(length, 4), with: word)
      }
    }
    return text
  }

  private static var limits: KconfigLimits {
    var limits = KconfigLimits()
    limits.files = 50
    limits.steps = 100_000
    limits.expandedBytes = 100_000
    return limits
  }

  /// - Returns: whether the tree was read.
  private static func play(_ seed: UInt64) -> Bool {
    var generator = SeededGenerator(seed: seed)
    let language =
      [
        KconfigLanguage.v6_1, KconfigLanguage(version: 6, patchLevel: 10), .v6_12,
        KconfigLanguage(version: 7, patchLevel: 2),
      ].randomElement(using: &generator) ?? .v6_12
    let files = [
      "Kconfig": damaged(Array(((trees.randomElement(using: &generator) ?? "") + "\n").utf8), &generator),
      "part": Bool.random(using: &generator) ? Array(part.utf8) : damaged(Array(part.utf8), &generator),
      ".config": damaged(Array(configuration.utf8), &generator),
    ]
    let sources = MemorySources(files: files)
    // A single one is looked at: by who runs it again.
    if count == 1 {
      let text = files.sorted { $0.key < $1.key }
        .map { "--- \($0)\n\(String(decoding: $1, as: UTF8.self))\n" }.joined()
      FileHandle.standardError.write(Data("\(language)\n\(text)".utf8))
    }
    do throws(KconfigRejection) {
      let model = try KconfigModel.read(
        language: language, environment: ["NAME": "n"], sources: sources, limits: limits)
      for mode in [KconfigMode.olddefconfig, .savedefconfig("d"), .oldconfig, .allyesconfig, .listnewconfig] {
        let terminal = KconfigTranscript(input: Array("y\n?\nm\n\n1\n".utf8))
        var run = KconfigRun(
          model, environment: ["KCONFIG_WARN_UNKNOWN_SYMBOLS": "1", "KCONFIG_WARN_CHANGED_INPUT": "1"], files: sources,
          terminal: terminal)
        _ = try run.perform(mode)
      }
      return true
    } catch {
      var text = ""
      for problem in error.problems {
        DiagnosticRenderer(lines: problem.lines).render(problem.diagnostic, into: &text)
        #expect(problem.range != nil || problem.place == nil, "seed \(seed)")
      }
      // What steers a terminal never gets into a message.
      #expect(!text.unicodeScalars.contains { $0.steersTerminals && $0 != "\n" }, "seed \(seed): \(text)")
      #expect(!error.problems.isEmpty, "seed \(seed)")
      return false
    }
  }

  @Test func damageIsRefusedOrRead() {
    print("mutations: seeds \(Self.firstSeed)..<\(Self.firstSeed + UInt64(Self.count))")
    let read = (0..<Self.count).count { Self.play(Self.firstSeed + UInt64($0)) }
    #expect(read > Self.count / 20, "damage that nothing survives finds nothing in what comes behind reading")
  }
}
