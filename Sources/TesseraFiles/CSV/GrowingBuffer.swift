/// A stretch of plain values that grows at its end without checks on every step.
@safe
struct GrowingBuffer<Element: BitwiseCopyable>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>?
  private var capacity = 0
  /// Number of values.
  private(set) var count = 0

  /// Makes an empty stretch, which takes no memory.
  init() { unsafe base = nil }

  deinit { unsafe base?.deallocate() }

  /// Makes room for so many values more.
  mutating func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    move(to: max(count + more, capacity + capacity / 2, 16))
  }

  /// Gives back the room that is not used, if that is much.
  mutating func trim() {
    if count == 0 {
      clear()
    } else if capacity - count > capacity / 8 {
      move(to: count)
    }
  }

  private mutating func move(to larger: Int) {
    let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    if let base = unsafe base {
      unsafe moved.moveInitialize(from: base, count: count)
      unsafe base.deallocate()
    }
    unsafe base = unsafe moved
    capacity = larger
  }

  /// Lets values be written behind the last; says how many were.
  ///
  /// - Parameters:
  ///   - more: How many at most.
  ///   - body: Writes from where it is told, and returns how many it wrote.
  @unsafe @inline(__always)
  mutating func append(
    upTo more: Int, _ body: (UnsafeMutablePointer<Element>) -> Int
  ) {
    reserve(more)
    guard let base = unsafe base else { return }
    let written = unsafe body(base + count)
    assert(written <= more)
    count += written
  }

  /// The values, as long as nothing is added.
  @unsafe
  var values: UnsafeBufferPointer<Element> {
    unsafe UnsafeBufferPointer(start: base, count: count)
  }

  /// The value at a position.
  subscript(position: Int) -> Element {
    @inline(__always) get {
      precondition(position >= 0 && position < count)
      return unsafe values[position]
    }
  }

  /// Forgets all values, and gives the memory back.
  mutating func clear() {
    unsafe base?.deallocate()
    unsafe base = nil
    capacity = 0
    count = 0
  }
}
