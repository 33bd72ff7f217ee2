internal import Foundation
public import TesseraFiles
internal import TesseraSurvey

extension Study {
  /// Reads a study and everything it names, and holds the one against the other.
  ///
  /// Paths in the study are relative to its folder. What the command says of reading wins over what
  /// the study says.
  ///
  /// - Parameters:
  ///   - path: The study file.
  ///   - options: How files are read, beside what the study says.
  ///   - surveys: Files that take the place of the study's survey.
  ///   - columnNames: What the survey calls columns that the study names otherwise.
  /// - Returns: The study, ready to be run.
  /// - Throws: ``StudyError`` naming file, line, column and what to do: `E01xx` for files, `E03xx`
  ///   for the study itself, `E04xx` for the survey, `E06xx` for products and relations.
  public static func load(
    path: String, options: ReadingOptions = ReadingOptions(), surveys: [String]? = nil,
    columnNames: ColumnNames = ColumnNames()
  ) throws(StudyError) -> Study {
    let bytes = try readStudy(path)
    var study = try StudyFile.read(bytes, path: path)
    if let surveys { study.survey.files = surveys }
    study.segments.known = try NamesFile.read(NamesFile.path(of: path))
    let origin = DeclarationOrigin(study: study, path: path)
    var sources = [
      Source(
        role: .study, path: path, byteCount: bytes.count, sha256: SHA256.hex(of: bytes))
    ]
    // What is wrong with the survey, with products and with relations is told together.
    var faults = StudyFaults()
    let bound = faults.take { () throws(StudyError) in
      try bindSurvey(&study, path, options, origin, &sources, columnNames)
    }
    var notices =
      (bound?.file.notices.filter { !isSettled($0, study) }.map(words) ?? [])
      + (bound?.data.preparation.map(\.sentence) ?? [])
      + (bound?.data.notes ?? [])
    let declared = study
    _ = faults.take { () throws(StudyError) in try checkParts(declared, origin) }
    var products: ProductTable?
    if let table = declared.products {
      products = faults.take { () throws(StudyError) in
        let bound = try ProductTable.bind(
          readTable(table, "products", "product", path, declared, &sources), declared.features)
        notices += bound.notices
        return bound.products
      }
    }
    var relations: RelationTable?
    if let table = declared.relations {
      relations = faults.take { () throws(StudyError) in
        let bound = try RelationTable.bind(
          readTable(table, "relations", "need", path, declared, &sources), declared)
        notices += bound.notices
        return bound.relations
      }
    }
    if let products {
      notices +=
        faults.take { () throws(StudyError) in
          try checkEdits(declared, products, origin)
        } ?? []
    }
    try faults.end()
    guard let (surveyFile, data) = bound else { preconditionFailure("a fault ends loading") }
    let choices = try readChoices(study, data, products, path, origin, &sources)
    notices += choices?.notices ?? []
    var plan: MaxDiffPlan?
    if let design = study.maxDiff?.design {
      plan = try MaxDiffPlan(
        try readTexts(design.file, "maxdiff.design.file", study, path, &sources), design,
        identifier: study.survey.id)
    }
    var loaded = Study(
      file: study, path: path, surveyFile: surveyFile, data: data, products: products,
      relations: relations, choices: choices, sources: sources, notices: notices)
    loaded.maxDiffPlan = plan
    loaded.warnings = StudyEffects(study: study).warnings
    return loaded
  }

