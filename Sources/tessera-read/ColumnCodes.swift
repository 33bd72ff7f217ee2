/// How the cells of a column are sent: as codes as long as few different ones occur.
final class ColumnCodes {
  /// The distinct texts, where the column holds texts.
  var texts = TextCodes()
  private var numbers = NumberCodes()
  private var isCoded = true
  private var codes: [UInt8] = []

  /// Gives every number of a stretch its code, and announces new ones.
  ///
  /// - Returns: False if there are too many different numbers for codes.
  @unsafe
  func encode(_ cells: UnsafeBufferPointer<UInt64>, _ column: Int) -> Bool {
    guard isCoded else { return false }
    codes.removeAll(keepingCapacity: true)
    codes.reserveCapacity(cells.count)
    var last = CellBlock.missing
    var lastCode: UInt8 = 0
    for place in cells.indices {
      let bits = unsafe cells[place]
      if bits != last {
        last = bits
        lastCode = bits == CellBlock.missing ? 0 : numbers.find(bits)
        if lastCode == 0, bits != CellBlock.missing {
          lastCode = numbers.insert(bits)
          guard lastCode > 0 else {
            isCoded = false
            codes = []
            return false
          }
          var frame = Frame("D")
          frame.add(column)
          frame.add(bits: bits)
          frame.send()
        }
      }
      codes.append(lastCode)
    }
    return true
  }

  /// Writes the cells of a stretch in the form that was announced.
  @unsafe
  func send(_ cells: UnsafeBufferPointer<UInt64>, isText: Bool) {
    if !isText {
      if isCoded { Output.write(codes) } else { unsafe Output.write(UnsafeRawBufferPointer(cells)) }
    } else if texts.count <= 255 {
      codes.removeAll(keepingCapacity: true)
      for place in cells.indices {
        codes.append(UInt8(truncatingIfNeeded: unsafe cells[place]))
      }
      Output.write(codes)
    } else {
      let wide = cells.indices.map { UInt32(truncatingIfNeeded: unsafe cells[$0]) }
      unsafe wide.withUnsafeBytes { unsafe Output.write($0) }
    }
  }
}
