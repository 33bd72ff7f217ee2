import ArgumentParser
import Foundation
import TesseraFiles
import TesseraReport
import TesseraStudy
import TesseraSurvey
import TesseraWaves

/// `tessera compare`: two segmentations of the same people.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Two segmentations of the same people: agreement, and who moves where.",
    discussion: """
      Each of the two is a folder of a finished run or a table of assignments (columns id and \
      segment); people are matched by identifier. With --survey the two are models (segments.json or \
      folders) that are both applied to one survey. Shares are weighted where a run's study has \
      weights; small segments are hidden under the privacy rule.

      EXAMPLES
        tessera compare spring-tessera autumn-tessera
        tessera compare assigned-old.csv assigned-new.csv -o compared
        tessera compare four-tessera/segments.json five-tessera/segments.json --survey wave2.csv
      """)

  @Argument(help: "Folder of a run, assignments.csv, or with --survey a model.")
  var first: String

  @Argument(help: "The same for the other segmentation.")
  var second: String

  @Option(help: ArgumentHelp("A survey to which both models are applied.", valueName: "file"))
  var survey: String?

  @OptionGroup var report: ReportFolder
  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    var settings = work.settings(output)
    if settings.privacy == .none { settings.minimumCell = 1 }
    let options = try reading.options(threads: work.threads)
    let source = ComparisonSource(
      options: options, settings: settings, survey: survey, warn: output.warn)
    let sides = ComparisonSource.told(
      try source.segmentation(first), try source.segmentation(second))
    let comparison = try SegmentComparison(
      sides.0, sides.1, settings: settings)
    let notes = settings.privacy == .none ? [Privacy.unprotected] : []
    let told = ComparisonReport(comparison, notes: notes, numbers: report.numbers)
    try report.write(told.document, told.summary, comparison.json, as: "compare", output)
  }
}

/// Where a segmentation to be compared comes from.
struct ComparisonSource {
  let options: ReadingOptions
  let settings: RunSettings
  /// A survey to which models are applied; `nil` to take what was assigned.
  let survey: String?
  let warn: (String) -> Void

  /// Reads who belongs where.
  ///
  /// - Parameter path: A folder of a run, a table of assignments, or a model.
  /// - Returns: The segmentation; people by identifier.
  /// - Throws: ``ReportedError`` that says where, what and what to do.
  func segmentation(_ path: String) throws -> ComparedSegmentation {
    var folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    let url = URL(fileURLWithPath: folder)
    let parent = url.deletingLastPathComponent().relativePath
    // The table of a run is the run: its model has the names.
    if url.lastPathComponent == "assignments.csv",
      FileManager.default.fileExists(atPath: "\(parent)/segments.json")
    {
      folder = parent
    }
    let isFolder = FileManager.default.fileExists(atPath: "\(folder)/segments.json")
    let label = Self.label(folder)
    if let survey {
      let model = try ModelFile.read(isFolder ? "\(folder)/segments.json" : folder)
      return try applied(model, to: survey, label: label)
    }
    if isFolder {
      let model = try ModelFile.read("\(folder)/segments.json")
      let people = try AssignmentFile.read("\(folder)/assignments.csv", options)
      let weights = runWeights(folder, people)
      return ComparedSegmentation(
        label: label, people: people, names: Self.names(model), weights: weights?.values,
        isFrequency: weights?.isFrequency ?? false)
    }
    if folder.hasSuffix(".json") {
      throw UsageError(
        message: "a model alone has no people to compare",
        hint: "name a survey to apply both models to: --survey FILE")
    }
    return ComparedSegmentation(label: label, people: try AssignmentFile.read(folder, options))
  }

  /// Labels that tell the two apart.
  static func told(
    _ one: ComparedSegmentation, _ other: ComparedSegmentation
  ) -> (ComparedSegmentation, ComparedSegmentation) {
    guard one.label == other.label else { return (one, other) }
    func labelled(_ side: ComparedSegmentation, _ word: String) -> ComparedSegmentation {
      ComparedSegmentation(
        label: "\(side.label) (\(word))", people: side.people, names: side.names,
        weights: side.weights, isFrequency: side.isFrequency)
    }
    return (labelled(one, "first"), labelled(other, "second"))
  }

  /// The file's or folder's own name; that of the folder for the files that every run has.
  private static func label(_ path: String) -> String {
    let url = URL(fileURLWithPath: path)
    let name = url.lastPathComponent
    guard name == "assignments.csv" || name == "segments.json" else { return name }
    return url.deletingLastPathComponent().lastPathComponent
  }

  private static func names(_ model: SegmentModel) -> [String: String] {
    Dictionary(model.segments.map { ($0.id, $0.name) }) { first, _ in first }
  }

  private func applied(
    _ model: SegmentModel, to path: String, label: String
  ) throws -> ComparedSegmentation {
    let assigner = Assigner(model)
    let reading = try model.survey?.readingOptions(over: options) ?? options
    let data = try assigner.prepare(try SurveyReader.read([path], options: reading))
    let batch = try assigner.assign(data.survey, workers: settings.workers)
    for warning in batch.warnings { warn(warning) }
    let labels = batch.labels
    let rows = labels.indices.filter { labels[$0] != nil }
    let isWeighted = data.design.kind != .none
    return ComparedSegmentation(
      label: label,
      // Both models are applied to the same rows, so that these identify people.
      people: rows.map { row in
        .init(
          id: String(data.sourceRows[row]), segment: model.segments[labels[row] ?? 0].id)
      }, names: Self.names(model),
      weights: isWeighted ? rows.map { data.design.weights[$0] } : nil,
      isFrequency: data.design.kind == .frequency)
  }

  /// The weights of a run's study, for its people in their order; `nil` where it has none.
  private func runWeights(
    _ folder: String, _ people: [ComparedSegmentation.Person]
  ) -> (values: [Double], isFrequency: Bool)? {
    guard let finished = try? FinishedRun(folder), finished.study.hasSuffix("ml") else {
      return nil
    }
    guard let study = try? Study.load(path: finished.study, options: options) else {
      warn(
        "\(folder): its study cannot be read at \(finished.study); shares are unweighted if it had "
          + "weights")
      return nil
    }
    guard study.data.design.kind != .none else { return nil }
    let ids = study.data.ids ?? study.data.sourceRows.map { String($0 + 1) }
    let known = Dictionary(zip(ids, study.data.design.weights)) { first, _ in first }
    let found = people.map { known[$0.id] }
    guard found.allSatisfy({ $0 != nil }) else {
      warn("\(folder): the survey has changed since the run; shares are unweighted")
      return nil
    }
    return (found.compactMap { $0 }, study.data.design.kind == .frequency)
  }
}
