internal import TesseraSurvey

/// What stands in a cell.
enum SheetCell {
  /// A number.
  case number(Double)
  /// A number that the cell shows as a day or a time.
  case moment(Double, StylesHandler.Kind)
  /// A text of the cell's own.
  case text(String)
  /// The place of a text that cells share.
  case shared(Int)
  /// A truth value.
  case flag(Bool)
}

/// What the cells of all sheets of a workbook share.
struct SheetContext {
  let texts: [String]
  let calendar: ExcelCalendar

  /// A cell as text.
  func text(_ cell: SheetCell) -> String {
    switch cell {
    case .number(let number): AnswerCode.number(number).text
    case .moment(let number, let kind):
      calendar.text(number, kind) ?? AnswerCode.number(number).text
    case .text(let text): text
    case .shared(let place): texts[place]
    case .flag(let flag): flag ? "TRUE" : "FALSE"
    }
  }
}

/// The cells of a column, row after row: plain numbers as long as nothing else was met.
struct SheetColumn {
  private var numbers: [Double] = []
  private var codes: [UInt32] = []
  private var texts: [String] = []
  private var isMixed = false
  private var places: [TextKey: UInt32] = [:]
  private var numberPlaces: [UInt64: UInt32] = [:]
  private var momentPlaces: [UInt64: UInt32] = [:]
  private var sharedPlaces: [Int: UInt32] = [:]
  /// Whether a number has more digits than Excel keeps.
  private(set) var hasLongNumber = false

  /// Puts a cell into a row; rows left out are empty.
  mutating func put(_ cell: SheetCell, row: Int, _ context: SheetContext) {
    if case .number(let number) = cell { return put(number, row: row) }
    pad(row)
    if !isMixed { mix() }
    codes.append(code(cell, context))
  }

  /// Puts a number into a row; rows left out are empty.
  mutating func put(_ number: Double, row: Int) {
    pad(row)
    if abs(number) >= 1e15 { hasLongNumber = true }
    if isMixed {
      codes.append(code(number))
    } else {
      numbers.append(number)
    }
  }

  /// Whether a row holds anything.
  func isFilled(_ row: Int) -> Bool {
    isMixed
      ? row < codes.count && codes[row] != 0 : row < numbers.count && !numbers[row].isNaN
  }

  /// The text of a row; `nil` for an empty cell, and where nothing but numbers was met.
  func text(_ row: Int) -> String? {
    isMixed && row < codes.count && codes[row] > 0 ? texts[Int(codes[row]) - 1] : nil
  }

  /// Whether a text stands above a row.
  func holds(_ text: String, before row: Int) -> Bool {
    guard isMixed, row > 0, let code = places[TextKey(text)] else { return false }
    return codes.prefix(row).contains(code)
  }

  /// Fills up with empty cells.
  mutating func pad(_ rows: Int) {
    if isMixed {
      while codes.count < rows { codes.append(0) }
    } else {
      while numbers.count < rows { numbers.append(.nan) }
    }
  }

  private mutating func mix() {
    isMixed = true
    codes.reserveCapacity(numbers.count)
    for number in numbers { codes.append(number.isNaN ? 0 : code(number)) }
    numbers = []
  }

  private mutating func code(_ number: Double) -> UInt32 {
    if let known = numberPlaces[number.bitPattern] { return known }
    let code = code(AnswerCode.number(number).text)
    numberPlaces[number.bitPattern] = code
    return code
  }

  private mutating func code(_ cell: SheetCell, _ context: SheetContext) -> UInt32 {
    switch cell {
    case .shared(let place):
      if let known = sharedPlaces[place] { return known }
      let code = code(context.texts[place])
      sharedPlaces[place] = code
      return code
    case .moment(let number, let kind):
      // Numbers of days are far from using the lowest bits.
      let key = number.bitPattern ^ UInt64(kind.rawValue) << 60
      if let known = momentPlaces[key] { return known }
      let code = code(context.text(cell))
      momentPlaces[key] = code
      return code
    default: return code(context.text(cell))
    }
  }

  private mutating func code(_ text: String) -> UInt32 {
    if text.isEmpty { return 0 }
    if let known = places[TextKey(text)] { return known }
    texts.append(text)
    places[TextKey(text)] = UInt32(texts.count)
    return UInt32(texts.count)
  }

  /// This column with the cells of another below it.
  ///
  /// - Parameters:
  ///   - other: The column below.
  ///   - rows: How many of its rows are wanted, from its first.
  /// - Returns: The cells of both.
  func joined(_ other: SheetColumn, rows: Int) -> RawColumn {
    var own = self
    var other = other
    other.pad(rows)
    if !own.isMixed, !other.isMixed {
      return RawColumn(numbers: own.numbers + other.numbers.prefix(rows))
    }
    if !own.isMixed { own.mix() }
    if !other.isMixed { other.mix() }
    // Texts of rows that are left out are no answers of the column.
    let kept = other.codes.prefix(rows)
    var map = [UInt32](repeating: 0, count: other.texts.count + 1)
    for code in kept where code > 0 && map[Int(code)] == 0 {
      map[Int(code)] = own.code(other.texts[Int(code) - 1])
    }
    own.codes.append(contentsOf: kept.map { map[Int($0)] })
    return RawColumn(texts: own.texts, codes: own.codes)
  }
}

extension RawColumn {
  /// A column of numbers, NaN for an empty cell; of texts without any if all cells are empty.
  init(numbers: [Double]) {
    firstExponent = nil
    if numbers.allSatisfy({ $0.isNaN }) {
      cells = .coded(texts: [], codes: .narrow([UInt8](repeating: 0, count: numbers.count)))
    } else {
      cells = .numbers(numbers)
    }
  }

  /// A column of distinct texts and, for each row, the position of its text from 1.
  init(texts: [String], codes: [UInt32]) {
    firstExponent = nil
    cells = .coded(texts: texts, codes: RawCodes(codes, limit: texts.count))
  }
}
