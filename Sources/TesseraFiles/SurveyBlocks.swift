internal import TesseraSurvey

/// Reads a survey in blocks of rows, so that memory does not grow with its length.
///
/// Delimited text is cut between rows, from files and from pipes, and so are files of SPSS, Stata
/// and SAS; a short file, and one of another format, is one block. Columns are interpreted within
/// each block.
public struct SurveyBlocks {
  /// Some rows of a survey, not yet read.
  public struct Block: Sendable {
    fileprivate let content: Content

    fileprivate enum Content: Sendable {
      case whole(SurveyFile)
      case cells(StatBlocks.Rows)
      case rows(TextRows)
    }

    /// Reads the rows.
    ///
    /// - Returns: A survey of these rows; `nil` where all are blank.
    /// - Throws: ``SurveyFileError`` naming file, line and column.
    public func survey() throws(SurveyFileError) -> SurveyFile? {
      switch content {
      case .whole(let survey): survey
      case .cells(let rows): try rows.survey()
      case .rows(let rows): try rows.survey()
      }
    }
  }

  /// What stands for standard input.
  public static let standardInput = "-"
  /// Bytes of text in a block, unless a row is longer.
  package static let blockLength = 4 << 20
  /// Bytes of a file up to which it is one block.
  private static let shortLength = 16 << 20

  private var files: ArraySlice<String>
  private let options: ReadingOptions
  private let length: Int
  private let short: Int
  private var whole: SurveyFile?
  private var cells: StatBlocks?
  private var firstCells: StatBlocks.Rows?
  private var source: TextSource?
  private var layout: TextLayout?

  /// Opens a survey.
  ///
  /// - Parameters:
  ///   - files: Paths, patterns, or one pipe (`-` for standard input); files are read one after another
  ///     and must have the same columns.
  ///   - options: What is known about the files.
  ///   - length: Bytes of text in a block.
  /// - Throws: ``SurveyFileError`` naming file, line and column.
  public init(
    _ files: [String], options: ReadingOptions, length: Int? = nil
  ) throws(SurveyFileError) {
    self.options = options
    self.length = length ?? Self.blockLength
    short = length.map { 2 * $0 } ?? Self.shortLength
    if files.count == 1, let pipe = try PipeBytes(files[0]) {
      self.files = []
      try open(pipe)
      return
    }
    let expanded = try FilePattern.expand(files)
    self.files = expanded[...]
    if expanded.count == 1, let file = expanded.first, try openCells(file) {
      self.files = []
    } else if try !Self.areLongTexts(expanded, options, beyond: short) {
      whole = try SurveyReader.read(expanded, options: options)
      self.files = []
    }
  }

  /// The next rows.
  ///
  /// - Returns: A block; `nil` at the end.
  /// - Throws: ``SurveyFileError`` where a file cannot be opened, or has other columns.
  public mutating func next() throws(SurveyFileError) -> Block? {
    if let whole {
      self.whole = nil
      return Block(content: .whole(whole))
    }
    if let first = firstCells {
      firstCells = nil
      return Block(content: .cells(first))
    }
    if let rows = try cells?.next() { return Block(content: .cells(rows)) }
    while true {
      if var source, let layout {
        let rows = try source.next(layout, length)
        self.source = source
        if let rows { return Block(content: .rows(rows)) }
        self.source = nil
      }
      guard let file = files.popFirst() else { return nil }
      try begin(TextLayout(FileBytes.open(file), file: file, options: options), nil)
    }
  }

  private mutating func begin(
    _ opened: TextLayout, _ pipe: PipeBytes?
  ) throws(SurveyFileError) {
    if let first = layout { try opened.compare(first) }
    layout = opened
    source = TextSource(
      owner: opened.owner, view: opened.view, position: opened.header.dataStart,
      line: opened.header.dataLine, pipe: pipe)
  }

  /// Begins to read a pipe; what is no text in UTF-8 is read whole.
  private mutating func open(_ pipe: PipeBytes) throws(SurveyFileError) {
    let first = try pipe.read(behind: [], length)
    let format = try SurveyFormat.detect(first.view, file: pipe.file, option: options.format)
    let isText = SurveyFormat.areTexts.contains(format) && !ParquetReader.isParquet(first.view)
    let isPlain = isText && TextEncoding.isPlain(first.view) && options.encoding == nil
    guard isPlain, !Gzip.isCompressed(first.view) else {
      whole = try pipe.spooled(behind: first) { (path) throws(SurveyFileError) in
        try SurveyReader.read([path], options: options)
      }
      return
    }
    try begin(TextLayout(first, file: pipe.file, options: options), pipe)
  }

  /// Begins to read a long file of SPSS, Stata or SAS.
  ///
  /// - Returns: False for other files, and for one that must be read whole.
  private mutating func openCells(_ file: String) throws(SurveyFileError) -> Bool {
    let owner = try FileBytes.open(file)
    guard owner.view.count > short else { return false }
    let format = try SurveyFormat.detect(owner.view, file: file, option: options.format)
    guard [.sav, .zsav, .por, .dta, .sas7bdat, .xpt].contains(format) else { return false }
    var blocks = try StatBlocks(
      StatReader(file: file, format: format, options: options), owner, rows: length / 64)
    let first = try blocks.next()
    guard !blocks.isMisread else { return false }
    (cells, firstCells) = (blocks, first)
    return true
  }

  private static func areLongTexts(
    _ files: [String], _ options: ReadingOptions, beyond length: Int
  ) throws(SurveyFileError) -> Bool {
    var total = 0
    for file in files {
      let owner = try FileBytes.open(file)
      total += owner.view.count
      let format = try SurveyFormat.detect(owner.view, file: file, option: options.format)
      guard SurveyFormat.areTexts.contains(format), !Gzip.isCompressed(owner.view),
        !ParquetReader.isParquet(owner.view), TextEncoding.isPlain(owner.view)
      else { return false }
    }
    return total > length && options.encoding == nil
  }
}

extension SurveyFormat {
  /// Formats that are delimited text.
  fileprivate static let areTexts: Set<SurveyFormat> = [
    .csv, .qualtrics, .surveymonkey, .googleforms, .limesurvey, .kobo, .redcap, .typeform,
    .alchemer,
  ]
}
