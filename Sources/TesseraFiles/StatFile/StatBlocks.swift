/// Reads an SPSS, Stata or SAS file in blocks of rows, so that memory does not grow with it.
///
/// Columns are interpreted within each block; whether the file is whole shows at its end.
struct StatBlocks {
  /// Some rows with what the file says of its variables, not yet interpreted.
  struct Rows: Sendable {
    fileprivate let reader: StatReader
    fileprivate let contents: StatContents
    fileprivate let owner: FileBytes
    fileprivate let notices: [FileNotice]

    /// Interprets the rows.
    func survey() throws(SurveyFileError) -> SurveyFile {
      try reader.survey(contents, reader.dictionary(owner, contents), owner, notices)
    }
  }

  private let reader: StatReader
  private let owner: FileBytes
  private let run: ReaderRun
  private let rows: Int
  private var frames = StatFrames()
  private var isOver = false

  /// Begins to read a file.
  ///
  /// - Parameters:
  ///   - reader: The file.
  ///   - owner: Its bytes.
  ///   - rows: Rows in a block, at least.
  /// - Throws: If the program that reads it cannot be started.
  init(_ reader: StatReader, _ owner: FileBytes, rows: Int) throws(SurveyFileError) {
    var options = reader.options
    // Blocks are read side by side.
    options.threads = 1
    self.reader = StatReader(file: reader.file, format: reader.format, options: options)
    self.owner = owner
    self.rows = rows
    run = try ReaderRun(
      ReaderProcess(file: reader.file, format: reader.format, options: options))
  }

  /// The next rows.
  ///
  /// - Returns: The rows; `nil` at the end.
  /// - Throws: ``SurveyFileError`` if the file is damaged or its reader fails.
  mutating func next() throws(SurveyFileError) -> Rows? {
    guard !isOver else { return nil }
    while frames.contents.rowCount < rows {
      guard let bytes = try run.next() else {
        isOver = true
        break
      }
      guard frames.receive(bytes) else { throw run.refuse() }
    }
    if isMisread {
      isOver = true
      guard frames.contents.earlierRows > 0 else { return nil }
      throw .damaged(
        file: reader.file,
        detail: "texts behind respondent \(frames.contents.earlierRows) are not valid in its "
          + "encoding; name the encoding with --encoding")
    }
    var notices: [FileNotice] = []
    if isOver {
      notices = try reader.checkEnd(
        frames.contents, reader.dictionary(owner, frames.contents), owner.view)
      guard frames.contents.rowCount > 0 else { return nil }
    }
    return Rows(reader: reader, contents: frames.takeRows(), owner: owner, notices: notices)
  }

  /// Whether the texts are of another encoding than the file says, so that it must be read anew.
  var isMisread: Bool { reader.encoding(owner, frames.contents) != nil }
}
