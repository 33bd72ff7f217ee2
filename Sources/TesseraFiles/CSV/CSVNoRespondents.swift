/// Lines of a delimited table that are no respondents: those that repeat the heading, as files that were
/// put one below the other do.
struct CSVNoRespondents: Sendable {
  /// The lines that repeat the heading, counted from 0; the first few.
  private(set) var headings: [Int] = []
  /// How many lines repeat the heading.
  private(set) var headingCount = 0

  private static let listed = 5

  /// Why a line is no respondent.
  enum Reason {
    case heading
  }

  /// Whether a row is one of a heading.
  static func reason(
    _ view: ByteView, _ start: Int, _ length: Int, _ headings: [[UInt8]]
  ) -> Reason? {
    for heading in headings where heading.count == length {
      if heading.indices.allSatisfy({ view[start &+ $0] == heading[$0] }) { return .heading }
    }
    return nil
  }

  /// Adds a line, counted from 0.
  mutating func add(_ reason: Reason, _ line: Int) {
    if headings.count < Self.listed { headings.append(line) }
    headingCount += 1
  }

  /// Adds those of the lines behind.
  mutating func add(_ other: CSVNoRespondents, behind lines: Int) {
    headings += other.headings.prefix(Self.listed - headings.count).map { $0 + lines }
    headingCount += other.headingCount
  }

  /// What to tell the user.
  func notices(_ file: String) -> [FileNotice] {
    var result: [FileNotice] = []
    if let first = headings.first {
      let lines = headings.map { "\($0 + 1)" }.joined(separator: ", ")
      let more = headingCount > headings.count ? " and \(headingCount - headings.count) more" : ""
      result.append(
        FileNotice(
          file: file, row: first + 1,
          message: headingCount == 1
            ? "this line repeats the heading, as if files had been put one below the other: it is no "
              + "respondent and was left out"
            : "lines \(lines)\(more) repeat the heading, as if files had been put one below the "
              + "other: they are no respondents and were left out"))
    }
    return result
  }
}

extension ByteView {
  /// The rows of a heading as they stand, without their line ends; none if a name holds a line end.
  func headings(_ range: Range<Int>, _ dialect: CSVDialect) -> [[UInt8]] {
    let newline = dialect.newline
    var result: [[UInt8]] = []
    var place = range.lowerBound
    while place < range.upperBound {
      let stop = first(newline, in: place..<range.upperBound) ?? range.upperBound
      var end = stop
      if end > place, self[end - 1] == 0x0D { end -= 1 }
      guard occurrences(of: dialect.quote, in: place..<end).isMultiple(of: 2) else { return [] }
      if end > place { result.append(bytes(place..<end)) }
      place = stop + 1
    }
    return result
  }
}
