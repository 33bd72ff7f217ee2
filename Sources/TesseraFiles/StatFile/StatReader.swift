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
    let failure = contents.failure ?? ""
    let isRefused = failure.contains("Unable to convert") || failure.contains("character set")
    // The texts are of another encoding than the file says, or it says none that is known.
    if options.encoding == nil, isRefused || contents.hasBadText,
      let found = encoding(owner, isRefused: isRefused)
    {
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

  /// The encoding that the letters of the labels show.
  private func encoding(_ owner: FileBytes, isRefused: Bool) -> LegacyEncoding? {
    guard format == .sav || format == .zsav,
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

  private func read(
    _ owner: FileBytes, contents: StatContents
  ) throws(SurveyFileError) -> SurveyFile {
    if let failure = contents.failure {
      if failure.contains("alloc") {
        throw .readerFailed(file: file, reason: "it needed more memory than it may take")
      }
      throw .damaged(file: file, detail: Self.words(failure, contents))
    }
    guard let ending = contents.ending, ending.rows == contents.rowCount else {
      throw .readerFailed(file: file, reason: "it stopped before the end of the file")
    }
    let isSPSS = format == .sav || format == .zsav
    let dictionary =
      isSPSS
      ? SAVDictionary(owner.view, encoding: options.encoding ?? contents.encoding) : nil
    let notices = try checkComplete(contents, dictionary, owner.view.count, ending.furthest)
    guard !contents.columns.isEmpty else {
      throw .damaged(file: file, detail: "it declares no variables")
    }
    guard contents.rowCount > 0 else { throw .noRows(file: file) }
    return try survey(contents, dictionary, owner, notices)
  }

  private static func words(_ failure: String, _ contents: StatContents) -> String {
    let cases =
      contents.declaredRows > 0
      ? "; its header declares \(contents.declaredRows) respondents, \(contents.rowCount) were read"
      : ""
    return failure.prefix(1).lowercased() + failure.dropFirst() + cases
  }

  private func checkComplete(
    _ contents: StatContents, _ dictionary: SAVDictionary?, _ size: Int, _ furthest: Int
  ) throws(SurveyFileError) -> [FileNotice] {
    let declared = contents.declaredRows
    if declared >= 0, declared != contents.rowCount, format != .por, format != .xpt {
      throw .damaged(
        file: file,
        detail: "its header declares \(declared) respondents, \(contents.rowCount) were found")
    }
    guard let dictionary else { return [] }
    guard let start = dictionary.dataStart else {
      throw .damaged(file: file, detail: "its dictionary has no end")
    }
    if dictionary.compression != 1, dictionary.compression != 2 {
      let expected = start + contents.rowCount * dictionary.elements * 8
      guard expected == size else {
        throw .damaged(
          file: file,
          detail: "\(contents.rowCount) respondents take \(expected) bytes, "
            + "but the file has \(size)")
      }
    } else if dictionary.compression == 1, furthest < size {
      throw .damaged(
        file: file,
        detail: "\(size - furthest) bytes stand behind the \(contents.rowCount) respondents "
          + "that its header declares")
    }
    var notices: [FileNotice] = []
    if dictionary.caseCount < -1 {
      notices.append(
        FileNotice(
          file: file,
          message: "its header gives \(dictionary.caseCount) respondents; "
            + "\(contents.rowCount) were found and read"))
    }
    if !(0...2).contains(dictionary.compression) {
      notices.append(
        FileNotice(
          file: file,
          message: "its header names the unknown compression \(dictionary.compression); "
            + "it was read as uncompressed"))
    }
    return notices
  }

  private func survey(
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
      format: format, notices: notices, sources: [source], lines: RowLines(1...contents.rowCount),
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

  /// Whether the labels of a variable are the steps of a scale.
  private static func isRating(_ variable: Variable) -> Bool {
    let labels = variable.categories.map(\.label).filter { !NoAnswer.says($0) }
    return AnswerOrder.inOrder(labels) != nil || AnswerOrder.find(labels) != nil
      || (variable.level != .nominal && labels.count >= 4)
  }

  private func responseSets(
    _ dictionary: SAVDictionary?, _ variables: [Variable], _ notices: inout [FileNotice]
  ) -> [MultipleResponseSet] {
    guard let dictionary else { return [] }
    var names: [String: Variable] = [:]
    for variable in variables { names[variable.name.uppercased()] = variable }
    var sets: [MultipleResponseSet] = []
    for declared in dictionary.sets {
      let members = declared.members.compactMap { member -> Variable? in
        let short = member.uppercased()
        return names[(dictionary.longNames[short] ?? short).uppercased()] ?? names[short]
      }
      guard members.count == declared.members.count, let first = members.first else {
        notices.append(
          FileNotice(
            file: file,
            message: "the multiple-response set \(declared.name) names variables that do not "
              + "exist, and was left out"))
        continue
      }
      let coding: MultipleResponseSet.Coding
      if let counted = declared.counted {
        let number = first.isNumeric ? NumberGrammar(decimal: 0x2E).parse(counted)?.value : nil
        coding = .dichotomy(chosen: number.map { .number($0) } ?? .text(counted))
      } else {
        coding = .category
      }
      if coding == .category, members.count > 1, members.allSatisfy(Self.isRating) {
        notices.append(
          FileNotice(
            file: file, column: first.name,
            message: "the set \(declared.name) holds \(members.count) ratings on one scale, not "
              + "several answers to one question, and was taken apart"))
        continue
      }
      sets.append(
        MultipleResponseSet(
          name: declared.name,
          label: declared.isLabelledByFirst && declared.label.isEmpty
            ? first.label : declared.label,
          members: members.map(\.name),
          coding: coding,
          optionLabels: declared.takesCountedLabels
            ? .chosenCodes(isWordedByFirst: declared.isLabelledByFirst) : .wordings))
    }
    return sets
  }
}
