internal import Glibc
internal import TesseraSurvey

/// Reads Triple-S surveys: a description in XML, with fixed or CSV data beside it.
struct TripleSReader {
  let file: String
  let options: ReadingOptions

  /// Reads a survey.
  ///
  /// - Parameter owner: The bytes of the description.
  /// - Returns: The survey; several answers to one question become a variable an answer, or a
  ///   variable a mention, and a multiple-response set.
  /// - Throws: ``SurveyFileError`` naming the description's or the data's line.
  func read(_ owner: FileBytes) throws(SurveyFileError) -> SurveyFile {
    guard owner.view.count > 0 else { throw .empty(file: file) }
    let definition = try definition(owner)
    let dataFile = try dataFile(definition)
    let dataOwner = try Gzip.opened(dataFile)
    guard dataOwner.view.count > 0 else { throw .empty(file: dataFile) }
    let decoded = try TextEncoding.decode(
      dataOwner, file: dataFile, encoding: options.encoding ?? definition.encoding)
    let text = FileBytes.copying(decoded.owner.view.bytes(decoded.start..<decoded.owner.view.count))
    if let fault = TextEncoding.firstFault(text.view, 0..<text.view.count) {
      let row = text.view.occurrences(of: 0x0A, in: 0..<fault.position) + 1
      if fault.isZero { throw .zeroByte(file: dataFile, row: row) }
      throw .encoding(file: dataFile, row: row, byte: fault.position + 1, encoding: "UTF-8")
    }
    let data = try TripleSData(
      text.view, file: dataFile, definition: definition, escape: options.escape)
    guard data.count > 0 else { throw .noRows(file: dataFile) }
    var builder = TripleSColumns(
      file: dataFile, description: file, data: data, options: options)
    for variable in definition.variables { try builder.add(variable) }
    try SurveyReader.checkNames(options, builder.variables.map(\.name), file)
    var notices = decoded.notices + builder.notices
    if definition.variables.contains(where: { $0.values.contains(where: \.hasScore) }) {
      notices.append(
        FileNotice(file: file, message: "the scores of answers are left out; codes are kept"))
    }
    let sources = [
      SourceFile(
        path: file, byteCount: owner.view.count,
        sha256: options.checksums ? SHA256.hex(of: owner.view) : "", respondents: 0),
      SourceFile(
        path: dataFile, byteCount: dataOwner.view.count,
        sha256: options.checksums ? SHA256.hex(of: dataOwner.view) : "", respondents: data.count),
    ]
    return SurveyFile(
      survey: Survey(
        variables: builder.variables, sets: builder.sets, weightVariable: builder.weight),
      format: .sss, notices: notices, sources: sources, lines: RowLines(data.lines), rejected: [],
      offending: [:], label: definition.title)
  }

  private func definition(_ owner: FileBytes) throws(SurveyFileError) -> TripleSDefinition {
    let handler = TripleSHandler(file: file)
    let stream = XMLStream(handler, file: file, member: "", allowsDoctype: true)
    try stream.take(owner.view, isLast: true)
    let definition = handler.definition
    guard !definition.version.isEmpty || definition.records > 0 else {
      throw .wrongKind(file: file, found: "XML that is no Triple-S description")
    }
    guard !definition.hasHierarchy, definition.records <= 1 else {
      throw .unknownFormat(file: file, name: "Triple-S with a hierarchy of records")
    }
    guard !definition.variables.isEmpty else {
      throw .badDefinition(file: file, row: nil, variable: nil, detail: "it describes no variable")
    }
    return definition
  }

  /// The data file: the one the description names if it is there, else that of the same name.
  private func dataFile(_ definition: TripleSDefinition) throws(SurveyFileError) -> String {
    let slash = file.lastIndex(of: "/").map { file.index(after: $0) } ?? file.startIndex
    let folder = String(file[..<slash])
    let name = file[slash...]
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? String(name)
    // Only its last part: the folder it names is that of another computer.
    let named = definition.href.split { $0 == "/" || $0 == "\\" }.last.map(String.init)
    let endings = definition.isCSV ? ["csv", "txt", "dat", "asc"] : ["asc", "dat", "txt", "csv"]
    var candidates = [named].compactMap { $0 }
    for ending in endings {
      for spelling in [ending, ending.uppercased(), ending + ".gz"] {
        candidates.append("\(stem).\(spelling)")
      }
    }
    for candidate in candidates where unsafe access(folder + candidate, F_OK) == 0 {
      return folder + candidate
    }
    throw .badDefinition(
      file: file, row: nil, variable: nil,
      detail: "the data file is not beside it: \(stem).\(endings[0])"
        + (named.map { " or \(DisplayText.escaped($0))" } ?? ""))
  }
}
