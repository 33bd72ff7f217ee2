/// Where the rows of a survey stand in its files.
struct RowPlaces: Sendable {
  /// For each row the physical line from 1, or the number of the respondent.
  private(set) var lines = RowLines()
  /// The files, and how many rows came from each.
  private(set) var files: [(file: String, count: Int)] = []

  /// Adds the rows of a file.
  mutating func append(file: String, lines: RowLines) {
    self.lines.append(lines)
    files.append((file, lines.count))
  }

  /// Adds the rows of a file.
  mutating func append(file: String, lines: [Int]) {
    append(file: file, lines: RowLines(lines))
  }

  /// The file and the line of a row, from 0.
  func place(_ row: Int) -> (file: String, line: Int) {
    var first = 0
    for (file, count) in files {
      if row < first + count { return (file, lines[row]) }
      first += count
    }
    return (files.last?.file ?? "", lines.count > 0 ? lines[lines.count - 1] : 0)
  }
}
