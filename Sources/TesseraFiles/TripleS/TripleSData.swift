/// The rows of a Triple-S data file, cut into the fields that positions name.
struct TripleSData {
  private enum Rows {
    case fixed([[Character]])
    case fields([[String]])
  }

  private let rows: Rows
  /// The line of each row, from 1.
  let lines: [Int]

  /// Number of respondents.
  var count: Int { lines.count }

  /// Splits a data file.
  ///
  /// - Throws: ``SurveyFileError`` if a row is damaged.
  init(
    _ view: ByteView, file: String, definition: TripleSDefinition, escape: UInt8?
  ) throws(SurveyFileError) {
    var lines: [Int] = []
    if definition.isCSV {
      var dialect = CSVDialect(delimiter: 0x2C)
      dialect.escape = escape
      let looked = 0..<min(view.count, 1 << 20)
      dialect.newline =
        view.first(0x0A, in: looked) == nil && view.first(0x0D, in: looked) != nil ? 0x0D : 0x0A
      var records = CSVRecords(view: view, dialect: dialect, position: 0)
      var fields: [[String]] = []
      var seen = 0
      do throws(CSVFault) {
        while let record = try records.next() {
          seen += 1
          if seen <= definition.skip || record.isBlank { continue }
          fields.append(record.fields)
          lines.append(record.line + 1)
        }
      } catch {
        throw CSVHeader.error(error, file: file)
      }
      rows = .fields(fields)
    } else {
      var texts: [[Character]] = []
      var start = 0
      var line = 0
      while start < view.count {
        let end = view.first(0x0A, in: start..<view.count) ?? view.count
        var stop = end
        if stop > start, view[stop - 1] == 0x0D { stop -= 1 }
        line += 1
        // A file may end with the mark of old programs.
        let isMark = stop == start + 1 && view[start] == 0x1A
        if line > definition.skip, stop > start, !isMark {
          texts.append(Array(view.text(start..<stop)))
          lines.append(line)
        }
        start = end + 1
      }
      rows = .fixed(texts)
    }
    self.lines = lines
  }

  /// What stands at positions, counted from 1: characters, or in CSV the one field.
  func text(_ row: Int, _ start: Int, _ finish: Int) -> String {
    switch rows {
    case .fixed(let rows):
      let row = rows[row]
      guard start >= 1, start <= row.count else { return "" }
      return String(row[(start - 1)..<max(start - 1, min(finish, row.count))])
    case .fields(let rows):
      let row = rows[row]
      return start >= 1 && start <= row.count ? row[start - 1] : ""
    }
  }

  /// The parts of a field with several answers.
  ///
  /// - Parameters:
  ///   - row: Which row, from 0.
  ///   - variable: Which variable.
  ///   - count: How many parts there are.
  /// - Returns: As many texts; empty ones where the row ends before.
  func parts(_ row: Int, _ variable: TripleSDefinition.Variable, _ count: Int) -> [String] {
    if case .fields = rows, variable.finish > variable.start {
      return (0..<count).map { part in
        let place = variable.start + part
        return place <= variable.finish ? text(row, place, place) : ""
      }
    }
    let whole = Array(text(row, variable.start, variable.finish))
    let size: Int
    if case .fixed = rows {
      size = max(1, variable.width ?? (variable.finish - variable.start + 1) / max(1, count))
    } else {
      size = max(1, variable.width ?? max(1, whole.count / max(1, count)))
    }
    return (0..<count).map { part in
      let low = part * size
      return low < whole.count ? String(whole[low..<min(whole.count, low + size)]) : ""
    }
  }
}
