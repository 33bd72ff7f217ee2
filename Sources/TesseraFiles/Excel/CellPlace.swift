/// Where a cell stands: `B7` is row 7, column 1.
struct CellPlace: CustomStringConvertible {
  /// From 1.
  let row: Int
  /// From 0.
  let column: Int

  init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }

  /// Reads a reference such as `B7` or `$B$7`.
  init?(_ view: ByteView) {
    var column = 0
    var row = 0
    for place in 0..<view.count {
      let byte = view[place]
      switch byte {
      case 0x41...0x5A where row == 0: column = column * 26 + Int(byte - 0x40)
      case 0x61...0x7A where row == 0: column = column * 26 + Int(byte - 0x60)
      case 0x30...0x39: row = row * 10 + Int(byte - 0x30)
      case 0x24: continue
      default: return nil
      }
      guard column <= 1 << 24, row <= 1 << 24 else { return nil }
    }
    guard column > 0, row > 0 else { return nil }
    self.row = row
    self.column = column - 1
  }

  init?(_ text: String) {
    let bytes = FileBytes.copying(Array(text.utf8))
    guard let place = withExtendedLifetime(bytes, { CellPlace(bytes.view) }) else { return nil }
    self = place
  }

  /// The letters of a column, from 0.
  static func letters(_ column: Int) -> String {
    var rest = column + 1
    var letters = ""
    while rest > 0 {
      letters = String(UnicodeScalar(UInt8(0x41 + (rest - 1) % 26))) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }

  var description: String { Self.letters(column) + String(row) }
}
