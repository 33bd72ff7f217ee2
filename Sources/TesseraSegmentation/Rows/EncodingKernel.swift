import TesseraMath

/// Lays columns of answers side by side, some rows at a time so that what is written stays near.
enum EncodingKernel {
  /// Codes and numbers of all items, respondents × items; gaps are not-a-number.
  ///
  /// - Parameter table: The items.
  /// - Returns: Row after row.
  static func rows(of table: ItemTable) -> [Double] {
    let count = table.respondentCount
    let columns = table.items.count
    return unsafe LargeArray.make(count * columns) { values in
      for start in stride(from: 0, to: count, by: 256) {
        let end = min(start + 256, count)
        for (column, item) in table.items.enumerated() {
          switch item.answers {
          case .numbers(let numbers):
            for row in start..<end {
              unsafe values[row * columns + column] = numbers[row]
            }
          case .codes(let codes):
            for row in start..<end {
              unsafe values[row * columns + column] = codes[row] > 0 ? Double(codes[row]) : .nan
            }
          case .wideCodes(let codes):
            for row in start..<end {
              unsafe values[row * columns + column] = codes[row] > 0 ? Double(codes[row]) : .nan
            }
          }
        }
      }
    }
  }
}
