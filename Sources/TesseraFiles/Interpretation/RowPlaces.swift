/// Where the rows of a survey stand in its files.
struct RowPlaces: Sendable {
  /// For each row the physical line from 1, or the number of the respondent.
  private(set) var lines: [Int] = []
  /// The files, and how many rows came from each.
  private(set) var files: [(file: String, count: Int)] = []

  /// Adds the rows of a file.
  mutating func append(file: String, lines: [Int]) {
    self.lines.append(contentsOf: lines)
    files.append((file, lines.count))
  }

  /// The file and the line of a row, from 0.
  func place(_ row: Int) -> (file: String, line: Int) {
    var first = 0
    for (file, count) in files {
      if row < first + count { return (file, lines[row]) }
      first += count
    }
    return (files.last?.file ?? "", lines.last ?? 0)
  }
}