  /// Reads the survey with what joins it, and holds the study's names against it.
  private static func bindSurvey(
    _ study: inout StudyFile, _ path: String, _ options: ReadingOptions,
    _ origin: DeclarationOrigin, _ sources: inout [Source], _ columnNames: ColumnNames
  ) throws(StudyError) -> (file: SurveyFile, data: StudyData) {
    // Columns that join are declared beside the survey's own.
    var merged: [SurveyFile] = []
    var joining: Set<String> = []
    for merge in study.survey.preparation.merges {
      let read = try readMerged(merge, study, path, options)
      merged.append(read)
      let names = merge.columns.isEmpty ? read.survey.variables.map(\.name) : merge.columns
      joining.formUnion(names.filter { $0 != merge.key })
    }
    var surveyFile = try readSurvey(
      study, path, options, origin, without: joining, columnNames)
    for source in surveyFile.sources {
      sources.append(
        Source(
          role: .survey, path: source.path, byteCount: source.byteCount, sha256: source.sha256))
    }
    var joined: [PreparationStep] = []
    for (merge, read) in zip(study.survey.preparation.merges, merged) {
      for source in read.sources {
        sources.append(
          Source(
            role: .survey, path: source.path, byteCount: source.byteCount, sha256: source.sha256))
      }
      joined.append(
        try SurveyMerge(declared: merge, origin: origin).join(read, to: &surveyFile.survey))
    }
    if let raking = study.survey.preparation.raking {
      let declared = study
      study.survey.preparation.raking = try raking.resolved { name, key throws(StudyError) in
        try readTexts(name, key, declared, path, &sources, role: .targets)
      }
    }
    var data = try StudyData.make(from: surveyFile, declaration: study.survey, origin: origin)
    data.preparation = joined + data.preparation
    var names = StudyNameCheck(study: study, data: data, origin: origin)
    try names.check()
    let ratings = try RatingBinding(study: study, file: surveyFile, data: data, origin: origin)
      .bind()
    study.needs = ratings.needs
    let segments = study.segments
    if let wave = study.survey.wave,
      !(segments.active + segments.passive + segments.covariates).contains(wave)
    {
      study.segments.passive.append(wave)
    }
    return (surveyFile, data.replacing(survey: ratings.survey))
  }

  /// Reads the choices that a study names.
  private static func readChoices(
    _ study: StudyFile, _ data: StudyData, _ products: ProductTable?, _ path: String,
    _ origin: DeclarationOrigin, _ sources: inout [Source]
  ) throws(StudyError) -> ChoiceRecords? {
    guard let declared = study.choices else { return nil }
    let reader = ChoiceReader(
      declared: declared, study: study, data: data, products: products, origin: origin)
    guard let name = declared.file else { return try reader.readSurvey() }
    let table = try readTexts(name, "choices.file", study, path, &sources)
    guard let design = declared.design else { return try reader.read(table) }
    return try reader.read(
      table, design: try readTexts(design.file, "choices.design.file", study, path, &sources))
  }

  /// Reads a table that a key of the study names.
  static func readTexts(
    _ name: String, _ key: String, _ study: StudyFile, _ path: String, _ sources: inout [Source],
    role: Source.Role = .choices
  ) throws(StudyError) -> TextTable {
    let file = resolved(name, beside: path)
    do throws(SurveyFileError) {
      let table = try TableReader.read(file)
      if !sources.contains(where: { $0.path == file }) {
        let bytes = try StudyBytes.read(SheetGrid.split(file).file)
        sources.append(
          Source(
            role: role, path: file, byteCount: bytes.count, sha256: SHA256.hex(of: bytes)))
      }
      return table
    } catch {
      if case .notFound = error { throw notFound(error.report, key, study, path) }
      throw StudyError(error.report)
    }
  }

  /// Whether a notice asks what the study has answered: it says which answers of a column are missing.
  private static func isSettled(_ notice: FileNotice, _ study: StudyFile) -> Bool {
    guard let end = notice.message.firstRange(of: " is kept as an answer") else { return false }
    if study.survey.missingByColumn.contains(where: { $0.column == notice.column }) { return true }
    let everywhere = study.survey.missingEverywhere.map(\.code)
    return notice.message[..<end.lowerBound].split(separator: ",").allSatisfy { name in
      everywhere.contains { $0 == name.drop { $0 == " " } }
    }
  }

  private static func readStudy(_ path: String) throws(StudyError) -> [UInt8] {
    do throws(SurveyFileError) {
      return try StudyBytes.read(path)
    } catch {
      throw StudyError(error.report)
    }
  }

