import ArgumentParser
import Foundation
import TesseraFiles
import TesseraMath
import TesseraReport
import TesseraStudy
import TesseraTyping

/// `tessera assign`: new respondents to the segments of a model.
struct AssignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign",
    abstract: "New respondents: segment and probabilities, by a finished model.",
    discussion: """
      Columns are found by name and read as the study read its own. Answers that the model does \
      not know count as missing, and what cannot be read or lies far outside the study's answers is \
      reported with column and row; every respondent gets a segment, or a reason in rejects.csv beside \
      the output (rejects-2.csv if there is one). Long files and pipes of delimited text are read in blocks, so \
      that memory does not grow with them. A model of tessera typing places people by a short list \
      and leaves those between segments without one; a model of tessera bridge places customers.

      EXAMPLES
        tessera assign --model study-tessera/segments.json new.csv -o assigned.csv
        zcat all.csv.gz | tessera assign --model study-tessera/segments.json - > assigned.csv
        tessera assign --model study-tessera/segments.json prospects.sav -o assigned.sav
        tessera assign --model segments.json wave4.sav --append -o wave4-with-segments.sav
        tessera assign --model typing.json screened.csv --fit study-tessera -o prospects.csv
      """)

  @Option(help: "The model: the folder of a finished run, its segments.json, or a typing.json.")
  var model: String

  @Argument(
    help:
      "Survey files, read one after another; their columns must be the same. - is standard input.")
  var surveys: [String]

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help:
      "File for the assignments: .csv, .jsonl (a JSON object a line), or .sav, .zsav, .dta, .xlsx with labels. Default: standard output, as CSV."
  )
  var target: String?

  @Flag(
    help:
      "Write the survey itself with segment and probabilities behind its own columns, labels kept.")
  var append = false

  @Flag(
    name: .customLong("own-id-name"),
    help: "Call the column of identifiers as the study's survey does, in place of id.")
  var ownIDName = false

  @Option(
    help: ArgumentHelp(
      "Folder of a finished run: add the product that fits each person best, why, and the barrier to clear first.",
      valueName: "dir"))
  var fit: String?

  @Option(
    help: ArgumentHelp(
      "CSV with the columns model,file: what the survey calls columns of the model.",
      valueName: "file"))
  var map: String?

  @Flag(
    name: .customLong("missing-columns"),
    help: "Let columns that the survey lacks count as unanswered, instead of refusing it.")
  var allowsMissingColumns = false

  @Flag(help: "Write text as it is, even where a spreadsheet would take it for a formula.")
  var raw = false

  @Option(help: "Threads to use; the result is the same for any number. Default: all cores.")
  var threads: Int?

  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  @Option(help: "File for the drift report (JSON): how far these people differ from the model's.")
  var drift: String?

  @Option(
    name: .customLong("drift-limit"),
    help:
      "End with status 1 if a question's population stability index is above this and beyond chance."
  )
  var driftLimit: Double?

  @Flag(
    name: .customLong("check-ids"),
    help: "Look for repeated identifiers among more than 5 million respondents too (8 bytes each).")
  var checksAllIDs = false

  func validate() throws {
    if output.json, target == nil {
      throw ValidationError("--json needs -o, since the assignments go to standard output")
    }
    if append, target == nil { throw ValidationError("--append needs -o, a file to write") }
    if append, let target, !SurveyWriter.endings.contains(SurveyWriter.ending(of: target)) {
      throw ValidationError(
        "--append writes " + SurveyWriter.endings.map { "." + $0 }.joined(separator: ", "))
    }
  }

  func run() throws {
    let model = ModelFile.place(self.model)
    let inputs = surveys.filter { $0 != SurveyBlocks.standardInput } + [model]
    if let target { try SourceGuard.check(target, against: inputs) }
    let known = try ModelFile.read(model)
    if let verdict = known.result.verdict, verdict.stopsAdvice { output.warn(verdict.words) }
    if let bridge = known.evidence["bridge"], bridge["can_tell"] == .bool(false) {
      output.warn(
        "this bridge was not shown to find any segment better than chance: segments given by it are hardly "
          + "more than guesses")
    }
    let names = try map.map { try ColumnNames(TableReader.read($0)) } ?? ColumnNames()
    let assigner = Assigner(
      known, missingColumns: allowsMissingColumns ? .unanswered : .refuse, columnNames: names)
    let advice = try fit.map { try Self.advice($0, known.segments) }
    var options = try reading.options(threads: threads)
    options = try known.survey?.readingOptions(over: options) ?? options
    options.checksums = false
    var tally = AssignmentTally(known, checksAllIDs: checksAllIDs)
    let idName = Assignments.idName(isOwn: ownIDName, known.survey?.id, known.segments)
    if append, let target {
      try AppendedSurvey(surveys, options, assigner, advice).write(to: target, &tally, output)
      return try close(tally)
    }
    var stream = AssignmentStream(
      try SurveyBlocks(surveys, options: options), by: assigner,
      workers: Workers(ReadingOptions.standard(threads: threads).threads), isRaw: raw,
      form: isLabelled ? .none : ["jsonl", "ndjson"].contains(ending) ? .lines : .csv,
      advice: advice, idName: idName)
    if isLabelled, let target {
      var table = AssignmentTable(segments: known.segments, advice: advice, idName: idName)
      while let parts = try next(&stream, &tally) {
        for part in parts { table.append(part.batch, ids: part.ids) }
      }
      try Assignments.write(table, to: target)
    } else if let target {
      try AtomicFile.writing(to: target) { file in
        while let parts = try next(&stream, &tally) {
          for part in parts { try file.append(part.text) }
        }
      }
    } else {
      while let parts = try next(&stream, &tally) {
        for part in parts { try Console.out(part.text) }
      }
    }
    try close(tally)
  }

  /// The next parts, counted.
  private func next(
    _ stream: inout AssignmentStream, _ tally: inout AssignmentTally
  ) throws -> [AssignmentStream.Part]? {
    guard let parts = try stream.next() else { return nil }
    for part in parts { tally.add(part) }
    output.progress.report("assigning", tally.respondents, max(tally.respondents, 1))
    return parts
  }

  /// Tells what came out.
  private func close(_ tally: AssignmentTally) throws {
    for note in tally.allNotes { output.note("note: \(note)") }
    for warning in tally.found.sentences { output.warn(warning) }
    if let target, tally.hasRejects {
      let (rejects, isOther) = Self.rejects(beside: target, tally.rejects)
      try AtomicFile.write(tally.rejects, to: rejects)
      output.warn(
        tally.rejectedSentence + ": see \(rejects)"
          + (isOther ? " (a file rejects.csv was there already and was left as it is)" : ""))
    } else if tally.hasRejects {
      output.warn(tally.rejectedSentence)
    }
    if output.json {
      try Console.out(tally.json(file: target).text)
    } else if target != nil, !output.quiet {
      try Console.out(tally.lines.joined(separator: "\n"))
    } else {
      for line in tally.lines { output.note(line) }
    }
    if fit != nil, tally.doubtful > 0 {
      output.note(
        "\(NumberStyle.english.number(Double(tally.doubtful))) people have no product: their segment is "
          + "too unsure (probability under 70%)")
    }
    guard drift != nil || driftLimit != nil else { return }
    let found = tally.drift
    if let drift { try AtomicFile.write(found.json.text, to: drift) }
    for line in tally.driftLines { output.note(line) }
    if let driftLimit, let largest = found.largest, (largest.index ?? 0) > driftLimit {
      output.warn(
        "drift limit passed: \(largest.label) has an index of "
          + "\(NumberStyle.english.number(largest.index, decimals: 3))")
      throw CheckFailed()
    }
  }

  /// Where those without a segment are written: a file of that name is never replaced.
  ///
  /// - Parameters:
  ///   - target: The assignments.
  ///   - bytes: What is to be written; a file that holds just this may be taken.
  /// - Returns: rejects.csv beside the assignments, or the first of rejects-2.csv and so on that is free.
  private static func rejects(
    beside target: String, _ bytes: [UInt8]
  ) -> (path: String, isOther: Bool) {
    let folder = (target as NSString).deletingLastPathComponent
    func path(_ number: Int) -> String {
      let name = number == 1 ? "rejects.csv" : "rejects-\(number).csv"
      return folder.isEmpty ? name : "\(folder)/\(name)"
    }
    func isFree(_ path: String) -> Bool {
      guard FileManager.default.fileExists(atPath: path) else { return true }
      return FileManager.default.contents(atPath: path) == Data(bytes)
    }
    let number = (1...).first { isFree(path($0)) } ?? 1
    return (path(number), number > 1)
  }

  /// Whether the output is of a format that holds labels.
  private var isLabelled: Bool { ["sav", "zsav", "dta", "xlsx", "parquet"].contains(ending) }

  private var ending: String { SurveyWriter.ending(of: target ?? "") }

  /// What the fit of a run says to people of the segments.
  private static func advice(_ folder: String, _ segments: [Segment]) throws -> AssignmentAdvice {
    let file = "\(folder)/fit.json"
    guard let data = FileManager.default.contents(atPath: file) else {
      throw StudyError(
        code: "E0101", message: "the run has no fit", file: file,
        hint: "name the folder of a run of a study with products and relations", exitStatus: 66)
    }
    do {
      return try FitAdvice.columns(try JSONValue.parse(data), file: file, segments: segments)
    } catch let error as JSONError {
      throw StudyError(
        code: "E0612", message: error.message, file: file, hint: "run the study again")
    }
  }
}
