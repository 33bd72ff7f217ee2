/// Makes the table of signs at the head of an SPSS portable file unambiguous.
///
/// The table gives a byte for each of 256 signs, `0` for signs that the file does not have. Some
/// programs (PSPP among them) write `1` for the superscript 1 as well, and ReadStat then takes every
/// 1 for a superscript: the first of several places is the plain sign, the others are blanked.
enum PortableTable {
  /// Bytes from the start of a file in which the table ends, line ends included.
  static let length = 512
  /// Where the table's printable signs begin and where it ends, without line ends.
  private static let signs = 264..<456

  /// Blanks what stands in the table twice.
  static func mend(_ head: inout [UInt8]) {
    var isTaken = [Bool](repeating: false, count: 256)
    var place = 0
    for index in head.indices {
      let byte = head[index]
      guard byte != 0x0A, byte != 0x0D else { continue }
      if signs.contains(place), byte != 0x30 || place == signs.lowerBound {
        if isTaken[Int(byte)] { head[index] = 0x30 }
        isTaken[Int(byte)] = true
      }
      place += 1
    }
  }
}