  /// A path of the study as seen from where the command runs.
  private static func resolved(_ file: String, beside path: String) -> String {
    guard !file.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return file }
    return path[...slash] + file
  }

  private static func readSurvey(
    _ study: StudyFile, _ path: String, _ options: ReadingOptions, _ origin: DeclarationOrigin,
    without joining: Set<String>, _ columnNames: ColumnNames
  ) throws(StudyError) -> SurveyFile {
    var reading = try study.survey.readingOptions(over: options, origin: origin)
    reading.levels = reading.levels.filter { !joining.contains($0.key) }
    reading.missingInColumn = reading.missingInColumn.filter { !joining.contains($0.key) }
    let files = study.survey.files.map { resolved($0, beside: path) }
    var names = columnNames
    let read: SurveyFile
    do throws(SurveyFileError) {
      if !names.isEmpty {
        // What is declared of a column is meant of the one that the file has for it.
        names = names.present(in: try SurveyReader.read(files, options: options).survey)
        let keys = { (column: String) in names.name(of: column) }
        reading.levels = Dictionary(
          reading.levels.map { (keys($0.key), $0.value) }, uniquingKeysWith: { one, _ in one })
        reading.missingInColumn = Dictionary(
          reading.missingInColumn.map { (keys($0.key), $0.value) },
          uniquingKeysWith: { one, _ in one })
      }
      read = try SurveyReader.read(files, options: reading)
    } catch {
      switch error {
      case .unknownColumn(_, let name, let suggestion):
        // The reader met it in the options; the user wrote it in the study.
        let key =
          study.survey.levels.contains { $0.column == name }
          ? "survey.levels.\(name)" : "survey.missing.\(name)"
        let isCode = key.hasPrefix("survey.missing") && Double(name) != nil
        throw origin.error(
          "E0401", "there is no column '\(DisplayText.escaped(name))' in the survey", at: key,
          hint: isCode
            ? "codes of all columns stand under all: { all: { \(name): REASON } }"
            : suggestion.map { "did you mean '\($0)'?" }
              ?? "tessera inspect lists the columns of the survey")
      case .notFound, .noMatch: throw notFound(error.report, "survey.file", study, path)
      default: throw StudyError(error.report)
      }
    }
    return try names.applied(to: read, sets: Set(study.survey.sets.map(\.name)))
  }

  /// Reads a file whose columns join the survey.
  private static func readMerged(
    _ merge: MergeDeclaration, _ study: StudyFile, _ path: String, _ options: ReadingOptions
  ) throws(StudyError) -> SurveyFile {
    let file = resolved(merge.file, beside: path)
    do throws(SurveyFileError) {
      let read = try SurveyReader.read([file], options: options)
      let names = Set(read.survey.variables.map(\.name))
      var again = options
      for declared in study.survey.levels where names.contains(declared.column) {
        again.levels[declared.column] = declared.level
      }
      for declared in study.survey.missingByColumn where names.contains(declared.column) {
        again.missingInColumn[declared.column, default: []] += declared.codes.map {
          DeclaredMissing($0.code, reason: $0.reason)
        }
      }
      return again == options ? read : try SurveyReader.read([file], options: again)
    } catch {
      switch error {
      case .notFound, .noMatch: throw notFound(error.report, "survey.merge", study, path)
      default: throw StudyError(error.report)
      }
    }
  }

  private static func notFound(
    _ report: ErrorReport, _ key: String, _ study: StudyFile, _ path: String
  ) -> StudyError {
    let line =
      study.cell(of: key).map { ", cell \($0)" }
      ?? study.line(of: key).map { " line \($0)" } ?? ""
    return StudyError(
      code: report.code, message: report.message, file: report.file,
      hint: "it is named in \(path)\(line); paths are relative to the study file",
      exitStatus: report.exitStatus)
  }

  private static func readTable(
    _ declared: TableDeclaration, _ key: String, _ noun: String, _ path: String,
    _ study: StudyFile, _ sources: inout [Source]
  ) throws(StudyError) -> StudyTable {
    switch declared {
    case .inline(let rows): return StudyTable(rows, first: noun, file: path)
    case .file(let name):
      let file = resolved(name, beside: path)
      do throws(SurveyFileError) {
        let table = StudyTable(try TableReader.read(file))
        let bytes = try StudyBytes.read(SheetGrid.split(file).file)
        let role: Source.Role = key == "products" ? .products : .relations
        sources.append(
          Source(
            role: role, path: file, byteCount: bytes.count, sha256: SHA256.hex(of: bytes)))
        return table
      } catch {
        if case .notFound = error { throw notFound(error.report, key, study, path) }
        throw StudyError(error.report)
      }
    }
  }

  private static func words(_ notice: FileNotice) -> String {
    ErrorReport(
      code: "", message: notice.message, file: notice.file, row: notice.row, column: notice.column
    ).line
  }
}
