internal import TesseraSurvey

// What stands below the table of a sheet, and cells merged within it.
extension SheetLayout {
  /// Blank rows that part one table from another.
  private static let gap = 2

  /// The row where a second table begins below the first: behind two or more blank rows, words that nobody
  /// above has given, in each of the cells that it fills.
  ///
  /// - Returns: The row as the spreadsheet counts; `nil` without one.
  func secondTable(_ header: CSVHeader, _ notices: inout [FileNotice]) -> Int? {
    guard handler.width > 1 else { return nil }
    let rows = handler.head.map(\.row) + handler.rows
    let first = header.dataStart
    guard rows.count > first + 1 else { return nil }
    for place in first + 1..<rows.count where rows[place] - rows[place - 1] > Self.gap {
      // A title above it stands alone.
      let names = isTitle(place) ? place + 1 : place
      guard names < rows.count, isHeading(names, from: first, to: place) else { continue }
      notices.append(
        FileNotice(
          file: file, row: rows[place],
          message: "a second table begins in this row, below \(rows[place] - rows[place - 1] - 1) "
            + "blank rows: it was left out; put it on a sheet of its own to read it"))
      return rows[place]
    }
    return nil
  }

  /// The cells of a row: in which column, and the text; `nil` for a number.
  private func cells(_ place: Int) -> [(column: Int, text: String?)] {
    if place < handler.head.count {
      return handler.head[place].cells.map { column, cell in
        switch cell {
        case .text, .shared: (column, context.text(cell))
        default: (column, nil)
        }
      }
    }
    let row = place - handler.head.count
    return handler.columns.indices.compactMap { column in
      handler.columns[column].isFilled(row)
        ? (column, handler.columns[column].text(row)) : nil
    }
  }

  private func isTitle(_ place: Int) -> Bool {
    let cells = cells(place)
    return cells.count == 1 && cells[0].text != nil
  }

  /// Whether a row holds two words or more, each of them new in its column.
  private func isHeading(_ place: Int, from first: Int, to last: Int) -> Bool {
    let cells = cells(place)
    guard cells.count > 1 else { return false }
    return cells.allSatisfy { column, text in
      guard let text, Double(text) == nil, CalendarText.parse(text) == nil else { return false }
      for above in first..<min(last, handler.head.count) {
        if let cell = handler.head[above].cells.first(where: { $0.column == column })?.cell,
          context.text(cell) == text
        {
          return false
        }
      }
      return column >= handler.columns.count
        || !handler.columns[column].holds(text, before: last - handler.head.count)
    }
  }

  /// Tells of cells that are merged within the answers: a workbook keeps what the first one holds, and the
  /// others are empty.
  func mergedAnswers(_ header: CSVHeader, _ limit: Int) -> [FileNotice] {
    let rows = handler.head.map(\.row) + handler.rows
    guard header.dataStart < rows.count else { return [] }
    let first = rows[header.dataStart]
    let last = min(limit - 1, rows.last ?? first)
    let within = handler.merges.filter { merge in
      merge.rows.lowerBound >= first && merge.rows.lowerBound <= last
        && merge.columns.lowerBound < handler.width
        && merge.rows.count * merge.columns.count > 1
    }
    .sorted {
      ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
    }
    guard let top = within.first else { return [] }
    let places = within.prefix(3).map { merge in
      "\(CellPlace(row: merge.rows.lowerBound, column: merge.columns.lowerBound)):"
        + "\(CellPlace(row: merge.rows.upperBound, column: merge.columns.upperBound))"
    }
    let more = within.count > 3 ? " and \(within.count - 3) more" : ""
    return [
      FileNotice(
        file: file, row: top.rows.lowerBound,
        message:
          "merged cells within the answers (\(places.joined(separator: ", "))\(more)): only the "
          + "first of each holds an answer, the others are missing; undo the merging and fill them")
    ]
  }
}
