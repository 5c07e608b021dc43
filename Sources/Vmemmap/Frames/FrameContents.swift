/// The words of the struct pages, stored by frame, so that all addresses mapped to one frame see the same words.
///
/// Only frames that were written take memory. The two words that HVO is about (flags and `compound_head`) lie in flat
/// arrays; the few others that page-flag code may touch lie aside.
struct FrameContents: Hashable, Sendable {
  /// How a frame's bytes become words of its block.
  private enum Layout: Hashable, Sendable {
    /// Struct pages of 1 << shift bytes: all flags words, then all `compound_head` words.
    case structPages(shift: UInt64, count: Int)
    /// Struct pages cross frames: every word.
    case words(count: Int)
  }

  /// A word aside: its block and its byte offset in the frame.
  private struct Aside: Hashable, Sendable {
    var block: Int32
    var offset: UInt32
  }

  private static let chunkShift = 9
  private let layout: Layout
  private let wordsPerBlock: Int
  private var words: [UInt64] = []
  private var freeBlocks: [Int32] = []
  private var aside: [Aside: UInt64] = [:]
  /// For each 512 frames the place of their block numbers in `blocks`, or -1.
  private var chunks: [Int32]
  /// The block of a frame, or -1 as long as all its words are zero.
  private var blocks: [Int32] = []

  init(geometry: Geometry, frameCount: Int) {
    if geometry.structPageSizeIsPowerOfTwo {
      let count = Int(geometry.structPagesPerVmemmapPage)
      layout = .structPages(shift: UInt64(geometry.structPageSize.trailingZeroBitCount), count: count)
      wordsPerBlock = 2 * count
    } else {
      layout = .words(count: Int(geometry.pageSize / 8))
      wordsPerBlock = Int(geometry.pageSize / 8)
    }
    chunks = Array(repeating: -1, count: frameCount >> Self.chunkShift + 1)
  }

  /// The aligned word at a byte offset of a frame.
  func word(at offset: UInt64, of frame: Frame) -> UInt64 {
    let block = block(of: frame)
    guard block >= 0 else { return 0 }
    if let place = place(of: offset) { return words[Int(block) * wordsPerBlock + place] }
    return aside[Aside(block: block, offset: UInt32(truncatingIfNeeded: offset))] ?? 0
  }

  /// Puts the aligned word at a byte offset of a frame.
  mutating func setWord(_ word: UInt64, at offset: UInt64, of frame: Frame) {
    let block = ensureBlock(of: frame)
    if let place = place(of: offset) {
      words[Int(block) * wordsPerBlock + place] = word
    } else {
      aside[Aside(block: block, offset: UInt32(truncatingIfNeeded: offset))] = word
    }
  }

  /// Puts the same `compound_head` word into the given struct pages of a frame. Only for struct pages that do not
  /// cross frames.
  mutating func setCompoundHeads(_ word: UInt64, ofSlots slots: Range<Int>, of frame: Frame) {
    guard case .structPages(_, let count) = layout else { return }
    let first = Int(ensureBlock(of: frame)) * wordsPerBlock + count
    var span = words.mutableSpan
    for slot in slots where slot < count { span[first + slot] = word }
  }

  /// `copy_page()`.
  mutating func copy(from source: Frame, to target: Frame) {
    discard(target)
    let from = block(of: source)
    guard from >= 0 else { return }
    let to = ensureBlock(of: target)
    let original = Int(from) * wordsPerBlock
    let copy = Int(to) * wordsPerBlock
    let count = wordsPerBlock
    var span = words.mutableSpan
    for index in 0..<count { span[copy + index] = span[original + index] }
    guard !aside.isEmpty else { return }
    for (key, word) in aside where key.block == from { aside[Aside(block: to, offset: key.offset)] = word }
  }

  /// `reset_struct_pages()`: copies struct pages 3..5 of the frame over 0..2, which the copy took from the head.
  mutating func resetStructPages(of frame: Frame) {
    let block = block(of: frame)
    guard block >= 0, case .structPages(let shift, let count) = layout, count >= 6 else { return }
    let first = Int(block) * wordsPerBlock
    for slot in 0..<3 {
      words[first + slot] = words[first + slot + 3]
      words[first + count + slot] = words[first + count + slot + 3]
    }
    guard !aside.isEmpty else { return }
    aside = aside.filter { $0.key.block != block || $0.key.offset >> shift >= 3 }
    for (key, word) in aside where key.block == block && (3..<6).contains(key.offset >> shift) {
      aside[Aside(block: block, offset: key.offset - 3 << shift)] = word
    }
  }

  /// Do two frames hold the same words?
  func haveEqualWords(_ first: Frame, _ second: Frame) -> Bool {
    let (a, b) = (block(of: first), block(of: second))
    if a == b { return true }
    // A frame that was never written holds zeroes only; frames with words aside are rare and never taken for equal.
    guard a >= 0, b >= 0, !aside.keys.contains(where: { $0.block == a || $0.block == b }) else { return false }
    let span = words.span
    let (left, right) = (Int(a) * wordsPerBlock, Int(b) * wordsPerBlock)
    for index in 0..<wordsPerBlock where span[left + index] != span[right + index] { return false }
    return true
  }

  /// Forgets the words of a frame that is freed: the next owner finds zeroes.
  mutating func discard(_ frame: Frame) {
    let block = block(of: frame)
    guard block >= 0 else { return }
    blocks[Int(chunks[frame.index >> Self.chunkShift]) + frame.index & (1 << Self.chunkShift - 1)] = -1
    freeBlocks.append(block)
    if !aside.isEmpty { aside = aside.filter { $0.key.block != block } }
  }

  private func place(of offset: UInt64) -> Int? {
    switch layout {
    case .words: return Int(offset >> 3)
    case .structPages(let shift, let count):
      switch offset & (1 << shift - 1) {
      case StructPage.flagsOffset: return Int(offset >> shift)
      case StructPage.compoundHeadOffset: return count + Int(offset >> shift)
      default: return nil
      }
    }
  }

  private func block(of frame: Frame) -> Int32 {
    let chunk = chunks[frame.index >> Self.chunkShift]
    return chunk < 0 ? -1 : blocks[Int(chunk) + frame.index & (1 << Self.chunkShift - 1)]
  }

  private mutating func ensureBlock(of frame: Frame) -> Int32 {
    let block = block(of: frame)
    if block >= 0 { return block }
    if chunks[frame.index >> Self.chunkShift] < 0 {
      chunks[frame.index >> Self.chunkShift] = Int32(blocks.count)
      blocks.append(contentsOf: repeatElement(-1, count: 1 << Self.chunkShift))
    }
    let fresh: Int32
    if let recycled = freeBlocks.popLast() {
      fresh = recycled
      let first = Int(recycled) * wordsPerBlock
      let end = first + wordsPerBlock
      var span = words.mutableSpan
      for index in first..<end { span[index] = 0 }
    } else {
      fresh = Int32(words.count / wordsPerBlock)
      words.append(contentsOf: repeatElement(0, count: wordsPerBlock))
    }
    blocks[Int(chunks[frame.index >> Self.chunkShift]) + frame.index & (1 << Self.chunkShift - 1)] = fresh
    return fresh
  }
}

/// Where the words that HVO is about lie in a struct page (64-bit, `include/linux/mm_types.h`).
package enum StructPage {
  /// `flags`, the first word.
  package static let flagsOffset: UInt64 = 0
  /// `compound_head` (v7.1: `compound_info`), the first word of the union behind it.
  package static let compoundHeadOffset: UInt64 = 8
}
