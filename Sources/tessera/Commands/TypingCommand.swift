import ArgumentParser
import Foundation
import TesseraFiles
import TesseraMath
import TesseraStudy
import TesseraSurvey
import TesseraTyping

/// `tessera typing`: the few questions that find a person's segment.
struct TypingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "typing",
    abstract: "The short list of questions that finds the segment.",
    discussion: """
      For each number of questions the list that places most people as all questions do. Two figures \
      stand beside each other: agreement with the full model, on people that neither list nor \
      segments were made from (cross-validated), and how many would be placed right if the model is \
      right. The list is written as a model that assign takes; answers that leave a person between \
      segments are marked "cannot tell".

      EXAMPLES
        tessera typing study-tessera -o typing.json
        tessera typing study-tessera -o typing.json --questions 6 --must gender --never income
        tessera typing study-tessera/segments.json survey.sav -o typing.json --js screener.js
        tessera assign --model typing.json screened.csv -o assigned.csv
      """)

  @Argument(help: "Folder of a finished run, or its model, segments.json.")
  var subject: String

  @Argument(
    help:
      "The survey that the segments were found in. Default: that of the run; for a model alone, people drawn from it."
  )
  var survey: String?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "File for the model of the short list, such as typing.json.")
  var target: String?

  @Option(
    help: ArgumentHelp(
      "How many questions. Default: the fewest that place 90% as all questions do.",
      valueName: "number"))
  var questions: Int?

  @Option(help: ArgumentHelp("Questions that must be asked.", valueName: "columns"))
  var must: String?

  @Option(help: ArgumentHelp("Questions that cannot be asked.", valueName: "columns"))
  var never: String?

  @Flag(help: "Ask each person next what says most of them, and tell what that saves.")
  var adaptive = false

  @Option(help: "Below this probability the answer is \"cannot tell\"; 0 to place everybody.")
  var threshold = 0.5

  @Option(help: "Parts of the survey, each placed by what the others say.")
  var folds = 10

  @Option(
    name: .customLong("js"),
    help: ArgumentHelp("Also write a script for screeners.", valueName: "file"))
  var script: String?

  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    if !(0..<1).contains(threshold) { throw ValidationError("--threshold is from 0 to under 1") }
    if !(2...50).contains(folds) { throw ValidationError("--folds is from 2 to 50") }
  }

  func run() throws {
    let found = try ModelAndPeople(
      subject, survey: survey, reading: reading.options(threads: work.threads),
      settings: work.settings(output), warn: output.warn)
    for file in [target, script].compactMap({ $0 }) {
      try SourceGuard.check(file, against: found.files)
    }
    var settings = TypingSettings()
    settings.must = ColumnFlags.list(must)
    settings.never = ColumnFlags.list(never)
    settings.count = questions
    settings.isAdaptive = adaptive
    settings.threshold = threshold
    settings.folds = folds
    settings.seed = work.seed
    settings.minimumCell = work.privacy == Privacy.none ? 1 : work.minimumCell
    settings.workers = work.settings(output).workers
    settings.progress = output.progress
    let result = try TypingResult.make(found.model, people: found.people, settings: settings)
    let derived = found.model.survey?.preparation.derived.map(\.name) ?? []
    let made = result.chosen.questions.filter(derived.contains)
    if !made.isEmpty {
      output.warn(
        "\(made.joined(separator: ", ")) \(made.count == 1 ? "is" : "are") derived from other "
          + "questions: ask for \(made.count == 1 ? "its" : "their") sources; assign derives "
          + "\(made.count == 1 ? "it" : "them"), the script does not")
    }
    if let target { try AtomicFile.write(result.model.json.text, to: target) }
    if let script { try AtomicFile.write(try TypingScript.text(result), to: script) }
    if output.json {
      try Console.out(result.json.text)
    } else if !output.quiet {
      try Console.out(TypingText.lines(result, file: target).joined(separator: "\n"))
    }
  }
}

/// A model with the people it is judged by.
struct ModelAndPeople {
  let model: SegmentModel
  /// The people; `nil` where only a model was named.
  let people: TypingPeople?
  /// The respondents as a study has them; `nil` where only a model was named.
  let data: (survey: Survey, design: SurveyDesign)?
  /// What the study calls sensitive.
  let sensitive: Set<String>
  /// Columns that the study allows though they look personal.
  let allowed: [String]
  /// Files that are read.
  let files: [String]

  /// Reads a run folder with its survey, or a model with a survey.
  init(
    _ subject: String, survey: String?, reading: ReadingOptions, settings: RunSettings,
    weight: String? = nil, warn: (String) -> Void
  ) throws {
    let isFolder = (try? FileManager.default.contentsOfDirectory(atPath: subject)) != nil
    if isFolder, survey == nil {
      let run = try FinishedRun(subject)
      let (study, segmented) = try run.load(
        reading, settings, needsProducts: false, warn: warn)
      let file = "\(run.folder ?? subject)/segments.json"
      model = try ModelFile.read(file)
      people = TypingPeople(survey: segmented.survey, design: segmented.design)
      data = (segmented.survey, segmented.design)
      sensitive = study.file.sensitiveColumns
      allowed = study.file.allowPersonal
      files = [file] + study.sources.map(\.path)
      return
    }
    let file = isFolder ? "\(subject)/segments.json" : subject
    model = try ModelFile.read(file)
    sensitive = []
    allowed = []
    files = [file] + [survey].compactMap { $0 }
    guard let survey else {
      people = nil
      data = nil
      return
    }
    let options = try model.survey?.readingOptions(over: reading) ?? reading
    let read = try SurveyReader.read([survey], options: options)
    for notice in read.notices { warn("\(notice.file): \(notice.message)") }
    let prepared = try Assigner(model).prepare(read)
    var design = prepared.design
    if let weight {
      guard let variable = prepared.survey[weight] else {
        throw StudyError(
          code: "E0401", message: "there is no column '\(DisplayText.escaped(weight))'",
          file: survey, column: weight,
          hint: NearestName.question(weight, among: prepared.survey.variables.map(\.name)))
      }
      let numbers = variable.numbers
      guard numbers.allSatisfy({ $0 > 0 && $0.isFinite }) else {
        throw StudyError(
          code: "E0402", message: "weights must be numbers above 0", file: survey, column: weight,
          hint: "leave people without a weight out of the file")
      }
      design = SurveyDesign(kind: .sampling, weights: numbers)
    }
    people = TypingPeople(survey: prepared.survey, design: design)
    data = (prepared.survey, design)
  }
}
