import TesseraFiles

extension TablesResult {
  /// The tables as JSON: the banner, bases, and one object for each cell.
  public var json: JSONValue {
    let columns = self.columns.map { column -> JSONValue in
      [
        "column": column.id, "label": column.label, "letter": column.letter,
        "group": groups[column.group].id, "group_label": groups[column.group].label,
      ]
    }
    let tables = self.tables.map { table -> JSONValue in
      [
        "question": table.name, "label": table.label, "level": table.level,
        "active": table.isActive, "notes": table.notes,
        "tests": JSONValue.list(table.tests) { test in
          [
            "group": groups[test.group].id, "f": test.statistic, "df1": test.numerator,
            "df2": test.denominator, "p_value": test.pValue,
          ]
        },
        "bases": JSONValue.list(zip(table.bases, self.columns)) { base, column in
          [
            "column": column.id, "base": base.unweighted, "weighted_base": base.weighted,
            "effective_base": base.effective, "small": base.isSmall,
          ]
        },
      ]
    }
    var cells: [JSONValue] = []
    for table in self.tables {
      for row in table.rows {
        for (cell, column) in zip(row.cells, self.columns) {
          cells.append(
            [
              "question": table.name, "row": row.code, "label": row.label,
              "kind": row.kind.rawValue, "column": column.id,
              row.kind.isShare ? "share" : "mean": cell.value,
              "share_bounds": cell.bounds.map { [$0.lowerBound, $0.upperBound] },
              "row_share": cell.rowShare, "index": cell.index, "count": cell.count,
              "letters": cell.letters, "hidden": cell.hidden?.rawValue,
            ])
        }
      }
    }
    return [
      "schema": "tessera.tables/1", "title": title, "columns": JSONValue.array(columns),
      "tables": JSONValue.array(tables), "cells": JSONValue.array(cells), "notes": notes,
      "warnings": warnings,
    ]
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
