import TesseraFiles

extension TablesResult {
  /// The tables as JSON: the banner, bases, and one object for each cell.
  public var json: JSONValue {
    let columns = self.columns.map { column -> JSONValue in
      .object([
        ("column", .string(column.id)), ("label", .string(column.label)),
        ("letter", .string(column.letter)), ("group", .string(groups[column.group].id)),
        ("group_label", .string(groups[column.group].label)),
      ])
    }
    let tables = self.tables.map { table -> JSONValue in
      .object([
        ("question", .string(table.name)), ("label", .string(table.label)),
        ("level", .string(table.level)), ("active", .bool(table.isActive)),
        ("notes", .strings(table.notes)),
        (
          "tests",
          .array(
            table.tests.map { test in
              .object([
                ("group", .string(groups[test.group].id)), ("f", .number(test.statistic)),
                ("df1", .number(test.numerator)), ("df2", .number(test.denominator)),
                ("p_value", .number(test.pValue)),
              ])
            })
        ),
        (
          "bases",
          .array(
            zip(table.bases, self.columns).map { base, column in
              .object([
                ("column", .string(column.id)), ("base", .optional(base.unweighted)),
                ("weighted_base", .optional(base.weighted)),
                ("effective_base", .optional(base.effective)), ("small", .bool(base.isSmall)),
              ])
            })
        ),
      ])
    }
    var cells: [JSONValue] = []
    for table in self.tables {
      for row in table.rows {
        for (cell, column) in zip(row.cells, self.columns) {
          cells.append(
            .object([
              ("question", .string(table.name)), ("row", .string(row.code)),
              ("label", .string(row.label)), ("kind", .string(row.kind.rawValue)),
              ("column", .string(column.id)),
              (row.kind.isShare ? "share" : "mean", .optional(cell.value)),
              (
                "share_bounds",
                cell.bounds.map { .numbers([$0.lowerBound, $0.upperBound]) } ?? .null
              ),
              ("row_share", .optional(cell.rowShare)), ("index", .optional(cell.index)),
              ("count", .optional(cell.count)), ("letters", .string(cell.letters)),
              ("hidden", .optional(cell.hidden?.rawValue)),
            ]))
        }
      }
    }
    return .object([
      ("schema", .string("tessera.tables/1")), ("title", .string(title)),
      ("columns", .array(columns)), ("tables", .array(tables)), ("cells", .array(cells)),
      ("notes", .strings(notes)), ("warnings", .strings(warnings)),
    ])
  }

  /// The tables as delimited text in long form: one line for each cell.
  public var csv: [UInt8] {
    var writer = CSVWriter()
    writer.append(texts: [
      "question", "question_label", "row", "row_label", "kind", "group", "column", "column_label",
      "letter", "base", "weighted_base", "effective_base", "small_base", "value", "value_low",
      "value_high", "row_share", "index", "count", "letters", "hidden", "table_p",
    ])
    func number(_ value: Double?) -> CSVWriter.Cell { value.map { .number($0) } ?? .empty }
    for table in tables {
      for row in table.rows {
        for (place, cell) in row.cells.enumerated() {
          let (column, base) = (columns[place], table.bases[place])
          writer.append([
            .text(table.name), .text(table.label), .text(row.code), .text(row.label),
            .text(row.kind.rawValue), .text(groups[column.group].id), .text(column.id),
            .text(column.label), .text(column.letter), number(base.unweighted),
            number(base.weighted), number(base.effective), .integer(base.isSmall ? 1 : 0),
            number(cell.value), number(cell.bounds?.lowerBound), number(cell.bounds?.upperBound),
            number(cell.rowShare), number(cell.index), number(cell.count),
            cell.letters.isEmpty ? .empty : .text(cell.letters),
            cell.hidden.map { .text($0.rawValue) } ?? .empty,
            number(table.tests.first { $0.group == column.group }?.pValue),
          ])
        }
      }
    }
    return writer.takeBytes()
  }
}
