/// The lines on which rows begin, told by where they do not simply follow each other.
struct RowLines: Sendable, Equatable {
  /// Rows that stand on one line after another.
  private struct Run: Sendable, Equatable {
    let row: Int
    let line: Int
  }

  private var runs: [Run] = []
  /// Number of rows.
  private(set) var count = 0

  /// No rows.
  init() {}

  /// Rows on the lines given.
  init(_ lines: some Sequence<Int>) {
    for line in lines { append(line) }
  }

  /// Adds a row.
  mutating func append(_ line: Int) { append(line, count: 1) }

  /// Adds rows on lines that follow each other.
  mutating func append(_ line: Int, count more: Int) {
    guard more > 0 else { return }
    if let last = runs.last, last.line + count - last.row == line {
      count += more
    } else {
      runs.append(Run(row: count, line: line))
      count += more
    }
  }

  /// Adds the rows of others, their lines counted from a line of this file.
  mutating func append(_ other: RowLines, behind lines: Int = 0) {
    for (position, run) in other.runs.enumerated() {
      append(run.line + lines, count: other.end(position) - run.row)
    }
  }

  /// The row behind a run.
  private func end(_ run: Int) -> Int { run + 1 < runs.count ? runs[run + 1].row : count }

  /// The lines, written out.
  var all: [Int] {
    var result: [Int] = []
    result.reserveCapacity(count)
    for (position, run) in runs.enumerated() {
      result.append(contentsOf: run.line..<run.line + end(position) - run.row)
    }
    return result
  }

  /// The line of a row, from 0.
  subscript(row: Int) -> Int {
    precondition(row >= 0 && row < count)
    var low = 0
    var high = runs.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].row <= row { low = middle } else { high = middle }
    }
    return runs[low].line + row - runs[low].row
  }
}
