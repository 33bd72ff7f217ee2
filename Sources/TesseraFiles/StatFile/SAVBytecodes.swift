/// How many values the bytecodes of a compressed SPSS file stand for, and how they end.
///
/// A block is eight codes of a byte; a code of 253 has its value in eight bytes behind the block. After the
/// description of the format in the PSPP developers' guide.
struct SAVBytecodes {
  /// Number of values of eight bytes.
  private(set) var values = 0
  /// Whether the bytes end within a block, or before a value that a block announces.
  private(set) var isCut = false
  /// Whether a code says that nothing follows.
  private(set) var hasEnd = false

  /// Looks at the cases of a file.
  ///
  /// - Parameters:
  ///   - view: The bytes of the file.
  ///   - start: Where the cases begin.
  /// - Complexity: O(bytes of the cases).
  init(_ view: ByteView, from start: Int) {
    let size = view.count
    var position = start
    while position < size {
      guard position + 8 <= size else {
        isCut = true
        return
      }
      let block = position
      position += 8
      for place in block..<block + 8 {
        switch view[place] {
        case 0: continue
        case 252:
          hasEnd = true
          return
        case 253:
          guard position + 8 <= size else {
            isCut = true
            return
          }
          position += 8
          values += 1
        default: values += 1
        }
      }
    }
  }
}
