/// The tables of a report as sheets: one a table, or one for tables of the same form.
struct WorkbookTables {
  private let numbers: NumberStyle

  init(numbers: NumberStyle) {
    self.numbers = numbers
  }

  /// A table of the report, with the section it stands in.
  private struct Place {
    let section: String
    let tables: [ReportTable]
  }

  /// The sheets, in the report's order.
  ///
  /// - Parameters:
  ///   - document: The report.
  ///   - names: Names that are taken.
  /// - Returns: Sheets with a line that says what each shows.
  func sheets(_ document: ReportDocument, besides names: [String]) -> [(
    sheet: WorkbookSheet, about: String
  )] {
    var places: [Place] = []
    for section in document.sections {
      // Tables of one form in one section share a sheet: ledgers, profiles, funnels.
      for table in section.blocks.flatMap(\.tables) where !table.columns.isEmpty {
        let match = places.firstIndex {
          $0.section == section.title && $0.tables[0].columns == table.columns
            && Self.family($0.tables[0]) == Self.family(table)
        }
        if let match {
          places[match] = Place(
            section: section.title, tables: places[match].tables + [table])
        } else {
          places.append(Place(section: section.title, tables: [table]))
        }
      }
    }
    var taken = names
    return places.map { place in
      let family = Self.family(place.tables[0])
      var title = (Self.titles[family] ?? family).capitalisedFirst
      // Where a name is taken, what the table itself is called tells the two apart.
      if taken.contains(where: { $0.lowercased() == title.lowercased() }) {
        let caption = place.tables[0].caption
        title = place.tables.count == 1 && !caption.isEmpty ? caption : place.section
      }
      let name = Workbook.named(Workbook.shortened(title), among: taken)
      taken.append(name)
      return (
        sheet(place.tables, name: name),
        place.tables.count == 1
          ? (place.tables[0].caption.isEmpty ? place.section : place.tables[0].caption)
          : "\(place.section): \(place.tables.count) tables"
      )
    }
  }

  /// What sheets are called, by the family of their tables.
  private static let titles = [
    "aq": "Acceptance and quality", "best": "Best sets", "blrt": "Likelihood-ratio tests",
    "contrasts": "Product against product", "gorge": "How clear members are",
    "house": "Features and needs", "kano": "Kano", "ledger": "Ledgers", "map": "Map",
    "profile": "Profiles", "proposals": "Changes", "quality": "Quality of segments",
    "residuals": "Ties left unexplained", "selection": "Number of segments",
    "shares": "Sizes of segments", "weights": "Weights of needs", "fit": "Fit",
    "across": "From solution to solution", "importance": "Importance and performance",
  ]

  private static func family(_ table: ReportTable) -> String {
    String(table.id.split(separator: "-").first ?? "table")
  }

  private func sheet(_ tables: [ReportTable], name: String) -> WorkbookSheet {
    var sheet = WorkbookSheet(name: name)
    let columns = tables[0].columns
    let isStacked = tables.count > 1
    sheet.rows.append([.text(isStacked ? name : tables[0].caption, .title)])
    let head: [WorkbookCell] = (isStacked ? ["Table"] : []).map { .text($0, .header) }
    sheet.rows.append(
      head + columns.map { .text($0.title, $0.isNumeric ? .numberHeader : .header) })
    for table in tables {
      for row in table.rows {
        let own: [WorkbookCell] = isStacked ? [.text(table.caption)] : []
        sheet.rows.append(own + zip(columns, row).map { cell($1, isNumeric: $0.isNumeric) })
      }
    }
    let last = sheet.rows.count - 1
    addScales(tables, to: &sheet, last: last)
    for note in tables.flatMap(\.notes).unique {
      sheet.rows.append([])
      sheet.rows.append([.text(note, .muted)])
    }
    sheet.frozenRows = 2
    sheet.frozenColumns = isStacked ? 2 : 1
    sheet.widths =
      (isStacked ? [34] : [])
      + columns.enumerated().map { position, column in
        let longest =
          tables.flatMap(\.rows).map { row in
            row.indices.contains(position) ? row[position].text.plain.count : 0
          }.max() ?? 0
        // Long words of a title, such as a name of a segment, break; those of a text wrap.
        return column.isNumeric
          ? min(24, max(14, Double(longest) + 2))
          : min(80, max(position == 0 ? 20 : 12, Double(longest) * 1.15 + 2))
      }
    sheet.isWide = columns.count > 5
    return sheet
  }

  /// The number behind a cell, written as the report writes it; its text where there is none.
  private func cell(_ cell: ReportTable.Cell, isNumeric: Bool) -> WorkbookCell {
    let text = cell.text.plain
    guard let value = cell.value, value.isFinite, isNumeric else {
      return .text(text, cell.isHeader ? .strong : isNumeric ? .figures : .text)
    }
    let figures = text.prefix { !$0.isLetter && $0 != "(" }
    var decimals = 0
    if let mark = figures.lastIndex(of: Character(numbers.decimalMark)) {
      decimals = figures[figures.index(after: mark)...].prefix { $0.isNumber }.count
    }
    return .number(value, figures.contains("%") ? .percent(decimals) : .number(decimals))
  }

  /// Colours where the report has them, column by column.
  private func addScales(_ tables: [ReportTable], to sheet: inout WorkbookSheet, last: Int) {
    let shift = tables.count > 1 ? 1 : 0
    guard last >= 2 else { return }
    for column in tables[0].columns.indices {
      let cells = tables.flatMap { table in
        table.rows.compactMap { $0.indices.contains(column) ? $0[column] : nil }
      }
      let values = cells.filter { $0.shade != .none }.compactMap(\.value)
      guard let high = values.max(), let low = values.min(), high > low else { continue }
      let isDiverging = cells.contains { if case .diverging = $0.shade { true } else { false } }
      // Where a share differs from the total the sign is not in the number itself.
      if isDiverging, low >= 0 { continue }
      sheet.scales.append(
        .init(
          rows: 2...last, columns: column + shift...column + shift,
          kind: isDiverging
            ? .diverging(reach: max(abs(low), abs(high)))
            : .sequential(from: min(0, low), to: high)))
    }
  }
}

extension Block {
  /// The tables in this block and inside it, those behind charts too.
  var tables: [ReportTable] {
    switch self {
    case .table(let table): [table]
    case .chart(let chart): [chart.table]
    case .cards(let cards): cards.flatMap { $0.blocks.flatMap(\.tables) }
    case .details(_, let blocks): blocks.flatMap(\.tables)
    default: []
    }
  }
}

extension [String] {
  /// Each text once, where it first stands.
  fileprivate var unique: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
