import Foundation
import TesseraFiles
import TesseraStudy

/// What tables are made of, wherever it came from: a finished run, a study, or a survey file.
struct TablesTask {
  var data: StudyData
  var segmented: SegmentedSurvey?
  var active: [String] = []
  var roles = StudyRoles.none
  var allowed: [String] = []
  var title: String
  var declared = TablesDeclaration()
  var settings: RunSettings
  var notices: [String] = []
  /// Files that must not be written over.
  var sources: [String] = []

  /// The task of a finished run or of a study, whose segments are made anew.
  ///
  /// - Parameters:
  ///   - subject: A folder of a finished run, or a study file.
  ///   - moved: Where the survey is now, if it has moved.
  ///   - options: How files are read.
  ///   - settings: Privacy, threads.
  ///   - asked: What the user asks for beside the study.
  ///   - warn: Told if an input changed since the run.
  /// - Throws: ``ReportedError`` that says where, what and what to do.
  init(
    study subject: String, _ moved: MovedSurvey, _ options: ReadingOptions,
    _ settings: RunSettings, asked: (inout TablesDeclaration) -> Void, warn: (String) -> Void
  ) throws {
    let finished = try FinishedRun(subject, moved)
    let study: Study
    if let folder = finished.folder {
      let loaded = try finished.load(options, settings, needsProducts: false, warn: warn)
      study = loaded.study
      segmented = loaded.segmented
      active = try ModelFile.read("\(folder)/segments.json").indicators.map(\.name)
      if active.isEmpty { active = study.file.segments.active }
    } else {
      study = try Study.load(path: subject, options: options, surveys: moved.paths)
      var declared = study.file.tables ?? TablesDeclaration()
      asked(&declared)
      try declared.check(study.data)
      study.warnings.forEach(warn)
      let found = try StudySegmentation.run(
        study.data, study.file.segments, settings.protecting(study.file),
        roles: StudyRoles(study.file), survey: study.file.survey)
      segmented = found.segmented
      active = found.active
    }
    self.settings = settings.protecting(study.file)
    data = study.data
    roles = StudyRoles(study.file)
    allowed = study.file.allowPersonal
    title = study.file.title
    declared = study.file.tables ?? TablesDeclaration()
    asked(&declared)
    try declared.check(data)
    notices = study.notices
    sources = study.sources.map(\.path)
  }

  /// The task of a plain survey file, without segments.
  ///
  /// - Parameters:
  ///   - file: The survey file.
  ///   - survey: Weights, levels and sets.
  ///   - options: How the file is read.
  ///   - settings: Privacy, threads.
  ///   - asked: What the user asks for.
  /// - Throws: ``ReportedError`` that says where, what and what to do.
  init(
    survey file: String, _ survey: SurveyDeclaration, _ options: ReadingOptions,
    _ settings: RunSettings, asked: (inout TablesDeclaration) -> Void
  ) throws {
    let read = try SurveyReader.read([file], options: try survey.readingOptions(over: options))
    data = try StudyData.make(from: read, declaration: survey)
    var settings = settings
    if settings.privacy == .none { settings.minimumCell = 1 }
    self.settings = settings
    roles.reserved = [
      survey.id, survey.weight?.column, survey.strata, survey.cluster,
    ].compactMap { $0 }
    title = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
    notices = read.notices.map(\.message) + data.notes
    sources = [file]
    asked(&declared)
    try declared.check(data)
  }

  /// Makes the tables.
  ///
  /// - Parameter options: Levels, adjustment, order.
  /// - Returns: The tables.
  /// - Throws: ``StudyError`` for names that are unknown or make no columns.
  func tables(_ options: TablesSettings) throws -> TablesResult {
    try StudyTables.make(
      declared, data: data, segmented: segmented, active: active, roles: roles, title: title,
      settings: settings, allowed: allowed, options: options)
  }
}
