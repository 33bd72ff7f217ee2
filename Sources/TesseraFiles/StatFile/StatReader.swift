internal import TesseraSurvey

/// Reads SPSS, Stata and SAS files through `tessera-read`.
struct StatReader {
  let file: String
  let format: SurveyFormat
  let options: ReadingOptions

  /// Reads a file.
  ///
  /// - Parameter owner: The bytes of the file.
  /// - Returns: The survey.
  /// - Throws: ``SurveyFileError`` if the file is damaged, or the reader fails.
  func read(_ owner: FileBytes) throws(SurveyFileError) -> SurveyFile {
    guard owner.view.count > 0 else { throw .empty(file: file) }
    let contents = try contents()
    if let found = encoding(owner, contents) {
      var again = options
      again.encoding = found.name
      let reader = StatReader(file: file, format: format, options: again)
      var result = try reader.read(owner, contents: reader.contents())
      let declared = contents.encoding.isEmpty ? "" : ", not as \(contents.encoding)"
      result.notices.insert(
        FileNotice(
          file: file,
          message:
            "texts were read as \(found.title)\(declared), going by their letters; if some look "
            + "wrong, name the encoding with --encoding"), at: 0)
      return result
    }
    return try read(owner, contents: contents)
  }

  /// The encoding that the letters of the labels show, where the texts are of another than the file
  /// says, or it says none that is known.
  func encoding(_ owner: FileBytes, _ contents: StatContents) -> LegacyEncoding? {
    let failure = contents.failure ?? ""
    let isRefused = failure.contains("Unable to convert") || failure.contains("character set")
    guard format == .sav || format == .zsav, options.encoding == nil,
      isRefused || contents.hasBadText,
      let dictionary = SAVDictionary(owner.view, encoding: "")
    else { return nil }
    let letters = FileBytes.copying(dictionary.labelBytes)
    let western = LegacyEncoding(name: "WINDOWS-1252", title: "Windows-1252")
    return withExtendedLifetime(letters) {
      // Letters that are valid UTF-8 are what they are, whatever the file says.
      if isRefused, TextEncoding.firstFault(letters.view, 0..<letters.view.count) == nil {
        return LegacyEncoding(name: "UTF-8", title: "UTF-8")
      }
      return LegacyEncoding.guess(letters.view) ?? (isRefused ? western : nil)
    }
  }

  /// What the reader says of the file.
  private func contents() throws(SurveyFileError) -> StatContents {
    var frames = StatFrames()
    try ReaderProcess(file: file, format: format, options: options).run { bytes in
      frames.receive(bytes)
    }
    return frames.contents
  }

  private func checkFailure(_ contents: StatContents) throws(SurveyFileError) {
    guard let failure = contents.failure else { return }
    if failure.contains("alloc") {
      throw .readerFailed(file: file, reason: "it needed more memory than it may take")
    }
    throw .damaged(file: file, detail: Self.words(failure, contents))
  }

  private func read(
    _ owner: FileBytes, contents: StatContents
  ) throws(SurveyFileError) -> SurveyFile {
    let dictionary = dictionary(owner, contents)
    let notices = try checkEnd(contents, dictionary, owner.view)
    return try survey(contents, dictionary, owner, notices)
  }

  /// The dictionary of an SPSS file, of which ReadStat tells only a part.
  func dictionary(_ owner: FileBytes, _ contents: StatContents) -> SAVDictionary? {
    format == .sav || format == .zsav
      ? SAVDictionary(owner.view, encoding: options.encoding ?? contents.encoding) : nil
  }

  /// Refuses a file that was not read to its end.
  ///
  /// - Returns: What is odd about it.
  func checkEnd(
    _ contents: StatContents, _ dictionary: SAVDictionary?, _ view: ByteView
  ) throws(SurveyFileError) -> [FileNotice] {
    try checkFailure(contents)
    guard let ending = contents.ending, ending.rows == contents.rows else {
      throw .readerFailed(file: file, reason: "it stopped before the end of the file")
    }
    let notices = try checkComplete(contents, dictionary, view, ending.furthest)
    guard !contents.columns.isEmpty else {
      throw .damaged(file: file, detail: "it declares no variables")
    }
    guard contents.rows > 0 else { throw .noRows(file: file) }
    return notices
  }

