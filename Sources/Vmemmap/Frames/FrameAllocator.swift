/// The machine's page allocator: which frames are in use, which one comes next, and how many are left.
///
/// Single frames come from those freed last, then from the top of memory, so that runs are reproducible and kernel
/// data stays away from the places where tests put hugepages.
struct FrameAllocator: Hashable, Sendable {
  let memory: PhysicalMemory
  /// Frames that somebody outside the model uses: counted, but nowhere.
  private(set) var occupied = 0
  private(set) var usedCount = 0
  private var used: FrameBitmap
  /// Freed frames, last one on top. An entry is stale if the frame was claimed since; it is checked when taken.
  private var recycled: [Frame] = []
  /// No frame from here on is free unless it is in `recycled`.
  private var cursor: Int

  init(memory: PhysicalMemory) {
    self.memory = memory
    used = FrameBitmap(count: memory.frameCount)
    cursor = memory.frameCount
  }

  /// The frames that can still be allocated.
  var freeCount: Int { memory.frameCount - usedCount - occupied }

  /// Is the frame in use?
  func isUsed(_ frame: Frame) -> Bool { used[frame.index] }

  /// Lets the outside world use all but `count` of the frames that it uses or that are free.
  mutating func leaveFree(_ count: Int) {
    occupied = max(0, memory.frameCount - usedCount - max(0, count))
  }

  /// A frame, or nil if none is left.
  mutating func allocate() -> Frame? {
    guard freeCount > 0 else { return nil }
    while let frame = recycled.popLast() {
      if !used[frame.index] { return take(frame) }
    }
    guard let index = used.highestFree(below: cursor) else { return nil }
    cursor = index
    return take(Frame(index: index))
  }

  /// `count` frames, or nil and no change if there are fewer (`alloc_vmemmap_page_list()`).
  mutating func allocate(count: Int) -> [Frame]? {
    guard count <= freeCount else { return nil }
    var frames: [Frame] = []
    frames.reserveCapacity(count)
    while frames.count < count {
      guard let frame = allocate() else {
        for frame in frames.reversed() { free(frame) }
        return nil
      }
      frames.append(frame)
    }
    return frames
  }

  /// The highest free run of `count` frames whose page frame number is a multiple of `alignment`.
  mutating func allocateRun(count: Int, alignment: UInt64) -> Range<Int>? {
    guard count > 0, count <= freeCount, let run = highestFreeRun(count: count, alignment: alignment) else {
      return nil
    }
    used.set(run, to: true)
    usedCount += count
    return run
  }

  /// Takes frames that the caller has chosen; the first frame in the way if there is one.
  mutating func claim(_ range: Range<Int>) -> Frame? {
    if let busy = used.lowestUsed(in: range) { return Frame(index: busy) }
    used.set(range, to: true)
    usedCount += range.count
    return nil
  }

  mutating func free(_ frame: Frame) {
    used[frame.index] = false
    usedCount -= 1
    recycled.append(frame)
  }

  /// Frees a run that was claimed or allocated in one piece.
  mutating func free(_ range: Range<Int>) {
    used.set(range, to: false)
    usedCount -= range.count
    cursor = max(cursor, range.upperBound)
  }

  private mutating func take(_ frame: Frame) -> Frame {
    used[frame.index] = true
    usedCount += 1
    return frame
  }

  private func highestFreeRun(count: Int, alignment: UInt64) -> Range<Int>? {
    for bank in memory.banks.reversed() {
      var end = bank.count
      while end >= count {
        let pfn = bank.firstPFN + UInt64(end - count)
        let aligned = pfn - pfn % alignment
        guard aligned >= bank.firstPFN else { break }
        let start = Int(aligned - bank.firstPFN)
        let run = bank.firstIndex + start..<bank.firstIndex + start + count
        guard let busy = used.lowestUsed(in: run) else { return run }
        end = busy - bank.firstIndex
      }
    }
    return nil
  }
}
