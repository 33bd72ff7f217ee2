import TesseraFiles
import TesseraMath
import TesseraStudy
import TesseraSurvey

/// A survey that gets segment and probabilities behind its own columns.
struct AppendedSurvey {
  private let file: SurveyFile
  private let assigner: Assigner
  private let advice: AssignmentAdvice?
  private let options: ReadingOptions

  /// Respondents that are scored at a time.
  private static let portion = 65_536

  /// Reads a survey whole.
  init(
    _ surveys: [String], _ options: ReadingOptions, _ assigner: Assigner,
    _ advice: AssignmentAdvice?
  ) throws {
    file = try SurveyReader.read(surveys, options: options)
    self.assigner = assigner
    self.advice = advice
    self.options = options
  }

  /// Writes it; the ending of the path says the format.
  ///
  /// - Parameters:
  ///   - path: Where to.
  ///   - tally: Counts who was assigned.
  ///   - output: Told of names that had to change and of what the format cannot hold.
  /// - Throws: ``ReportedError`` if the survey has such columns already or the file cannot be made.
  func write(to path: String, _ tally: inout AssignmentTally, _ output: OutputOptions) throws {
    let data = try assigner.prepare(file)
    var table = AssignmentTable(segments: assigner.model.segments, advice: advice)
    let count = data.survey.respondentCount
    for start in stride(from: 0, to: count, by: Self.portion) {
      let rows = start..<min(start + Self.portion, count)
      let batch = try assigner.assign(
        data.survey, rows: rows, workers: Workers(options.threads)
      ).located(in: file, data, from: start)
      let ids = data.ids.map { Array($0[rows]) }
      table.append(batch, ids: ids)
      tally.add(
        AssignmentStream.Part(
          batch, ids: ids, notes: start == 0 ? data.notes : [], start: start,
          setAside: start == 0 ? file.rejected : []))
    }
    let own = Set(file.survey.variables.map { AnswerCode.text($0.name) })
    let isTaken = table.columns.contains { own.contains(.text($0.name)) }
    let columns = table.columns.map { isTaken ? $0.named("tessera_" + $0.name) : $0 }
    if isTaken {
      output.note("The survey has columns of these names: the new ones begin with tessera_.")
    }
    if let twice = columns.first(where: { own.contains(.text($0.name)) }) {
      throw StudyError(
        code: "E0520", message: "the survey already has a column '\(twice.name)'",
        column: twice.name, hint: "append to the survey as it was before it was assigned")
    }
    var writing = WritingOptions()
    writing.reader = options.reader
    let losses = try SurveyWriter.write(
      Survey(
        variables: file.survey.variables + columns, sets: file.survey.sets,
        weightVariable: file.survey.weightVariable),
      details: FileDetails(label: file.label, notes: file.notes, attributes: file.attributes),
      to: path, options: writing)
    let isText = ["csv", "tsv"].contains(SurveyWriter.ending(of: path))
    for item in losses.items where !isText {
      output.note(
        "not kept as it was: \(item.what)"
          + (item.columns.isEmpty ? "" : ": " + item.columns.prefix(3).joined(separator: ", ")))
    }
  }
}

extension Variable {
  /// The same variable under another name.
  fileprivate func named(_ name: String) -> Variable {
    Variable(name: name, label: label, level: level, categories: categories, answers: answers)
  }
}