  private static func words(_ failure: String, _ contents: StatContents) -> String {
    let cases =
      contents.declaredRows > 0
      ? "; its header declares \(contents.declaredRows) respondents, \(contents.rows) were read"
      : ""
    return failure.prefix(1).lowercased() + failure.dropFirst() + cases
  }

  /// The survey of the rows that were read.
  func survey(
    _ contents: StatContents, _ dictionary: SAVDictionary?, _ owner: FileBytes,
    _ earlier: [FileNotice]
  ) throws(SurveyFileError) -> SurveyFile {
    var contents = contents
    var notices = earlier
    settleNames(&contents, &notices)
    try SurveyReader.checkNames(options, contents.columns.map(\.name), file)
    if contents.hasBadText {
      notices.append(
        FileNotice(
          file: file,
          message: "some texts are not valid in the encoding \(contents.encoding); the signs that "
            + "could not be read stand as \u{FFFD}"))
    }
    let shared = contents
    let users = shared.columns.reduce(into: [[String]: Int]()) { users, column in
      users[(shared.labelSets[column.labelSet] ?? []).map(\.label), default: 0] += 1
    }
    let results = Parallel.map(contents.columns.count, threads: options.threads) { place in
      StatInterpreter(
        file: file, column: shared.columns[place],
        labels: shared.labelSets[shared.columns[place].labelSet] ?? [], options: options,
        family: family,
        sharing: users[(shared.labelSets[shared.columns[place].labelSet] ?? []).map(\.label)] ?? 1
      ).interpret()
    }
    notices += results.flatMap(\.notices)
    var variables = results.map(\.variable)
    if let dictionary {
      for place in variables.indices {
        let name = variables[place].name.uppercased()
        variables[place].attributes = dictionary.attributesOf[name] ?? []
        if let width = variables[place].display?.width, let side = dictionary.alignmentOf[name] {
          variables[place].display = ColumnDisplay(width: width, alignment: side)
        }
      }
    }
    let sets = responseSets(dictionary, variables, &notices)
    let finding = MultipleResponseFinder.find(in: Survey(variables: variables, sets: sets))
    notices += finding.sets.filter { !$0.isBounded }.map {
      PlatformRules.unboundedNotice($0, file: file)
    }
    for variable in finding.recoded {
      if let place = variables.firstIndex(where: { $0.name == variable.name }) {
        variables[place] = variable
      }
    }
    let source = SourceFile(
      path: file, byteCount: owner.view.count,
      sha256: options.checksums ? SHA256.hex(of: owner.view) : "",
      respondents: contents.rowCount)
    return SurveyFile(
      survey: Survey(
        variables: variables, sets: sets + finding.sets, weightVariable: contents.weight),
      format: format, notices: notices, sources: [source],
      lines: RowLines(contents.earlierRows + 1...contents.rows),
      rejected: [], offending: [:], label: contents.fileLabel, notes: contents.notes,
      attributes: dictionary?.attributes ?? [])
  }

  private var family: ValueFormat.Family {
    switch format {
    case .dta: .stata
    case .sas7bdat, .xpt: .sas
    default: .spss
    }
  }

  /// Gives variables whose names clash, or that have none, names of their own.
  private func settleNames(_ contents: inout StatContents, _ notices: inout [FileNotice]) {
    var seen = Set<TextKey>()
    for place in contents.columns.indices {
      let old = contents.columns[place].name
      var name = old.isEmpty ? "variable_\(place + 1)" : old
      var number = 2
      while seen.contains(TextKey(name)) {
        name = "\(old)_\(number)"
        number += 1
      }
      seen.insert(TextKey(name))
      if name != old {
        contents.columns[place].name = name
        notices.append(
          FileNotice(
            file: file, column: name,
            message: "variable \(place + 1) is called \(name): its own name is missing or taken"))
      }
    }
  }
}
