import TesseraMath
import TesseraSegmentation
public import TesseraStudy
import TesseraSurvey

/// Follows the segments of a frozen model over waves.
public enum Track {
  /// Types every wave by the frozen model and compares sizes, profiles, needs, fit and funnels.
  ///
  /// Intervals and tests are by design: weights, strata, clusters, and the covariance of people seen in
  /// several waves. One test is made for each size, question, product and step in each segment and of
  /// everybody, over all waves at once; p values are adjusted over all of them (Benjamini-Hochberg), so
  /// that at most 5% of the changes told are expected to be chance, and where nothing changed any is
  /// told in at most 5% of reports.
  ///
  /// - Parameters:
  ///   - waves: The waves, in order; two or more.
  ///   - model: The frozen model.
  ///   - study: What is asked beside the model's questions; `nil` for these alone.
  ///   - sets: Sets drawn for the references of ``SegmentsMoved``; 0 leaves that out.
  ///   - settings: Seed, threads, smallest group.
  /// - Returns: What changed.
  /// - Throws: ``StudyError`` E0531, E0510 or those of the study's products.
  /// - Complexity: O(rows · questions · segments + sets · fits).
  public static func run(
    _ waves: [SurveyWave], model: SegmentModel, study: Study? = nil, sets: Int = 199,
    settings: RunSettings
  ) throws(StudyError) -> TrackResult {
    let stacked = try StackedWaves(waves, model: model, workers: settings.workers)
    let sizes = WaveSizes(stacked)
    let estimator = WaveEstimator(stacked, sizes: sizes, settings: settings)
    let columns = try TrackedColumns(stacked, study: study, settings: settings)
    let found = settings.workers.map(columns.columns.count) {
      estimator.series(columns.columns[$0])
    }
    var all = estimator.sizes(sizes) + found.flatMap { $0 }
    let tests = adjust(&all)
    var result = TrackResult(
      waves: stacked.names.enumerated().map { wave, name in
        let weights = stacked.waves.indices.filter { stacked.waves[$0] == wave }
          .map { stacked.weights[$0] }
        let sum = weights.reduce(0, +)
        return TrackResult.Wave(
          name: name, respondents: Double(weights.count),
          effective: sum * sum / weights.reduce(0) { $0 + $1 * $1 })
      },
      segments: model.segments, sizes: all.filter { $0.kind == .size },
      measures: all.filter { $0.kind != .size }, moved: nil,
      questions: model.indicators.map { ($0.name, $0.label) }, panel: panel(stacked, settings),
      tests: tests, isWeighted: waves.contains { $0.data.design.kind == .sampling },
      notes: stacked.notes + columns.notes)
    if sets > 0 { result.moved = try moved(stacked, &result, sets, settings) }
    return result
  }

  /// Adjusts one p for each question in each segment.
  private static func adjust(_ all: inout [TrackedSeries]) -> (made: Int, found: Int) {
    let leading = all.indices.filter { all[$0].leads && all[$0].pValue != nil }
    let adjusted = MultipleTesting.benjaminiHochberg.adjusted(leading.map { all[$0].pValue })
    var ofTest: [String: Double] = [:]
    for (place, series) in leading.enumerated() {
      ofTest[all[series].test] = adjusted[place]
    }
    for place in all.indices where all[place].pValue != nil {
      all[place].pAdjusted = ofTest[all[place].test]
    }
    return (leading.count, leading.count { all[$0].isChanged })
  }

  private static func panel(_ stacked: StackedWaves, _ settings: RunSettings) -> Int? {
    let people = Set(stacked.persons.filter { $0 >= 0 }).count
    return people == 0 || people >= settings.minimumCell ? people : nil
  }

  private static func moved(
    _ stacked: StackedWaves, _ result: inout TrackResult, _ sets: Int, _ settings: RunSettings
  ) throws(StudyError) -> SegmentsMoved? {
    guard case .latentClass(let classes) = stacked.model.parameters, let items = stacked.items,
      classes.classCount > 1
    else {
      result.notes.append(
        "Whether the segments themselves have moved is told for latent class models of two segments or "
          + "more.")
      return nil
    }
    do throws(SegmentationError) {
      let table = try ItemTable(
        respondentCount: items.respondentCount, items: items.items,
        weights: result.isWeighted ? .sampling(stacked.weights) : .none,
        covariates: items.covariates)
      let answers = try WaveAnswers(
        table: table, waves: stacked.waves, persons: stacked.persons, clusters: stacked.clusters,
        strata: stacked.strata)
      return try SegmentsMoved(
        answers, frozen: classes, sets: sets, stream: RandomStream(seed: settings.seed),
        workers: settings.workers, progress: settings.progress)
    } catch {
      throw StudyError(code: "E0506", message: error.description)
    }
  }
}

extension TrackedSeries {
  /// What the test is about: answers of one question in one segment share it.
  fileprivate var test: String { "\(kind.rawValue)|\(name)|\(segment ?? -1)" }
}
