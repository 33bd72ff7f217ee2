import ArgumentParser
import Foundation
import TesseraFiles
import TesseraMath
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
      rejects.csv beside the output.

      EXAMPLES
        tessera assign --model study-tessera/segments.json new.csv -o assigned.csv
        tessera assign --model study-tessera/segments.json prospects.sav > assigned.csv
        tessera assign --model study-tessera/segments.json prospects.sav -o assigned.sav
      """)

  @Option(help: "The model: segments.json of a finished run.")
  var model: String

  @Argument(help: "Survey files, read one after another; their columns must be the same.")
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

  /// Respondents assigned at a time, to hold memory down.
  private static let part = 65_536

  func validate() throws {
    if output.json, target == nil {
      throw ValidationError("--json needs -o, since the assignments go to standard output")
    }
  }

  func run() throws {
    if let target { try SourceGuard.check(target, against: surveys + [model]) }
    let known = try ModelFile.read(model)
    let assigner = Assigner(
      known, missingColumns: allowsMissingColumns ? .unanswered : .refuse)
    let options = try reading.options(threads: threads)
    let declared = try known.survey?.readingOptions(over: options) ?? options
    let data = try assigner.prepare(try SurveyReader.read(surveys, options: declared))
    var settings = OutputCounts(sizes: [Int](repeating: 0, count: known.segments.count))
    var writer = AssignmentWriter(segments: known.segments, isRaw: raw)
    var table = isLabelled ? AssignmentTable(segments: known.segments) : nil
    let workers = ReadingOptions.standard(threads: threads).threads
    var start = 0
    while start < data.survey.respondentCount {
      let end = min(start + Self.part, data.survey.respondentCount)
      let batch = try assigner.assign(
        data.survey, rows: start..<end, workers: .init(workers))
      writer.append(batch, ids: data.ids.map { Array($0[start..<end]) })
      table?.append(batch, ids: data.ids.map { Array($0[start..<end]) })
      settings.add(batch)
      output.progress.report("assigning", end, data.survey.respondentCount)
      start = end
    }
    for note in data.notes { output.note("note: \(note)") }
    for warning in settings.warnings { output.warn(warning) }
    try write(writer, table)
    if output.json { try Console.out(summary(known, settings, writer).text) }
  }

  /// Sums over the parts.
  private struct OutputCounts {
    var sizes: [Int]
    var warnings: [String] = []

    mutating func add(_ batch: AssignmentBatch) {
      for (position, size) in batch.sizes.enumerated() { sizes[position] += size }
      for warning in batch.warnings where !warnings.contains(warning) { warnings.append(warning) }
    }
  }

  /// Whether the output is of a format that holds labels.
  private var isLabelled: Bool {
    ["sav", "zsav", "dta", "xlsx"].contains(SurveyWriter.ending(of: target ?? ""))
  }

  private func write(_ writer: AssignmentWriter, _ table: AssignmentTable?) throws {
    guard let target else {
      try Console.out(String(decoding: writer.assignments.bytes, as: UTF8.self))
      return
    }
    if let table {
      try Assignments.write(table, to: target)
    } else {
      try AtomicFile.write(writer.assignments.bytes, to: target)
    }
    if writer.rejectCount > 0 {
      let folder = (target as NSString).deletingLastPathComponent
      let rejects = folder.isEmpty ? "rejects.csv" : "\(folder)/rejects.csv"
      try AtomicFile.write(writer.rejects.bytes, to: rejects)
      output.warn("\(writer.rejectCount) respondents have no segment: see \(rejects)")
    }
  }

  private func summary(
    _ model: SegmentModel, _ counts: OutputCounts, _ writer: AssignmentWriter
  ) -> JSONValue {
    .object([
      ("schema", .string("tessera.assign/1")), ("file", .optional(target)),
      (
        "segments",
        .array(
          zip(model.segments, counts.sizes).map { segment, size in
            .object([
              ("id", .string(segment.id)), ("name", .string(segment.name)),
              ("respondents", .integer(size)),
            ])
          })
      ),
      ("rejected", .integer(writer.rejectCount)), ("warnings", .strings(counts.warnings)),
    ])
  }
}
