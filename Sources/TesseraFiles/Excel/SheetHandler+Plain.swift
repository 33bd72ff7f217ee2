extension SheetHandler {
  /// Takes a row that is written plainly.
  ///
  /// - Parameters:
  ///   - bytes: Where its parts stand.
  ///   - reference: Its number; empty if there is none.
  ///   - cells: Its cells.
  func take(_ bytes: ByteView, _ reference: Range<Int>, _ cells: [PlainRows.Cell]) {
    func part(_ range: Range<Int>) -> ByteView? { range.isEmpty ? nil : bytes.part(range) }
    startRow(part(reference))
    for cell in cells {
      if hasFailed { return }
      if let range = cell.value, addPlain(bytes, cell, range) { continue }
      startCell(part(cell.reference), type: part(cell.type), style: part(cell.style))
      if hasFailed { return }
      if let range = cell.value { takeValue(bytes.part(range)) }
      endCell()
    }
  }

  /// Adds a cell behind the first rows that holds a number or the place of a shared text.
  ///
  /// - Returns: False for every other cell, and for one that is not right.
  private func addPlain(_ bytes: ByteView, _ cell: PlainRows.Cell, _ range: Range<Int>) -> Bool {
    let isShared = cell.type.count == 1 && bytes[cell.type.lowerBound] == UInt8(ascii: "s")
    guard !isRowNew, !rows.isEmpty, isShared || cell.type.isEmpty,
      let place = CellPlace(bytes.part(cell.reference)), place.row == row,
      place.column > lastColumn, place.column < columns.count,
      let number = Self.whole(bytes, range) ?? grammar.parse(bytes, range)?.value
    else { return false }
    if isShared {
      guard number == number.rounded(), number >= 0, number < Double(context.texts.count),
        !context.texts[Int(number)].isEmpty
      else { return false }
      columns[place.column].put(.shared(Int(number)), row: rows.count - 1, context)
    } else {
      if !cell.style.isEmpty {
        guard let style = Self.whole(bytes, cell.style), style < Double(kinds.count),
          kinds[Int(style)] == .number
        else { return false }
      }
      columns[place.column].put(number, row: rows.count - 1)
    }
    lastColumn = place.column
    width = max(width, place.column + 1)
    traces[traces.count - 1].filled += 1
    return true
  }

  /// Most cells hold a few digits.
  private static func whole(_ bytes: ByteView, _ range: Range<Int>) -> Double? {
    guard range.count <= 15, !range.isEmpty else { return nil }
    var result = 0
    for place in range {
      let digit = bytes[place] &- 0x30
      guard digit < 10 else { return nil }
      result = result &* 10 &+ Int(digit)
    }
    return Double(result)
  }
}
