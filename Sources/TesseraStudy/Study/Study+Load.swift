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
  /// - Returns: The study, ready to be run.
  /// - Throws: ``StudyError`` naming file, line, column and what to do: `E01xx` for files, `E03xx`
  ///   for the study itself, `E04xx` for the survey, `E06xx` for products and relations.
  public static func load(
    path: String, options: ReadingOptions = ReadingOptions()
  ) throws(StudyError) -> Study {
    let bytes = try readStudy(path)
    var study = try StudyFile.parse(StudyBytes.text(bytes, path), file: path)
    study.segments.known = try NamesFile.read(NamesFile.path(of: path))
    let origin = DeclarationOrigin(study: study, path: path)
    var surveyFile = try readSurvey(study, path, options, origin)
    var sources = [
      Source(
        role: .study, path: path, byteCount: bytes.count, sha256: SHA256.hex(of: bytes))
    ]
    for source in surveyFile.sources {
      sources.append(
        Source(
          role: .survey, path: source.path, byteCount: source.byteCount, sha256: source.sha256))
    }
    var joined: [PreparationStep] = []
    for merge in study.survey.preparation.merges {
      let read = try readMerged(merge, study, path, options)
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
    try StudyNameCheck(study: study, data: data, origin: origin).check()
    let ratings = try RatingBinding(study: study, file: surveyFile, data: data, origin: origin)
      .bind()
    study.needs = ratings.needs
    data = data.replacing(survey: ratings.survey)
    var notices = surveyFile.notices.map(words) + data.preparation.map(\.sentence) + data.notes
    try checkParts(study, origin)
    var products: ProductTable?
    if let declared = study.products {
      let table = try readTable(declared, "products", "product", path, origin, &sources)
      let bound = try ProductTable.bind(table, study.features)
      notices += bound.notices
      products = bound.products
    }
    var relations: RelationTable?
    if let declared = study.relations {
      let table = try readTable(declared, "relations", "need", path, origin, &sources)
      let bound = try RelationTable.bind(table, study)
      notices += bound.notices
      relations = bound.relations
    }
    if let products { notices += try checkEdits(study, products, origin) }
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
        let bytes = try StudyBytes.read(file)
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
    _ study: StudyFile, _ path: String, _ options: ReadingOptions, _ origin: DeclarationOrigin
  ) throws(StudyError) -> SurveyFile {
    let reading = try study.survey.readingOptions(over: options, origin: origin)
    do throws(SurveyFileError) {
      return try SurveyReader.read(
        study.survey.files.map { resolved($0, beside: path) }, options: reading)
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
  }

  /// Reads a file whose columns join the survey.
  private static func readMerged(
    _ merge: MergeDeclaration, _ study: StudyFile, _ path: String, _ options: ReadingOptions
  ) throws(StudyError) -> SurveyFile {
    do throws(SurveyFileError) {
      return try SurveyReader.read([resolved(merge.file, beside: path)], options: options)
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
    let line = study.line(of: key).map { " line \($0)" } ?? ""
    return StudyError(
      code: report.code, message: report.message, file: report.file,
      hint: "it is named in \(path)\(line); paths are relative to the study file",
      exitStatus: report.exitStatus)
  }

  private static func readTable(
    _ declared: TableDeclaration, _ key: String, _ noun: String, _ path: String,
    _ origin: DeclarationOrigin, _ sources: inout [Source]
  ) throws(StudyError) -> StudyTable {
    switch declared {
    case .inline(let rows): return StudyTable(rows, first: noun, file: path)
    case .file(let name):
      let file = resolved(name, beside: path)
      do throws(SurveyFileError) {
        let table = StudyTable(try TableReader.read(file))
        let bytes = try StudyBytes.read(file)
        let role: Source.Role = key == "products" ? .products : .relations
        sources.append(
          Source(
            role: role, path: file, byteCount: bytes.count, sha256: SHA256.hex(of: bytes)))
        return table
      } catch {
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
