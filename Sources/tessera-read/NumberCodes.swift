/// The distinct numbers of a column, as long as there are at most 255 of them.
///
/// Most columns of a survey hold few different numbers, and a code is an eighth of a number.
@safe
struct NumberCodes: ~Copyable {
  private var keys: UnsafeMutablePointer<UInt64>
  private var codes: UnsafeMutablePointer<UInt8>
  private var mask: Int
  private(set) var count = 0

  /// Starts without numbers.
  init() {
    mask = 31
    unsafe keys = .allocate(capacity: 32)
    unsafe codes = .allocate(capacity: 32)
    unsafe codes.initialize(repeating: 0, count: 32)
    unsafe keys.initialize(repeating: 0, count: 32)
  }

  deinit {
    unsafe keys.deallocate()
    unsafe codes.deallocate()
  }

  @inline(__always)
  private func slot(_ bits: UInt64) -> Int {
    Int(truncatingIfNeeded: (bits ^ bits >> 32) &* 0x9E37_79B9_7F4A_7C15 >> 40) & mask
  }

  /// The code of a number, from 1; 0 if it is new.
  @inline(__always)
  func find(_ bits: UInt64) -> UInt8 {
    var place = slot(bits)
    while true {
      let code = unsafe codes[place]
      if unsafe code == 0 || keys[place] == bits { return code }
      place = (place &+ 1) & mask
    }
  }

  /// Gives a new number its code; 0 if there are 255 already.
  mutating func insert(_ bits: UInt64) -> UInt8 {
    guard count < 255 else { return 0 }
    if (count + 1) * 2 > mask { grow() }
    count += 1
    place(bits, UInt8(count))
    return UInt8(count)
  }

  private mutating func place(_ bits: UInt64, _ code: UInt8) {
    var place = slot(bits)
    while unsafe codes[place] != 0 { place = (place + 1) & mask }
    unsafe keys[place] = bits
    unsafe codes[place] = code
  }

  private mutating func grow() {
    let oldKeys = unsafe keys
    let oldCodes = unsafe codes
    let oldSize = mask + 1
    let size = oldSize * 4
    mask = size - 1
    unsafe keys = .allocate(capacity: size)
    unsafe codes = .allocate(capacity: size)
    unsafe keys.initialize(repeating: 0, count: size)
    unsafe codes.initialize(repeating: 0, count: size)
    for old in 0..<oldSize where unsafe oldCodes[old] != 0 {
      unsafe place(oldKeys[old], oldCodes[old])
    }
    unsafe oldKeys.deallocate()
    unsafe oldCodes.deallocate()
  }
}
