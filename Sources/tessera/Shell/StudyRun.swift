import Foundation
import TesseraFiles
import TesseraMath
import TesseraProductFit
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// The way from a study file to results: load, segment, profile, fit.
struct StudyRun {
  /// The study with its data.
  let study: Study
  /// Respondents in segments.
  let segmentation: StudySegmentation
  /// The segments as people.
  let profiles: ProfileResult
  /// How the products fit and what the questions say; `nil` if the study has neither.
  let fit: FitResult?
  /// How well the fit predicts real choices; `nil` if the study has none.
  let validation: ValidationResult?
  /// Sums for what-if in the page; `nil` without a fit.
  let whatIf: WhatIfAggregates?
  /// Profiles of parts of the people, for the filter in the page; `nil` without.
  let filters: ProfileFilters?
  /// Every question by segment with letters; `nil` where none can be made.
  let tables: TablesResult?
  /// What the user set.
  let settings: RunSettings
  /// What the verdict would be without people who fail rules of quality; `nil` without such.
  let qualityNote: String?
  /// Seconds each step took, in order.
  let timings: [(name: String, seconds: Double)]

  /// Runs a study.
  ///
  /// - Parameters:
  ///   - path: The study file.
  ///   - reading: How files are read.
  ///   - settings: Seed, threads, thresholds.
  ///   - previous: Model of an earlier run in the same folder, used for names where none are stored.
  ///   - known: Names that take the place of those stored beside the study.
  ///   - take: Solutions of an earlier run, of which the chosen one is kept.
  ///   - surveys: Files that take the place of the study's survey.
  /// - Returns: All results.
  /// - Throws: ``ReportedError`` that names file, line and column.
  static func run(
    _ path: String, reading: ReadingOptions, settings: RunSettings, previous: SegmentModel?,
    known: NamesFile? = nil, take: SolutionsFile? = nil, surveys: [String]? = nil
  ) throws -> StudyRun {
    var clock = StepClock()
    let study = try Study.load(path: path, options: reading, surveys: surveys)
    let settings = settings.protecting(study.file)
    clock.lap("read")
    var segments = study.file.segments
    if let known { segments.adopt(known) }
    var segmentation = try StudySegmentation.run(
      study.data, segments, settings, roles: StudyRoles(study.file),
      survey: study.file.survey, previous: previous, take: take)
    clock.lap("segment")
    var notes: [String] = []
    for other in segments.given == nil ? try study.qualityAlternatives() : [] {
      let again = try StudySegmentation.run(
        other.data, segments, settings, roles: StudyRoles(study.file), survey: study.file.survey,
        previous: nil)
      notes.append(
        other.sentence(
          again.result.verdict, segments: again.result.segments.count,
          beside: segmentation.result.verdict, ownSegments: segmentation.result.segments.count))
      clock.lap("quality")
    }
    let qualityNote = notes.isEmpty ? nil : notes.joined(separator: " ")
    segmentation.replicate(settings, isFitAsked: study.hasFitOrQuestions)
    clock.lap("replicate")
    return try tell(study, segmentation, settings, qualityNote: qualityNote, &clock)
  }

  /// Makes profiles, fit and what else is told of segments.
  ///
  /// - Parameters:
  ///   - study: The study with its data.
  ///   - segmentation: Its respondents in segments, with replicates.
  ///   - settings: Seed, threads, thresholds, with the study's own.
  ///   - qualityNote: What the verdict would be without people who fail rules of quality.
  ///   - clock: Measures the steps.
  /// - Returns: All results.
  /// - Throws: ``ReportedError`` that names file, line and column.
  static func tell(
    _ study: Study, _ segmentation: StudySegmentation, _ settings: RunSettings,
    qualityNote: String? = nil, _ clock: inout StepClock
  ) throws -> StudyRun {
    let profiles = try segmentation.profile(settings)
    let (tables, filters) = shown(study, segmentation, profiles, settings)
    clock.lap("profile")
    var fit: FitResult?
    var whatIf: WhatIfAggregates?
    if study.hasFitOrQuestions {
      fit = try ProductFit.run(study, segmentation.segmented, settings: settings)
      clock.lap("fit")
    }
    if study.products != nil {
      // Its sums over small groups go by bases, which strict does not allow.
      if settings.privacy != .strict, !study.fitRestsOnSensitive(settings) {
        whatIf = try WhatIfAggregates.make(study, segmentation.segmented, settings: settings)
        clock.lap("what-if")
      }
    }
    var validation: ValidationResult?
    if study.choices != nil {
      validation = try ChoiceValidation.run(study, segmentation.segmented, settings: settings)
      if settings.privacy == .none { validation?.notes.append(Privacy.unprotected) }
      clock.lap("validate")
    }
    return StudyRun(
      study: study, segmentation: segmentation, profiles: profiles, fit: fit,
      validation: validation, whatIf: whatIf, filters: filters, tables: tables, settings: settings,
      qualityNote: qualityNote,
      timings: clock.laps)
  }

