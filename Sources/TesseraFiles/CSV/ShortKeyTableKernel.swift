/// A table from short byte sequences to codes, by open addressing.
@safe
struct ShortKeyTable: ~Copyable {
  private var keys: UnsafeMutablePointer<UInt64>
  private var codes: UnsafeMutablePointer<UInt32>
  private var mask: Int
  private var count = 0

  /// Makes an empty table.
  init() {
    mask = 255
    unsafe keys = UnsafeMutablePointer<UInt64>.allocate(capacity: 256)
    unsafe codes = UnsafeMutablePointer<UInt32>.allocate(capacity: 256)
    unsafe keys.initialize(repeating: 0, count: 256)
    unsafe codes.initialize(repeating: 0, count: 256)
  }

  deinit {
    unsafe keys.deallocate()
    unsafe codes.deallocate()
  }

  @inline(__always)
  private func slot(_ key: UInt64) -> Int {
    let mixed = (key ^ key >> 29) &* 0xBF58_476D_1CE4_E5B9
    return Int(truncatingIfNeeded: mixed >> 32) & mask
  }

  /// The code of a key; 0 if it is new.
  ///
  /// A key is never 0, because it carries its length.
  @inline(__always)
  func find(_ key: UInt64) -> UInt32 {
    var place = slot(key)
    while true {
      let found = unsafe keys[place]
      if found == key { return unsafe codes[place] }
      if found == 0 { return 0 }
      place = (place &+ 1) & mask
    }
  }

  /// Adds a key that is not there yet.
  mutating func insert(_ key: UInt64, _ code: UInt32) {
    if (count + 1) * 2 > mask {
      let oldKeys = unsafe keys
      let oldCodes = unsafe codes
      let oldSize = mask + 1
      let size = oldSize * 4
      mask = size - 1
      unsafe keys = UnsafeMutablePointer<UInt64>.allocate(capacity: size)
      unsafe codes = UnsafeMutablePointer<UInt32>.allocate(capacity: size)
      unsafe keys.initialize(repeating: 0, count: size)
      unsafe codes.initialize(repeating: 0, count: size)
      for old in 0..<oldSize where unsafe oldKeys[old] != 0 {
        unsafe place(oldKeys[old], oldCodes[old])
      }
      unsafe oldKeys.deallocate()
      unsafe oldCodes.deallocate()
    }
    place(key, code)
    count += 1
  }

  private mutating func place(_ key: UInt64, _ code: UInt32) {
    var place = slot(key)
    while unsafe keys[place] != 0 { place = (place + 1) & mask }
    unsafe keys[place] = key
    unsafe codes[place] = code
  }
}
