import TesseraProductFit
public import TesseraStudy

/// Banner tables to be read at once, such as on a terminal: what their workbook holds.
public struct BannerTables {
  private let result: TablesResult
  private let numbers: NumberStyle

  /// Takes tables.
  ///
  /// - Parameters:
  ///   - result: The tables.
  ///   - numbers: How numbers are written.
  public init(_ result: TablesResult, numbers: NumberStyle = .english) {
    (self.result, self.numbers) = (result, numbers)
  }

  /// A table for each question, with its bases, and what letters and stars mean.
  public var blocks: [Block] {
    let hasLetters = result.tables.contains { table in
      table.rows.contains { $0.cells.contains { !$0.letters.isEmpty } }
    }
    let isSmall = result.tables.contains { $0.bases.contains(where: \.isSmall) }
    let notes =
      result.notes
      + (hasLetters ? ["A letter: significantly higher than the column with that letter."] : [])
      + (isSmall ? ["* Base under 30: shares are rounded to 5 points, nothing is tested."] : [])
    return result.tables.map { .table(table($0)) }
      + (notes.isEmpty ? [] : [.paragraph(RichText(notes.joined(separator: " ")))])
  }

  private func table(_ table: SurveyTable) -> ReportTable {
    let bases = table.bases.map { base in
      ReportTable.Cell(
        RichText(numbers.number(base.unweighted) + (base.isSmall ? "*" : "")),
        value: base.unweighted)
    }
    let answers = table.rows.filter { $0.kind == .answer }.map(\.label)
    let denial = Denial.place(answers)
    let rows = table.rows.enumerated().filter { $0.offset != denial }.map(\.element)
    return ReportTable(
      id: "table-\(Escape.slug(table.name))",
      caption: (table.label.isEmpty ? table.name : table.label).capitalisedFirst,
      columns: [.init("")]
        + result.columns.map { column in
          .init(
            column.letter.isEmpty ? column.label : "\(column.label) (\(column.letter))",
            isNumeric: true)
        },
      rows: [[.init("Base", isHeader: true)] + bases]
        + rows.map { row in
          [.init(RichText(row.label), isHeader: true)] + row.cells.map { cell(of: row, $0, table) }
        }, notes: table.notes)
  }

  private func cell(
    of row: SurveyTable.Row, _ cell: SurveyTable.Cell, _ table: SurveyTable
  ) -> ReportTable.Cell {
    let letters = cell.letters.isEmpty ? "" : " \(cell.letters)"
    return .init(RichText(figure(of: row, cell, table) + letters), value: cell.value)
  }

  private func figure(
    of row: SurveyTable.Row, _ cell: SurveyTable.Cell, _ table: SurveyTable
  ) -> String {
    if let bounds = cell.bounds {
      return bounds.lowerBound == 0
        ? "under \(numbers.percent(bounds.upperBound))"
        : "over \(numbers.percent(bounds.lowerBound))"
    }
    guard !row.kind.isShare, let mean = cell.value else { return numbers.percent(cell.value) }
    if table.isYears { return String(Int(mean.rounded())) }
    let digits = MeanDigits(total: row.cells[0].value)
    return numbers.number(digits.rounded(mean), decimals: max(0, digits.decimals))
  }
}
