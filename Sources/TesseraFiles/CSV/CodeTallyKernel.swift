/// Counts codes of a byte.
enum CodeTally {
  /// Adds how often each code occurs.
  ///
  /// Four counters for each code, since one that is raised in every step must wait for itself.
  @unsafe
  static func count(_ codes: UnsafeBufferPointer<UInt8>, _ counts: inout [Int]) {
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 1024) { table in
      unsafe table.initialize(repeating: 0)
      let fours = codes.count / 4 * 4
      var row = 0
      while row < fours {
        unsafe table[Int(codes[row])] &+= 1
        unsafe table[256 &+ Int(codes[row &+ 1])] &+= 1
        unsafe table[512 &+ Int(codes[row &+ 2])] &+= 1
        unsafe table[768 &+ Int(codes[row &+ 3])] &+= 1
        row &+= 4
      }
      while row < codes.count {
        unsafe table[Int(codes[row])] &+= 1
        row &+= 1
      }
      for code in counts.indices where code < 256 {
        counts[code] += Int(
          unsafe table[code] &+ table[256 + code] &+ table[512 + code] &+ table[768 + code])
      }
    }
  }
}
