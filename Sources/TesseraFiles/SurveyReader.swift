internal import TesseraSurvey

/// Reads survey exports.
public enum SurveyReader {
  /// Reads one survey from one file, or from several files with the same columns.
  ///
  /// - Parameters:
  ///   - files: Paths, or patterns with `*`, `?` and `[...]`; read in order and stacked.
  ///   - options: What is known about the files.
  /// - Returns: The survey, with everything that was guessed on the way.
  /// - Throws: ``SurveyFileError`` naming file, line and column.
  public static func read(
    _ files: [String], options: ReadingOptions = ReadingOptions()
  ) throws(SurveyFileError) -> SurveyFile {
    let files = try FilePattern.expand(files)
    guard let first = files.first else { throw .noMatch(pattern: "") }
    let owner = try Gzip.opened(first)
    if files.count > 1, try isLabelled(owner, first, options) {
      var waves: [SurveyFile] = []
      for file in files { waves.append(try read([file], options: options)) }
      return try SurveyFile(stacking: waves)
    }
    if options.format == nil, ParquetReader.isParquet(owner.view) {
      return try readParquet(files, owner, options)
    }
    try ParquetReader.refuseArrow(owner.view, file: first)
    let format = try SurveyFormat.detect(owner.view, file: first, option: options.format)
    switch format {
    case .sav, .zsav, .por, .dta, .sas7bdat, .xpt:
      return try StatReader(file: first, format: format, options: options).read(owner)
    case .xlsx:
      return try ExcelReader(file: first, options: options).read(owner)
    case .sss:
      return try TripleSReader(file: first, options: options).read(owner)
    default:
      return try readText(files, owner, options)
    }
  }

  /// Whether a file's columns come with types and labels of their own, so that each file is read by
  /// itself before they are put together.
  private static func isLabelled(
    _ owner: FileBytes, _ file: String, _ options: ReadingOptions
  ) throws(SurveyFileError) -> Bool {
    if options.format == nil, ParquetReader.isParquet(owner.view) { return true }
    try ParquetReader.refuseArrow(owner.view, file: file)
    switch try SurveyFormat.detect(owner.view, file: file, option: options.format) {
    case .sav, .zsav, .por, .dta, .sas7bdat, .xpt, .xlsx, .sss: return true
    default: return false
    }
  }

  private static func readParquet(
    _ files: [String], _ owner: FileBytes, _ options: ReadingOptions
  ) throws(SurveyFileError) -> SurveyFile {
    var plain = options
    plain.delimiter = 0x2C
    plain.encoding = nil
    plain.checksums = false
    let read = try readText(files, try ParquetReader(file: files[0]).text(), plain)
    let source = SourceFile(
      path: files[0], byteCount: owner.view.count,
      sha256: options.checksums ? SHA256.hex(of: owner.view) : "",
      respondents: read.survey.respondentCount)
    return SurveyFile(
      survey: read.survey, format: read.format, notices: read.notices, sources: [source],
      lines: read.lines, rejected: read.rejected, offending: read.offending, label: read.label)
  }

  private static func readText(
    _ files: [String], _ firstOwner: FileBytes, _ options: ReadingOptions
  ) throws(SurveyFileError) -> SurveyFile {
    var contents: [CSVReader.Contents] = []
    var sources: [SourceFile] = []
    for (position, file) in files.enumerated() {
      let owner = position == 0 ? firstOwner : try Gzip.opened(file)
      let reader = CSVReader(file: file, options: options)
      let read = try reader.read(owner, keepsText: files.count > 1)
      if let first = contents.first { try compare(read, file, first, files[0]) }
      sources.append(
        SourceFile(
          path: file, byteCount: owner.view.count,
          sha256: options.checksums ? SHA256.hex(of: owner.view) : "",
          respondents: read.rows.count))
      contents.append(read)
    }
    guard let first = contents.first else { throw .noMatch(pattern: "") }
    var places = RowPlaces()
    for (file, read) in zip(files, contents) { places.append(file: file, lines: read.rows) }
    let raws = first.header.names.indices.map { column in
      contents.count == 1
        ? first.columns[column] : RawColumn(stacking: contents.map { $0.columns[column] })
    }
    var notices = contents.flatMap(\.notices)
    let rejected = contents.flatMap(\.rejected)
    for row in rejected {
      notices.append(
        FileNotice(file: row.file, row: row.row, message: "row set aside: \(row.reason)"))
    }
    try checkNames(options, first.header.names, files[0])
    contents = []
    let reader = CSVReader(file: files[0], options: options)
    let table = RawTable(
      names: first.header.names, labels: first.header.labels, columns: raws, places: places,
      rules: first.header.names.map { reader.rules($0, first.dialect) }, format: first.header.format
    )
    let survey = table.survey(
      options: options, notices: notices, sources: sources, rejected: rejected)
    let named = first.header.format == .csv ? options.format : first.header.format
    let format = named ?? SurveyFormat.platform(of: first.header.names)
    return PlatformRules(format: format, file: files[0]).apply(to: survey, options: options)
  }

  private static func compare(
    _ read: CSVReader.Contents, _ file: String, _ first: CSVReader.Contents, _ firstFile: String
  ) throws(SurveyFileError) {
    try compare(read.header.names, file, first.header.names, firstFile)
  }

  /// Refuses a file whose columns are not those of the first.
  static func compare(
    _ names: [String], _ file: String, _ first: [String], _ firstFile: String
  ) throws(SurveyFileError) {
    let own = names.map(TextKey.init)
    let other = first.map(TextKey.init)
    guard own != other else { return }
    let ownSet = Set(own)
    let otherSet = Set(other)
    throw .columnsDiffer(
      file: file, other: firstFile,
      missing: other.filter { !ownSet.contains($0) }.map(\.text),
      added: own.filter { !otherSet.contains($0) }.map(\.text))
  }

  /// Refuses options about columns that do not exist.
  static func checkNames(
    _ options: ReadingOptions, _ names: [String], _ file: String
  ) throws(SurveyFileError) {
    let known = Set(names.map(TextKey.init))
    let spoken = options.missingInColumn.keys.sorted() + options.levels.keys.sorted()
    for name in spoken where !known.contains(TextKey(name)) {
      throw .unknownColumn(
        file: file, name: name, suggestion: NearestName.suggest(name, among: names))
    }
  }
}

/// Raw columns with their names: what every reader of tables hands on.
struct RawTable {
  /// One name for each column.
  let names: [String]
  /// One wording for each column.
  let labels: [String]
  /// The cells.
  let columns: [RawColumn]
  /// Where each row stands.
  let places: RowPlaces
  /// What counts as a number, for each column.
  let rules: [CellRules]
  /// The layout.
  let format: SurveyFormat

  /// Interprets the columns, each by itself.
  func survey(
    options: ReadingOptions, notices: [FileNotice], sources: [SourceFile],
    rejected: [RejectedRow]
  ) -> SurveyFile {
    let results = Parallel.map(names.count, threads: options.threads) { column in
      ColumnInterpreter(
        name: names[column], label: labels[column], places: places, options: options,
        rules: rules[column]
      ).interpret(columns[column])
    }
    var offending: [String: OffendingCell] = [:]
    for result in results { offending[result.variable.name] = result.offending }
    return SurveyFile(
      survey: Survey(variables: results.map(\.variable)), format: format,
      notices: notices + results.flatMap(\.notices), sources: sources, lines: places.lines,
      rejected: rejected, offending: offending, label: "")
  }
}
