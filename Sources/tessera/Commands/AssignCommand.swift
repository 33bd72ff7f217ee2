import ArgumentParser
import Foundation
import TesseraFiles
import TesseraMath
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// `tessera assign`: new respondents to the segments of a model.
struct AssignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign",
    abstract: "New respondents: segment and probabilities, by a finished model.",
    discussion: """
      Columns are found by name and read as the study read its own. Answers that the model does \
      not know count as missing and are told; every respondent gets a segment, or a reason in \
      rejects.csv beside the output. Long files and pipes of delimited text are read in blocks, so \
      that memory does not grow with them.

      EXAMPLES
        tessera assign --model study-tessera/segments.json new.csv -o assigned.csv
        zcat all.csv.gz | tessera assign --model study-tessera/segments.json - > assigned.csv
        tessera assign --model study-tessera/segments.json prospects.sav -o assigned.sav
      """)

  @Option(help: "The model: segments.json of a finished run.")
  var model: String

  @Argument(
    help:
      "Survey files, read one after another; their columns must be the same. - is standard input.")
  var surveys: [String]

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help:
      "File for the assignments: .csv, or .sav, .zsav, .dta, .xlsx with labels. Default: standard output, as CSV."
  )
  var target: String?

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
  }

  func run() throws {
    let inputs = surveys.filter { $0 != SurveyBlocks.standardInput } + [model]
    if let target { try SourceGuard.check(target, against: inputs) }
    let known = try ModelFile.read(model)
    let assigner = Assigner(
      known, missingColumns: allowsMissingColumns ? .unanswered : .refuse)
    var options = try reading.options(threads: threads)
    options = try known.survey?.readingOptions(over: options) ?? options
    options.checksums = false
    var stream = AssignmentStream(
      try SurveyBlocks(surveys, options: options), by: assigner,
      workers: Workers(ReadingOptions.standard(threads: threads).threads), isRaw: raw,
      writesText: !isLabelled)
    var tally = AssignmentTally(known, checksAllIDs: checksAllIDs)
    if isLabelled, let target {
      var table = AssignmentTable(segments: known.segments)
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
    if let target, tally.rejected > 0 {
      let folder = (target as NSString).deletingLastPathComponent
      let rejects = folder.isEmpty ? "rejects.csv" : "\(folder)/rejects.csv"
      try AtomicFile.write(tally.rejects, to: rejects)
      output.warn("\(tally.rejected) respondents have no segment: see \(rejects)")
    } else if tally.rejected > 0 {
      output.warn("\(tally.rejected) respondents have no segment")
    }
    if output.json {
      try Console.out(tally.json(file: target).text)
    } else if target != nil, !output.quiet {
      try Console.out(tally.lines.joined(separator: "\n"))
    } else {
      for line in tally.lines { output.note(line) }
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

  /// Whether the output is of a format that holds labels.
  private var isLabelled: Bool {
    ["sav", "zsav", "dta", "xlsx"].contains(SurveyWriter.ending(of: target ?? ""))
  }
}
