internal import TesseraSurvey

/// What the first rows of a text say about all of them.
struct TextLayout {
  let owner: FileBytes
  let view: ByteView
  let file: String
  let options: ReadingOptions
  let header: CSVHeader
  let dialect: CSVDialect
  let format: SurveyFormat
  let notices: [FileNotice]
  /// The rows of the heading as they stand.
  let headings: [[UInt8]]

  init(_ owner: FileBytes, file: String, options: ReadingOptions) throws(SurveyFileError) {
    let reader = CSVReader(file: file, options: options)
    let opened = try reader.openUnchecked(owner)
    self.owner = opened.owner
    view = opened.view
    self.file = file
    self.options = options
    header = try CSVHeader.read(
      CSVRecords(
        view: opened.view, dialect: opened.finding.dialect, position: opened.finding.start,
        line: opened.finding.line), file: file, format: options.format)
    dialect = opened.finding.dialect
    notices = opened.notices + header.notices
    headings = opened.view.headings(opened.finding.start..<header.dataStart, dialect)
    let named = header.format == .csv ? options.format : header.format
    format = named ?? SurveyFormat.platform(of: header.names)
    try SurveyReader.checkNames(options, header.names, file)
  }

  /// Refuses a file whose columns are not those of the one before it.
  func compare(_ first: TextLayout) throws(SurveyFileError) {
    let (own, other) = (header.names.map(TextKey.init), first.header.names.map(TextKey.init))
    guard own != other else { return }
    throw .columnsDiffer(
      file: file, other: first.file,
      missing: other.filter { !own.contains($0) }.map(\.text),
      added: own.filter { !other.contains($0) }.map(\.text))
  }
}

/// A text that is cut into blocks.
struct TextSource {
  var owner: FileBytes
  var view: ByteView
  var position: Int
  /// Lines before the position.
  var line: Int
  /// Where more comes from; `nil` for a file, which is all there.
  let pipe: PipeBytes?
  private var isFirst = true

  init(owner: FileBytes, view: ByteView, position: Int, line: Int, pipe: PipeBytes?) {
    self.owner = owner
    self.view = view
    self.position = position
    self.line = line
    self.pipe = pipe
  }

  mutating func next(_ layout: TextLayout, _ length: Int) throws(SurveyFileError) -> TextRows? {
    var wanted = length
    while true {
      let isAll = view.count - position <= wanted && (pipe?.isAtEnd ?? true)
      if isAll {
        guard position < view.count else { return nil }
        return take(layout, to: view.count)
      }
      if view.count - position >= wanted || pipe == nil {
        let stop = min(view.count, position + wanted)
        if let end = layout.dialect.rowEnd(view, position..<stop) { return take(layout, to: end) }
        // A row longer than a block.
        wanted *= 2
      }
      if let pipe, !pipe.isAtEnd {
        let rest = view.bytes(position..<view.count)
        owner = try pipe.read(behind: rest, max(wanted, rest.count + length))
        view = owner.view
        position = 0
      }
    }
  }

  private mutating func take(_ layout: TextLayout, to end: Int) -> TextRows {
    let newline = layout.dialect.newline
    let linesInView = pipe == nil ? 0 : view.occurrences(of: newline, in: 0..<position)
    let rows = TextRows(
      layout: layout, owner: owner, view: view.prefix(end), range: position..<end, line: line,
      linesBefore: pipe == nil ? 0 : line - linesInView,
      notices: isFirst ? layout.notices : [])
    isFirst = false
    line += view.occurrences(of: newline, in: position..<end)
    position = end
    return rows
  }
}

/// Rows of a text, ready to be read on any thread.
struct TextRows: Sendable {
  let layout: TextLayout
  let owner: FileBytes
  let view: ByteView
  let range: Range<Int>
  let line: Int
  /// Lines that came before the bytes at hand.
  let linesBefore: Int
  let notices: [FileNotice]

  func survey() throws(SurveyFileError) -> SurveyFile? {
    var options = layout.options
    options.threads = 1
    let reader = CSVReader(file: layout.file, options: options)
    var header = layout.header
    let rules = header.names.map { reader.rules($0, layout.dialect) }
    let table = try CSVTableReader(
      owner: owner, view: view, dialect: layout.dialect, names: header.names, rules: rules,
      file: layout.file,
      check: TextCheck(view: view, start: range.lowerBound, file: layout.file, threads: 1),
      salvages: options.salvage, threads: 1, keepsText: false, headings: layout.headings,
      pieceLength: range.count + 1,
      linesBefore: linesBefore
    ).read(from: range.lowerBound, line: line)
    guard table.rows.count > 0 else { return nil }
    var columns = header.names.indices.map { RawColumn(table, column: $0) }
    owner.release(range)
    var notices = notices + table.passedOver.notices(layout.file)
    header.dropNameless(layout.file, &columns, &notices)
    for row in table.rejected {
      notices.append(
        FileNotice(file: row.file, row: row.row, message: "row set aside: \(row.reason)"))
    }
    var places = RowPlaces()
    places.append(file: layout.file, lines: table.rows)
    let raw = RawTable(
      names: header.names, labels: header.labels, columns: columns, places: places, rules: rules,
      format: header.format)
    let survey = raw.survey(
      options: options, notices: notices, sources: [], rejected: table.rejected)
    return PlatformRules(format: layout.format, file: layout.file).apply(
      to: survey, options: options)
  }
}

extension CSVDialect {
  /// Where the last row ends that ends within a range, which begins with a row; `nil` if none does.
  ///
  /// A line break ends a row where an even number of quotes stands before it.
  fileprivate func rowEnd(_ view: ByteView, _ range: Range<Int>) -> Int? {
    func isQuote(_ position: Int) -> Bool {
      guard view[position] == quote else { return false }
      guard let escape, escape != quote, position > range.lowerBound else { return true }
      return view[position - 1] != escape
    }
    var open =
      escape == nil || escape == quote
      ? view.occurrences(of: quote, in: range) : range.count { isQuote($0) }
    var position = range.upperBound
    while position > range.lowerBound {
      position -= 1
      if isQuote(position) { open -= 1 }
      if view[position] == newline, open.isMultiple(of: 2) { return position + 1 }
    }
    return nil
  }
}
