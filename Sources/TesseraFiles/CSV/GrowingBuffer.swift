/// A stretch of plain values that grows at its end without checks on every step.
@safe
struct GrowingBuffer<Element: BitwiseCopyable>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>
  private var capacity: Int
  /// Number of values.
  private(set) var count = 0

  /// Makes an empty stretch.
  init() {
    capacity = 0
    unsafe base = UnsafeMutablePointer<Element>.allocate(capacity: 1)
  }

  deinit { unsafe base.deallocate() }

  /// Makes room for so many values more.
  mutating func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    let larger = max(count + more, capacity + capacity / 2, 64)
    let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    unsafe moved.moveInitialize(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = unsafe moved
    capacity = larger
  }

  /// Adds a value; room must have been made.
  @inline(__always)
  mutating func append(_ value: Element) {
    assert(count < capacity)
    unsafe (base + count).initialize(to: value)
    count &+= 1
  }

  /// The value at a position.
  subscript(position: Int) -> Element {
    @inline(__always) get {
      assert(position >= 0 && position < count)
      return unsafe base[position]
    }
    @inline(__always) set {
      assert(position >= 0 && position < count)
      unsafe base[position] = newValue
    }
  }

  /// Forgets all values, and keeps the memory.
  mutating func removeAll() { count = 0 }

  /// Forgets all values, and gives the memory back.
  mutating func clear() {
    unsafe base.deallocate()
    unsafe base = UnsafeMutablePointer<Element>.allocate(capacity: 1)
    capacity = 0
    count = 0
  }

  /// Writes what a table gives for each value behind those already written.
  @unsafe
  func writeValues<Value>(
    of table: [Value], to result: UnsafeMutableBufferPointer<Value>, from position: inout Int
  ) where Element: FixedWidthInteger {
    unsafe table.withUnsafeBufferPointer { table in
      for place in 0..<count {
        unsafe result[position &+ place] = table[Int(base[place])]
      }
    }
    position += count
  }

  /// Adds values of another width, which must fit.
  mutating func append<Other: FixedWidthInteger>(narrowing other: borrowing GrowingBuffer<Other>)
  where Element: FixedWidthInteger {
    reserve(other.count)
    for position in 0..<other.count {
      unsafe (base + count + position).initialize(
        to: Element(truncatingIfNeeded: other.base[position]))
    }
    count += other.count
  }
}
