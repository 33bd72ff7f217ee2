/// How much room text and columns take.
extension WorkbookSheet {
  /// Pages side by side that the columns need to stay readable in print.
  var pagesWide: Int {
    guard !isOnePage else { return 1 }
    let shown = widths.enumerated().filter { hiddenColumns?.contains($0.offset) != true }
    let letters = shown.reduce(0) { $0 + $1.element }
    return max(1, Int((letters / (isWide ? 260 : 180)).rounded(.up)))
  }

  /// The most lines a row is made high for: spreadsheets allow 409 points.
  private static let mostLines = 27

  /// Lines that the text of a row needs in columns of the sheet's widths.
  ///
  /// - Parameter row: A row of the sheet.
  /// - Returns: 1 or more.
  func lines(inRow row: Int) -> Int {
    if let note = wideNote(inRow: row) {
      return min(Self.mostLines, Self.lines(of: note, width: widths.reduce(0, +)))
    }
    var most = 1
    for (column, cell) in rows[row].enumerated() where column < widths.count {
      if case .link(let text, _, _) = cell {
        most = max(most, Self.lines(of: text, width: widths[column]))
      }
      guard case .text(let text, let style) = cell else { continue }
      switch style {
      // Capitals and bold letters are wider.
      case .header, .numberHeader, .strong:
        most = max(most, Self.lines(of: text, width: widths[column] / 1.15))
      case .text, .muted: most = max(most, Self.lines(of: text, width: widths[column]))
      default: break
      }
    }
    return min(Self.mostLines, most)
  }

  /// A note that has its row to itself, and so may stretch over all columns.
  ///
  /// - Parameter row: A row of the sheet.
  /// - Returns: The note, or `nil`.
  func wideNote(inRow row: Int) -> String? {
    guard rows[row].count == 1, widths.count > 1, case .text(let text, .muted)? = rows[row].first
    else { return nil }
    return text
  }

  /// Lines of a text that breaks at spaces, and within words longer than a line.
  private static func lines(of text: String, width: Double) -> Int {
    let room = max(1, Int(width))
    var lines = 1
    var used = 0
    for part in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if part.offset > 0 {
        lines += 1
        used = 0
      }
      for word in part.element.split(separator: " ") {
        let needed = used == 0 ? word.count : used + 1 + word.count
        if needed <= room {
          used = needed
        } else {
          lines += (used == 0 ? 0 : 1) + (word.count - 1) / room
          used = (word.count - 1) % room + 1
        }
      }
    }
    return lines
  }
}
