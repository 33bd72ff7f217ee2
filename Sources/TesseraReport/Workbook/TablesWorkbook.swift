public import TesseraFiles
public import TesseraStudy

/// Writes banner tables as a workbook: contents with links, and a sheet for each table or one for all.
public struct TablesWorkbook: Sendable {
  /// What is shown of each answer beside the share of the column.
  public struct Lines: Sendable, Equatable {
    /// Letters of significance tests.
    public var letters = true
    /// The share of the people with the answer who are in the column.
    public var rowShares = false
    /// The share against that of Total, which is 100.
    public var index = false

    /// Shows shares and letters.
    public init() {}
  }

  private let result: TablesResult
  private let lines: Lines
  private let isOneSheet: Bool
  private let numbers: NumberStyle

  /// Prepares a workbook.
  ///
  /// - Parameters:
  ///   - result: The tables.
  ///   - lines: What is shown of each answer.
  ///   - isOneSheet: Whether all tables stand on one sheet.
  ///   - numbers: How numbers within text are written.
  public init(
    _ result: TablesResult, lines: Lines = Lines(), isOneSheet: Bool = false,
    numbers: NumberStyle = .english
  ) {
    self.result = result
    self.lines = lines
    self.isOneSheet = isOneSheet
    self.numbers = numbers
  }

  /// The workbook's bytes.
  ///
  /// - Returns: An `.xlsx` file; the same tables give the same bytes.
  /// - Throws: ``OutputError`` if there is no room for a temporary file.
  public func bytes() throws(OutputError) -> [UInt8] {
    try WorkbookKernel.bytes(of: workbook)
  }

  private static let contents = "Contents"

  /// The workbook as values.
  var workbook: Workbook {
    var sheets: [WorkbookSheet] = []
    var places: [(sheet: String, row: Int)] = []
    if isOneSheet {
      var sheet = WorkbookSheet(name: "Tables")
      sheet.rows = [[.link("Contents", sheet: Self.contents, row: 0)]] + head
      let top = sheet.rows.count
      for table in result.tables {
        places.append((sheet.name, sheet.rows.count))
        sheet.rows += [[.text(title(table), .title)], [.text(about(table), .muted)]]
        sheet.rows += body(table) + [[]]
      }
      sheet.rows += foot
      frame(&sheet, frozen: top)
      sheets.append(sheet)
    } else {
      var taken = [Self.contents]
      for (number, table) in result.tables.enumerated() {
        var sheet = WorkbookSheet(
          name: Workbook.named(
            Workbook.shortened("\(number + 1) \(title(table))"), among: taken))
        taken.append(sheet.name)
        places.append((sheet.name, 0))
        sheet.rows = [
          [.text(title(table), .title)], [.text(about(table), .muted)],
          [.link("Contents", sheet: Self.contents, row: 0)],
        ]
        sheet.rows += head
        let top = sheet.rows.count
        sheet.rows += body(table) + [[]] + foot
        frame(&sheet, frozen: top)
        sheets.append(sheet)
      }
    }
    return Workbook(title: result.title, sheets: [cover(places)] + sheets)
  }

  private func cover(_ places: [(sheet: String, row: Int)]) -> WorkbookSheet {
    var sheet = WorkbookSheet(name: Self.contents)
    sheet.rows = [
      [.text(result.title, .title)], [],
      [
        .text("Table", .numberHeader), .text("Question", .header), .text("Base", .numberHeader),
      ],
    ]
    for (number, table) in result.tables.enumerated() {
      sheet.rows.append([
        .number(Double(number + 1)),
        .link(title(table), sheet: places[number].sheet, row: places[number].row),
        table.bases[0].unweighted.map { .number($0) } ?? .blank,
      ])
    }
    sheet.rows.append([])
    for note in result.notes + result.warnings { sheet.rows.append([.blank, .text(note, .muted)]) }
    sheet.widths = [8, 100, 10]
    sheet.frozenRows = 3
    return sheet
  }

  private func frame(_ sheet: inout WorkbookSheet, frozen: Int) {
    sheet.widths = [40, 12] + result.columns.map { _ in 14 }
    sheet.frozenRows = frozen
    sheet.frozenColumns = 2
    sheet.isWide = true
  }

  private func title(_ table: SurveyTable) -> String {
    (table.label.isEmpty ? table.name : table.label).capitalisedFirst
  }

