internal import Glibc

/// The distinct texts of a column.
@safe
struct TextCodes: ~Copyable {
  private var hashes: UnsafeMutablePointer<UInt64>
  private var codes: UnsafeMutablePointer<UInt32>
  private var mask: Int
  private var offsets: [Int] = [0]
  private var bytes: [UInt8] = []

  /// Starts without texts.
  init() {
    mask = 31
    unsafe hashes = .allocate(capacity: 32)
    unsafe codes = .allocate(capacity: 32)
    unsafe hashes.initialize(repeating: 0, count: 32)
    unsafe codes.initialize(repeating: 0, count: 32)
  }

  deinit {
    unsafe hashes.deallocate()
    unsafe codes.deallocate()
  }

  /// Number of texts.
  var count: Int { offsets.count - 1 }

  /// The bytes of a text by its code.
  func text(_ code: UInt32) -> [UInt8] {
    Array(bytes[offsets[Int(code) - 1]..<offsets[Int(code)]])
  }

  /// The code of a text, from 1, and whether it is new.
  @unsafe
  mutating func code(_ start: UnsafePointer<CChar>, _ length: Int) -> (code: UInt32, isNew: Bool) {
    let buffer = unsafe UnsafeRawBufferPointer(start: start, count: length)
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(length)
    var place = 0
    while place + 8 <= length {
      hash =
        unsafe (hash ^ buffer.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
      place += 8
    }
    while place < length {
      hash = unsafe (hash ^ UInt64(buffer[place])) &* 0x0000_0100_0000_01B3
      place += 1
    }
    hash ^= hash >> 32
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let code = unsafe codes[slot]
      if code == 0 { break }
      if unsafe hashes[slot] == hash, unsafe equals(code, buffer) { return (code, false) }
      slot = (slot &+ 1) & mask
    }
    unsafe bytes.append(contentsOf: buffer)
    offsets.append(bytes.count)
    let code = UInt32(truncatingIfNeeded: count)
    if count * 2 > mask { grow() }
    insert(hash, code)
    return (code, true)
  }

  @unsafe
  private func equals(_ code: UInt32, _ buffer: UnsafeRawBufferPointer) -> Bool {
    let low = offsets[Int(code) - 1]
    guard offsets[Int(code)] - low == buffer.count else { return false }
    guard let start = buffer.baseAddress else { return true }
    return unsafe bytes.withUnsafeBytes { own in
      guard let first = own.baseAddress else { return true }
      return unsafe memcmp(first + low, start, buffer.count) == 0
    }
  }

  private mutating func insert(_ hash: UInt64, _ code: UInt32) {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while unsafe codes[slot] != 0 { slot = (slot + 1) & mask }
    unsafe hashes[slot] = hash
    unsafe codes[slot] = code
  }

  private mutating func grow() {
    let oldHashes = unsafe hashes
    let oldCodes = unsafe codes
    let oldSize = mask + 1
    let size = oldSize * 4
    mask = size - 1
    unsafe hashes = .allocate(capacity: size)
    unsafe codes = .allocate(capacity: size)
    unsafe hashes.initialize(repeating: 0, count: size)
    unsafe codes.initialize(repeating: 0, count: size)
    for old in 0..<oldSize where unsafe oldCodes[old] != 0 {
      unsafe insert(oldHashes[old], oldCodes[old])
    }
    unsafe oldHashes.deallocate()
    unsafe oldCodes.deallocate()
  }
}
