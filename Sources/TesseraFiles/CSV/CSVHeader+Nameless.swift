internal import TesseraSurvey

extension CSVHeader {
  /// Drops columns without a name and without answers; tells of those without a name only.
  mutating func dropNameless(
    _ file: String, _ columns: inout [RawColumn], _ notices: inout [FileNotice]
  ) {
    for position in unnamed.reversed() {
      if columns[position].isEmpty {
        columns.remove(at: position)
        names.remove(at: position)
        labels.remove(at: position)
        notices.append(
          FileNotice(
            file: file, row: line + 1,
            message: "column \(position + 1) has neither a name nor answers and was left out"))
      } else {
        notices.append(
          FileNotice(
            file: file, row: line + 1, column: names[position],
            message: "column \(position + 1) has no name and is called " + names[position]))
      }
    }
  }
}