  /// Banner tables and filtered profiles, side by side: neither needs the other.
  private static func shown(
    _ study: Study, _ segmentation: StudySegmentation, _ profiles: ProfileResult,
    _ settings: RunSettings
  ) -> (tables: TablesResult?, filters: ProfileFilters?) {
    let made = settings.workers.map(2) {
      part -> (tables: TablesResult?, filters: ProfileFilters?) in
      guard part == 0 else {
        let filters = ProfileFilters.make(
          profiles, data: study.data, segmented: segmentation.segmented,
          active: segmentation.active, passive: segmentation.passive, roles: segmentation.roles,
          settings: settings, allowed: study.file.allowPersonal,
          banner: study.file.tables?.banner ?? [])
        return (nil, filters)
      }
      let tables = try? StudyTables.make(
        TablesDeclaration(), data: study.data, segmented: segmentation.segmented,
        active: segmentation.active, roles: segmentation.roles, title: study.file.title,
        settings: settings, allowed: study.file.allowPersonal)
      return (tables, nil)
    }
    return (made[0].tables, made[1].filters)
  }

  /// What a report is written from.
  var results: StudyResults {
    var results = StudyResults(
      study: study.file, segmentation: segmentation.result, profiles: profiles, fit: fit,
      inputs: study.sources.map {
        .init(name: URL(fileURLWithPath: $0.path).lastPathComponent, sha256: $0.sha256)
      },
      settings: [
        ("Tessera", TesseraVersion.current), ("Seed", String(settings.seed)),
        ("Method", segmentation.result.method),
        ("Active questions", segmentation.active.joined(separator: ", ")),
        (
          "Bootstrap replicates for intervals",
          segmentation.segmented.replicates.map { String($0.count) } ?? "none"
        ),
        ("Privacy", settings.privacy.rawValue),
        ("Smallest group shown", String(settings.minimumCell)),
        ("Exponent over needs (rho)", fit == nil ? "none" : "\(study.file.rho)"),
      ], dataNotes: study.warnings + study.notices + [qualityNote].compactMap { $0 },
      minimumCell: settings.minimumCell,
      whatIf: whatIf, model: segmentation.model)
    results.asked = study.data.design.respondents
    results.privacy = settings.privacy
    results.smallBase = settings.smallBase
    results.validation = validation
    results.filters = filters
    results.tables = tables
    results.evidence = segmentation.evidence
    results.solutions = segmentation.solutions
    return results
  }

  /// All warnings, in the order of the steps.
  var warnings: [String] {
    study.warnings + segmentation.result.warnings + (fit?.warnings ?? [])
      + (validation?.warnings ?? [])
  }
}

/// Measures the steps of a run.
struct StepClock {
  /// Seconds each step took, in order.
  private(set) var laps: [(name: String, seconds: Double)] = []
  private var last = ContinuousClock.now

  /// Ends a step.
  ///
  /// - Parameter name: What the step did.
  mutating func lap(_ name: String) {
    let now = ContinuousClock.now
    let passed = (now - last).components
    laps.append((name, Double(passed.seconds) + Double(passed.attoseconds) * 1e-18))
    last = now
  }
}