  /// What a reader of one sheet needs to know; the contents say the rest.
  private var foot: [[WorkbookCell]] {
    var notes = ["\(result.title). * Base under 30: shares are rounded to 5 points."]
    if lines.letters {
      notes.insert(
        "A letter: significantly higher than the column with that letter (capital at the first level "
          + "of confidence, small at the second; the contents name them).", at: 0)
    }
    return notes.map { [.text($0, .muted)] }
  }

  private func about(_ table: SurveyTable) -> String {
    let base = table.bases[0].unweighted.map { "Base: \(numbers.number($0)) who answered" } ?? ""
    return ([base] + table.notes).filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// The banner: groups, columns, letters; Total stands by itself, under no group.
  private var head: [[WorkbookCell]] {
    let groups = result.groups.map { group -> WorkbookCell in
      group.columns.lowerBound == 0
        ? .blank : .span(group.label.capitalisedFirst, columns: group.columns.count)
    }
    return [
      [.blank, .blank] + groups,
      [.text("", .header), .text("", .header)]
        + result.columns.map { .text($0.label, .numberHeader) },
      [.blank, .blank] + result.columns.map { .text("(\($0.letter))", .letters) },
    ]
  }

  private func body(_ table: SurveyTable) -> [[WorkbookCell]] {
    func line(
      _ label: String, _ measure: String, _ cell: (Int) -> WorkbookCell
    ) -> [WorkbookCell] {
      [.text(label, label.isEmpty ? .muted : .strong), .text(measure, .muted)]
        + result.columns.indices.map(cell)
    }
    func number(_ value: Double?, _ style: WorkbookCell.Style) -> WorkbookCell {
      value.map { .number(WorkbookCell.rounded($0, style), style) } ?? .text("–", .figures)
    }
    var rows = [
      line("Base", result.isWeighted ? "unweighted" : "people") { place in
        let base = table.bases[place]
        guard let people = base.unweighted, base.isSmall else {
          return number(base.unweighted, .number(0))
        }
        return .text("\(numbers.number(people)) *", .figures)
      }
    ]
    // Without weights all bases are the same.
    if result.isWeighted {
      rows += [
        line("", "weighted") { number(table.bases[$0].weighted, .number(0)) },
        line("", "effective") { number(table.bases[$0].effective, .number(0)) },
      ]
    }
    let answers = table.rows.filter { $0.kind == .answer }.map(\.label)
    let denial = Denial.place(answers)
    for (place, row) in table.rows.enumerated() where place != denial {
      rows.append(
        line(row.label, row.kind.isShare ? "%" : "mean") { place in
          if let bounds = row.cells[place].bounds {
            return .text(
              bounds.lowerBound == 0
                ? "under \(numbers.percent(bounds.upperBound))"
                : "over \(numbers.percent(bounds.lowerBound))", .figures)
          }
          guard !row.kind.isShare, let mean = row.cells[place].value else {
            return number(row.cells[place].value, .percent(0))
          }
          if table.isYears { return .number(mean.rounded(), .year) }
          let digits = MeanDigits(total: row.cells[0].value)
          return .number(digits.rounded(mean), .number(max(0, digits.decimals)))
        })
      if lines.letters, table.rows.contains(where: { $0.cells.contains { !$0.letters.isEmpty } }) {
        rows.append(
          line("", "") { place in
            row.cells[place].letters.isEmpty ? .blank : .text(row.cells[place].letters, .letters)
          })
      }
      if row.kind.isShare, row.cells.contains(where: { $0.count != nil }) {
        rows.append(line("", "count") { number(row.cells[$0].count, .number(0)) })
      }
      if lines.rowShares, row.kind.isShare {
        rows.append(line("", "row %") { number(row.cells[$0].rowShare, .percent(0)) })
      }
      if lines.index { rows.append(line("", "index") { number(row.cells[$0].index, .number(0)) }) }
    }
    if !table.tests.isEmpty {
      rows.append(
        line("Whole table (Rao-Scott)", "p") { place in
          guard
            let test = table.tests.first(where: {
              result.groups[$0.group].columns.lowerBound == place
            })
          else { return .blank }
          return .text(numbers.probability(test.pValue), .figures)
        })
    }
    return rows
  }
}
