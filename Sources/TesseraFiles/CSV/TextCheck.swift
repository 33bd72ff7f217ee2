/// Checks that a whole text is UTF-8 without zero bytes, and tells where it is not.
struct TextCheck: Sendable {
  /// The whole text, what stands before and behind a table included.
  let view: ByteView
  /// Where the text begins, behind a byte-order mark.
  let start: Int
  let file: String
  let threads: Int

  /// Looks at the whole text.
  ///
  /// - Throws: The first fault, with its line and byte.
  func run() throws(SurveyFileError) {
    let length = 4 << 20
    let count = (view.count - start + length - 1) / length
    let ends = (0...count).map { piece in
      // A piece must not begin inside a sequence of bytes.
      var place = min(view.count, start + piece * length)
      while place > start, place < view.count, view[place] & 0xC0 == 0x80 { place -= 1 }
      return place
    }
    let faults = Parallel.map(count, threads: threads) { piece in
      TextEncoding.firstFault(view, ends[piece]..<ends[piece + 1]).map { ($0.position, $0.isZero) }
    }
    guard let fault = faults.lazy.compactMap({ $0 }).first else { return }
    let newline: UInt8 = view.first(0x0A, in: 0..<view.count) == nil ? 0x0D : 0x0A
    let row = view.occurrences(of: newline, in: 0..<fault.0) + 1
    if fault.1 { throw .zeroByte(file: file, row: row) }
    throw .encoding(file: file, row: row, byte: fault.0 + 1, encoding: "UTF-8")
  }

  /// Whether the text around a table is free of faults; the table is looked at as it is read.
  func isSound(around table: Range<Int>) -> Bool {
    TextEncoding.firstFault(view, start..<max(start, table.lowerBound)) == nil
      && TextEncoding.firstFault(view, table.upperBound..<view.count) == nil
  }
}
