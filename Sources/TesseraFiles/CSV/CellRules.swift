/// What counts as a number, and which texts stand for a missing number.
struct CellRules: Sendable {
  /// What counts as a number.
  let grammar: NumberGrammar
  /// Texts that stand for a missing number, first those that are always looked for.
  let spellings: [String]
  private let spelled: [[UInt8]]
  /// Whether a point before three digits may stand between thousands: semicolons part the fields, as where
  /// the comma is the decimal mark, and nobody said what the decimal mark is.
  let pointMayPartThousands: Bool

  /// Texts taken as missing in a column that otherwise holds numbers; compared without letter case.
  static let standard = [
    "NA", "N/A", "#N/A", "NaN", "null", "none", "nil", "-", "--", ".", "?", "#NULL!", "#DIV/0!",
    "#VALUE!", "#REF!", "#NAME?", "#NUM!", "missing", ".a", ".b", ".c", ".d", ".e", ".f", ".g",
    ".h", ".i", ".j", ".k", ".l", ".m", ".n", ".o", ".p", ".q", ".r", ".s", ".t", ".u", ".v", ".w",
    ".x", ".y", ".z",
  ]

  /// Makes rules for a column.
  ///
  /// - Parameters:
  ///   - decimal: The decimal mark.
  ///   - declared: Texts that the user declares missing in this column.
  ///   - pointMayPartThousands: Whether a point before three digits may stand between thousands.
  init(decimal: UInt8, declared: [String], pointMayPartThousands: Bool = false) {
    self.pointMayPartThousands = pointMayPartThousands
    grammar = NumberGrammar(decimal: decimal)
    spellings = Self.standard + declared
    spelled = spellings.map { Array($0.lowercased().utf8) }
  }

  /// The position of the spelling a text is, from 0; spaces alone count as position -1.
  func missingSpelling(_ view: ByteView, _ range: Range<Int>) -> Int? {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high, view[low] == 0x20 || view[low] == 0x09 { low += 1 }
    while high > low, view[high - 1] == 0x20 || view[high - 1] == 0x09 { high -= 1 }
    if low == high { return -1 }
    let length = high - low
    for (position, spelling) in spelled.enumerated() where spelling.count == length {
      var offset = 0
      while offset < length {
        let byte = view[low + offset]
        let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
        if lower != spelling[offset] { break }
        offset += 1
      }
      if offset == length { return position }
    }
    return nil
  }

  /// The same for a text by itself.
  func missingSpelling(_ text: String) -> Int? {
    let owner = FileBytes.copying(Array(text.utf8))
    return withExtendedLifetime(owner) { missingSpelling(owner.view, 0..<owner.view.count) }
  }

  /// A NaN that carries the position of a spelling; -1 gives the NaN of an empty cell.
  static func missing(_ spelling: Int) -> Double {
    Double(bitPattern: 0x7FF8_0000_0000_0000 | UInt64(spelling + 1))
  }

  /// The position of the spelling in a NaN; `nil` for an empty cell.
  static func spelling(_ number: Double) -> Int? {
    let payload = Int(number.bitPattern & 0xFFFF)
    return payload > 0 ? payload - 1 : nil
  }
}
