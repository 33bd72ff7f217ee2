import ArgumentParser
import TesseraFiles
import TesseraStudy
import TesseraSurvey

/// `tessera convert`: one survey format to another.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Turn one survey format into another, labels kept.",
    discussion: """
      The ending of OUT says the format: .sav and .zsav (SPSS), .dta (Stata), .xlsx (Excel), .csv \
      or .tsv. Everything that both formats can hold is kept: names, labels, levels, missing \
      codes, multiple-response sets, the weight, days and times. What OUT cannot hold is listed on \
      standard error, and in the JSON document under "lost".

      SPSS files keep all of it. Excel keeps answers in the sheet Data and the rest in the sheets \
      Variables and Labels. CSV keeps answers only: as codes, or with --labels as labels.

      EXAMPLES
        tessera convert wave3.sav wave3.xlsx
        tessera convert answers.xlsx answers.sav --sheet Responses --missing 98,99
        tessera convert wave3.sav wave3.csv --labels
      """)

  @Argument(help: "The survey to read.")
  var input: String

  @Argument(help: "The file to write; its ending says the format.")
  var result: String

  @Flag(help: "In .csv, .tsv and .xlsx write labels in place of codes.")
  var labels = false

  @Flag(help: "In .csv, .tsv and .xlsx write codes; this is the default.")
  var codes = false

  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    if labels, codes { throw ValidationError("give --labels or --codes, not both") }
    try Self.checkEnding(of: result)
  }

  /// Refuses the name of a file that says no format we write.
  static func checkEnding(of result: String) throws {
    let ending = SurveyWriter.ending(of: result)
    guard SurveyWriter.endings.contains(ending) else {
      let known = SurveyWriter.endings.map { "." + $0 }.joined(separator: ", ")
      let near = NearestName.suggest(ending, among: SurveyWriter.endings)
      throw ValidationError(
        "cannot write '\(DisplayText.escaped(result))': the name must end in one of \(known)"
          + (near.map { "; did you mean .\($0)?" } ?? ""))
    }
  }

  func run() throws {
    try SourceGuard.check(result, against: [input])
    let options = try reading.options(threads: nil)
    let read = try SurveyReader.read([input], options: options)
    var writing = WritingOptions()
    writing.usesLabels = labels
    writing.reader = options.reader
    let losses = try SurveyWriter.write(
      read.survey,
      details: FileDetails(label: read.label, notes: read.notes, attributes: read.attributes),
      to: result, options: writing)
    for notice in read.notices { output.warn(Self.line(notice)) }
    for item in losses.items { output.note("not kept as it was: " + Self.line(item)) }
    if output.json {
      try Console.out(json(read, losses).text)
    } else if !output.quiet {
      try Console.out(
        "\(DisplayText.escaped(result, limit: 200)): \(read.survey.respondentCount) respondents, "
          + "\(read.survey.variables.count) variables"
          + (losses.isEmpty ? "; nothing was lost" : ""))
    }
  }

  private func json(_ read: SurveyFile, _ losses: ConversionLosses) -> JSONValue {
    [
      "schema": "tessera.convert/1", "input": input, "input_format": read.format.rawValue,
      "output": result, "output_format": SurveyWriter.ending(of: result),
      "respondents": read.survey.respondentCount, "variables": read.survey.variables.count,
      "lost": JSONValue.list(losses.items) { item in ["what": item.what, "columns": item.columns] },
      "problems": JSONValue.list(read.notices) { notice in
        ["row": notice.row, "column": notice.column, "message": notice.message]
      },
    ]
  }

  private static func line(_ item: ConversionLosses.Item) -> String {
    guard !item.columns.isEmpty else { return item.what }
    let shown = item.columns.prefix(3).map { DisplayText.escaped($0) }.joined(separator: ", ")
    let more = item.columns.count > 3 ? " and \(item.columns.count - 3) more" : ""
    return "\(item.what): \(shown)\(more)"
  }

  private static func line(_ notice: FileNotice) -> String {
    var place = notice.file
    if let row = notice.row { place += ":\(row)" }
    if let column = notice.column { place += " (\(DisplayText.escaped(column)))" }
    return "\(place): \(notice.message)"
  }
}
