import ArgumentParser
import Foundation
import TesseraFiles
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// `tessera run`: a study from survey to report.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "The main job: segments, profiles, fit and report from one study file.",
    discussion: """
      Writes report.html (six screens), appendix.html (every table), both as Markdown, deck.pptx, \
      workbook.xlsx, appendix.xlsx, tables.xlsx where the study says banner:, segments, profiles and \
      fit as JSON and CSV, assignments.csv, charts/ and run.json into a folder beside the study, or \
      where -o says. The same study and seed give the same results, on one thread or on many.

      EXAMPLES
        tessera run study.yaml
        tessera run study.yaml -o results --seed 7
        tessera run study.yaml --locale de --png --sav
        tessera run study.yaml --take 5
        tessera run study.yaml --json | jq '.findings[]'
      """)

  @Argument(help: "The study file; tessera init drafts one.")
  var study: String

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "Folder for the outputs. Default: the study's name with -tessera behind it.")
  var folder: String?

  @Option(
    help: ArgumentHelp(
      "Adopt another number of segments from solutions.json of an earlier run in the folder.",
      discussion:
        "A new folder takes it from the study's own. Nothing is searched anew, and run.json says that a "
        + "person chose it.",
      valueName: "number"))
  var take: Int?

  @Flag(help: "Write into a folder that holds something else.")
  var force = false

  @OptionGroup(title: "Report") var report: ReportOptions
  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let folder = folder ?? OutputFolder.standard(for: study)
    try RunCommand.execute(
      study: study, folder: folder, force: force,
      command: "run", style: report.style, work: work,
      take: try take.map {
        try StoredSolutions.taking($0, in: folder, or: OutputFolder.standard(for: study))
      },
      reading: reading.options(threads: work.threads), output: output)
  }

  /// Runs a study and writes its outputs; what `run` and `demo` share.
  static func execute(
    study: String, folder path: String, force: Bool, command: String, style: ReportStyle,
    work: WorkOptions, take: SolutionsFile? = nil, reading: ReadingOptions, output: OutputOptions
  ) throws {
    let run = try StudyRun.run(
      study, reading: reading, settings: work.settings(output),
      previous: PreviousRun.model(in: path), take: take)
    let folder = try OutputFolder(path: path, force: force)
    var outputs = RunOutputs(run: run, command: command, style: style)
    outputs.tell = output.note
    outputs.previous = folder.path
    let files = try folder.whole { try outputs.write(to: $0) }
    if let note = StoredNames.keep(
      run.segmentation, run.study.file.segments, sources: run.study.sources,
      at: NamesFile.path(of: study))
    {
      output.warn(note)
    }
    if output.json {
      try Console.out(outputs.summary(folder, files: files).text)
      return
    }
    let findings = Findings(run.results)
    for sentence in findings.sentences {
      try Console.out("* " + DisplayText.escaped(sentence, limit: 2000))
    }
    if let fit = run.results.productFit {
      if let mark = findings.mark { try Console.out("\n" + mark) }
      try Console.out(
        "\n\(FitTable.caption(fit)):\n" + FitTable.grid(fit).joined(separator: "\n"))
    }
    try Console.out("\nThe report: \(folder.path)/report.html")
    let step = run.segmentation.result.verdict?.nextStep
    if let note = run.qualityNote { try Console.out(note) }
    RunNotes(notes: [step].compactMap { $0 } + run.study.notices, warnings: run.warnings)
      .without(findings.verdict).tell(output, folder: folder.path, always: run.study.warnings)
  }
}

/// What an earlier run left in a folder.
enum PreviousRun {
  /// The model in a folder, if there is one that can be read.
  ///
  /// - Parameter folder: The folder.
  /// - Returns: The model; `nil` on a first run.
  static func model(in folder: String) -> SegmentModel? {
    guard let data = FileManager.default.contents(atPath: "\(folder)/segments.json") else {
      return nil
    }
    return try? SegmentModel.read(data)
  }
}
