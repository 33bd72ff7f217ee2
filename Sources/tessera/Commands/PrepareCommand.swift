import ArgumentParser
import TesseraFiles
import TesseraStudy
import TesseraSurvey

/// `tessera prepare`: the survey as a study uses it, with labels, for other programs.
struct PrepareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare",
    abstract: "The survey after filter, derive and weights, with labels.",
    discussion: """
      Does what the study declares under survey: (missing codes, levels, sets, derive, filter, \
      weights), tells how many people and answers each step concerns, and with -o writes what \
      results. The ending of the file says the format, as for convert. Weights that were made to \
      fit known shares are written as a column of their own. The file holds persons: identifiers \
      and open answers are in it.

      EXAMPLES
        tessera prepare study.yaml                     what each step does
        tessera prepare study.yaml -o clean.sav        for SPSS, R or another colleague
      """)

  @Argument(help: "The study file.")
  var study: String

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "The file to write: .sav .zsav .dta .xlsx .csv or .tsv.")
  var result: String?

  @Flag(help: "In .csv, .tsv and .xlsx write labels in place of codes.")
  var labels = false

  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    if let result { try ConvertCommand.checkEnding(of: result) }
  }

  func run() throws {
    let options = try reading.options(threads: nil)
    let loaded = try Study.load(path: study, options: options)
    let survey = weighted(loaded.data)
    if let result {
      for source in loaded.sources { try SourceGuard.check(result, against: [source.path]) }
      var writing = WritingOptions()
      writing.usesLabels = labels
      writing.reader = options.reader
      let losses = try SurveyWriter.write(
        survey, details: FileDetails(label: loaded.file.title, notes: [], attributes: []),
        to: result, options: writing)
      for item in losses.items { output.note("not kept as it was: " + item.what) }
    }
    if output.json {
      try Console.out(json(loaded, survey).text)
      return
    }
    for step in loaded.data.preparation { try Console.out(step.sentence) }
    try Console.out(
      "\(loaded.surveyFile.survey.respondentCount) people in the file, "
        + "\(survey.respondentCount) after preparation"
        + (result.map { ": \(DisplayText.escaped($0, limit: 200))" } ?? ""))
  }

  /// The prepared survey, weights that were made to fit in a column of their own.
  private func weighted(_ data: StudyData) -> Survey {
    var survey = data.survey
    guard data.design.margins != nil else { return survey }
    var name = "weight"
    while survey[name] != nil { name += "_fitted" }
    // Known numbers of people are what the weights add up to.
    let sum = data.design.weights.reduce(0, +)
    let scale = sum > 0 ? data.weightSum / sum : 1
    survey.put(
      Variable(
        name: name, label: "Weight that fits what is known of the population", level: .numeric,
        answers: .numbers(data.design.weights.map { $0 * scale })))
    survey.weightVariable = name
    return survey
  }

  private func json(_ loaded: Study, _ survey: Survey) -> JSONValue {
    [
      "schema": "tessera.prepare/1", "study": study, "output": result,
      "people_in_file": loaded.surveyFile.survey.respondentCount, "people": survey.respondentCount,
      "variables": survey.variables.count, "steps": loaded.data.preparation.map(\.json),
      "notes": loaded.notices,
    ]
  }
}
