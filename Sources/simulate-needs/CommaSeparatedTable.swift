/// A small table read from comma-separated text: a header, then a row a record.
///
/// Enough for the files in `datasets/`: UTF-8, fields in double quotes where they hold a comma,
/// no line breaks inside a field. The generator keeps to it so that its output rests on nothing
/// but this target and the random streams.
package struct CommaSeparatedTable: Sendable {
  /// Names of the columns, in the order of the file.
  package let columns: [String]
  /// The records; each has as many fields as there are columns.
  package let rows: [[String]]
  private let position: [String: Int]

  /// Reads a table.
  ///
  /// - Parameter text: The whole file.
  /// - Throws: ``TableError`` when there is no header or a record has the wrong number of fields.
  /// - Complexity: O(*n*) in the length of the text.
  package init(_ text: String) throws(TableError) {
    var records: [[String]] = []
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      records.append(CommaSeparatedTable.fields(of: line))
    }
    guard let header = records.first else { throw .empty }
    for (index, record) in records.enumerated() where record.count != header.count {
      throw .fieldCount(line: index + 1, expected: header.count, found: record.count)
    }
    columns = header
    rows = Array(records.dropFirst())
    position = Dictionary(
      header.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  /// The place of a column.
  ///
  /// - Parameter name: The column's name.
  /// - Returns: Its index in every row.
  /// - Throws: ``TableError`` when the table has no such column.
  package func index(of name: String) throws(TableError) -> Int {
    guard let index = position[name] else { throw .noColumn(name) }
    return index
  }

  /// One column, top to bottom.
  ///
  /// - Parameter name: The column's name.
  /// - Returns: Its fields; a blank is an empty string.
  /// - Throws: ``TableError`` when the table has no such column.
  package func column(_ name: String) throws(TableError) -> [String] {
    let index = try index(of: name)
    return rows.map { $0[index] }
  }

  private static func fields(of line: Substring.UTF8View) -> [String] {
    let quote = UInt8(ascii: "\"")
    guard line.contains(quote) else {
      let fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      return fields.map { String(Substring($0)) }
    }
    var fields: [String] = []
    var field: [UInt8] = []
    var quoted = false
    var afterQuote = false
    for byte in line {
      if byte == quote {
        // A quote straight after a closing quote stands for one quote character.
        if afterQuote { field.append(quote) }
        afterQuote = quoted
        quoted.toggle()
        continue
      }
      afterQuote = false
      if byte == UInt8(ascii: ","), !quoted {
        fields.append(String(decoding: field, as: UTF8.self))
        field.removeAll(keepingCapacity: true)
      } else {
        field.append(byte)
      }
    }
    fields.append(String(decoding: field, as: UTF8.self))
    return fields
  }
}

/// What can be wrong with a table.
package enum TableError: Error, Equatable, CustomStringConvertible {
  /// The file holds no header.
  case empty
  /// A record has more or fewer fields than the header.
  case fieldCount(line: Int, expected: Int, found: Int)
  /// A column that is needed is not there.
  case noColumn(String)
  /// A field that should hold a number does not.
  case notANumber(column: String, respondent: String)

  /// The message for a person: where, what, and what to do.
  package var description: String {
    switch self {
    case .empty:
      "the table is empty: expected a header line with the names of the columns"
    case .fieldCount(let line, let expected, let found):
      "line \(line): \(found) fields where the header has \(expected); check the quotes"
    case .noColumn(let name):
      "no column named \(name): use gss2018.csv as it stands in datasets/gss2018"
    case .notANumber(let column, let respondent):
      "respondent \(respondent), column \(column): expected a number or a blank"
    }
  }
}
