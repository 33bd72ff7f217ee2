internal import Glibc

/// Memory that goes back to the system as soon as it is freed, where it is more than some pages.
///
/// What the allocator gets back between other pieces it keeps: a table would be in memory twice.
enum PageMemory {
  private static let leastBytes = 1 << 16

  /// Room for values; not initialised.
  @unsafe
  static func room<Element: BitwiseCopyable>(
    for type: Element.Type, count: Int
  ) -> UnsafeMutablePointer<Element> {
    let bytes = count * MemoryLayout<Element>.stride
    guard bytes >= leastBytes else { return .allocate(capacity: count) }
    // All of it at once, since it was asked for to be filled.
    let mapping = unsafe mmap(
      nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0)
    guard let mapping = unsafe mapping, unsafe mapping != MAP_FAILED else {
      fatalError("there is no memory left for \(bytes) bytes")
    }
    return unsafe mapping.bindMemory(to: Element.self, capacity: count)
  }

  /// Frees room for as many values.
  @unsafe
  static func free<Element: BitwiseCopyable>(
    _ place: UnsafeMutablePointer<Element>, count: Int
  ) {
    let bytes = count * MemoryLayout<Element>.stride
    if bytes >= leastBytes {
      unsafe munmap(place, bytes)
    } else {
      unsafe place.deallocate()
    }
  }
}

/// A stretch of plain values that grows at its end without checks on every step.
@safe
struct GrowingBuffer<Element: BitwiseCopyable>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>?
  private var capacity = 0
  /// Number of values.
  private(set) var count = 0

  /// Makes an empty stretch, which takes no memory.
  init() { unsafe base = nil }

  deinit {
    if let base = unsafe base { unsafe PageMemory.free(base, count: capacity) }
  }

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
    let moved = unsafe PageMemory.room(for: Element.self, count: larger)
    if let base = unsafe base {
      unsafe moved.moveInitialize(from: base, count: count)
      unsafe PageMemory.free(base, count: capacity)
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

  /// Forgets all values, and gives the memory back.
  mutating func clear() {
    if let base = unsafe base { unsafe PageMemory.free(base, count: capacity) }
    unsafe base = nil
    capacity = 0
    count = 0
  }
}
