import TesseraMath
import TesseraSegmentation
import TesseraSurvey

/// Segments by any method that divides respondents without a model of their answers.
enum DivisionRun {
  /// Respondents above which silhouettes are estimated from a sample.
  private static let silhouetteLimit = 2_000
  /// Bootstrap pairs for methods that compare all respondents with all others.
  private static let slowPairs = 10

  static func run(_ task: SegmentationTask) throws(StudyError) -> FoundSegments {
    do {
      return try found(task)
    } catch let error as SegmentationError {
      throw told(error, task)
    } catch {
      throw StudyError(whileSegmenting: error)
    }
  }

  private static func told(_ error: SegmentationError, _ task: SegmentationTask) -> StudyError {
    guard case .answers(let item, _) = error, task.declaration.method == .kmodes else {
      return StudyError(segmentation: error)
    }
    return StudyError(
      code: "E0506", message: "k-modes needs categories, and \(item) holds numbers", column: item,
      hint: "use kprototypes, or declare the column nominal or ordinal")
  }

  private static func found(_ task: SegmentationTask) throws -> FoundSegments {
    let encoding = MatrixEncoding(task.encoded, scale: task.declaration.model.scale)
    let matrix = encoding.matrix(task.encoded.table.items)
    let plan = try DivisionPlan.make(task, encoding, matrix)
    let counts = try task.counts(distinct: DistinctAnswers.count(task.encoded.table))
    let effective = task.encoded.table.weights.effective(count: matrix.rows)
    var divisions: [Division] = []
    var silhouettes: [Double?] = []
    for count in counts {
      let division = try plan.divide(
        count, nil, task.stream(.fit).split(count), task.settings.workers)
      divisions.append(division)
      silhouettes.append(
        count > 1
          ? Silhouette(
            matrix.filled, labels: division.labels, weights: effective, limit: silhouetteLimit,
            random: task.stream(.silhouette), workers: task.settings.workers
          ).mean : nil)
      task.settings.progress.report("segments", divisions.count, counts.count)
    }
    let clearest =
      divisions.indices.max {
        (silhouettes[$0] ?? -1, -$0) < (silhouettes[$1] ?? -1, -$1)
      } ?? 0
    let replicated = try task.replicated(
      Array(counts), chosen: clearest, isSlow: plan.isSlow, labels: divisions.map(\.labels)
    ) { place, pairs in
      let count = counts[counts.index(counts.startIndex, offsetBy: place)]
      return try BootstrapStability(
        labels: divisions[place].labels, segmentCount: count,
        weights: CaseWeights(task.data.design),
        pairs: plan.isSlow ? min(pairs, slowPairs) : pairs,
        random: task.stream(.stability).split(count), workers: task.settings.workers,
        progress: task.settings.progress
      ) { sample, random throws(SegmentationError) in
        try plan.divide(count, sample, random, .single).labels
      }
    }
    let (stabilities, position) = (replicated.found, replicated.position)
    let chosen = divisions[position]
    let stability = stabilities[position]
    var evidence = SegmentationEvidence()
    evidence.passedOver = replicated.passed.map { divisions[$0].prevalence.count }
    evidence.counts = CountStability.all(
      divisions.map(\.labels), counts: Array(counts), stabilities: stabilities,
      weights: effective)
    let segments = chosen.prevalence.count
    let weights = task.data.design.weights
    // Points of real people are not for files that must not show them.
    let settled = chosen.nearest?().settled(task.encoded.table.items, weights: weights)
      .flatMap { $0.points.areRespondents && task.settings.privacy == .strict ? nil : $0 }
    let labels = settled?.labels ?? chosen.labels
    let shares = settled?.shares ?? chosen.prevalence
    let posterior = chosen.posterior ?? labels.memberships(segments)
    let model = AnswerModel.of(task.encoded, posterior, weights: weights, shares: shares)
    var result = task.blankResult(method: task.declaration.method.rawValue)
    result.converged = chosen.ending.isConverged
    result.starts = StartCounts(run: chosen.starts.run, reachedBest: chosen.starts.reachedBest)
    result.indicators = task.encoded.tallied(posterior, weights: task.data.design.weights)
    let placed = try placed(task, model)
    result.show(
      task, placed, .posterior, solutions: divisions.map { ($0.labels, $0.prevalence.count) })
    result.criteria = chosen.criteria + [NamedValue("silhouette", silhouettes[position])]
    result.selection = divisions.indices.map { place in
      SelectionRow(
        segments: divisions[place].prevalence.count, stability: stabilities[place]?.median,
        smallestShare: divisions[place].prevalence.min() ?? 1,
        others: divisions[place].criteria + [NamedValue("silhouette", silhouettes[place])]
          + SelectionRow.bands(stabilities[place]))
    }
    result.stability = stability.map { StabilityResult($0) }
    if segments > 1 {
      evidence.continuum = ContinuumRun.gains(
        task, isSlow: plan.isSlow, gain: ContinuumRun.divisions(task, segments: segments))
      evidence.structure = try StructureRun.result(
        task, known: result.stability,
        divide: StructureRun.divisions(task, segments: segments))
    }
    result.recommendation = sentences(task, segments, silhouettes, position, shares, evidence)
    result.recommendation += MethodWords.search(chosen.starts, of: "cost")
    result.recommendation += MethodWords.components(chosen.criteria)
    result.recommendation += MethodWords.agreements(chosen.criteria)
    result.recommendation += MethodWords.doubts(
      shares: shares, evidence: evidence, silhouette: silhouettes[position],
      effective: task.data.design.effectiveSampleSize)
    result.warnings =
      warnings(task, plan, settled == nil ? placed.likeliest : nil, chosen) + chosen.words
    return FoundSegments(
      posterior: posterior, shares: shares, result: result,
      parameters: settled.map { .nearest($0.points) } ?? .latentClass(model),
      resegmenter: plan.isSlow
        ? nil
        : DivisionRestart(
          plan: plan, segments: segments, posterior: posterior, encoded: task.encoded),
      evidence: evidence)
  }

  private static func sentences(
    _ task: SegmentationTask, _ segments: Int, _ silhouettes: [Double?], _ position: Int,
    _ shares: [Double], _ evidence: SegmentationEvidence
  ) -> [String] {
    let name = segments == 1 ? "One segment" : "\(segments) segments"
    let reason =
      silhouettes.count == 1
      ? "\(name), as asked for"
      : "\(name) by the mean silhouette (\(decimal(silhouettes[position] ?? 0, 2))), which cannot "
        + "speak for a single one" + MethodWords.passedOver(evidence)
    return MethodWords.sentences(reason, shares: shares, evidence: evidence)
  }

  /// The chance of each segment by the answers typical of it, as new respondents are placed.
  private static func placed(
    _ task: SegmentationTask, _ model: LatentClassModel
  ) throws(SegmentationError) -> Matrix {
    let table = task.encoded.table
    let items = zip(table.items, model.items).map {
      Item(name: $0.name, measurement: $1.measurement, answers: $0.answers)
    }
    return try model.posterior(
      of: ItemTable(respondentCount: table.respondentCount, items: items))
  }

  /// How new respondents are placed where the method itself does not say it, and how often that
  /// agrees with the method.
  private static func warnings(
    _ task: SegmentationTask, _ plan: DivisionPlan, _ scored: [Int]?, _ chosen: Division
  ) -> [String] {
    var warnings: [String] = []
    if let scored {
      var agreed = 0.0
      for (row, label) in scored.enumerated() where label == chosen.labels[row] {
        agreed += task.data.design.heads(row)
      }
      let share = agreed / task.data.design.respondents
      warnings.append(
        "New respondents are placed by the answers typical of each segment; this places "
          + "\(decimal(100 * share, 1))% of the study's own respondents as the method did.")
    }
    if plan.isSlow {
      warnings.append(
        "This method is too slow to be repeated in every bootstrap replicate, so intervals of the "
          + "fit take the segments as known.")
    }
    return warnings
  }
}

extension SelectionRow {
  /// The band of a number's stability, for its row.
  static func bands(_ stability: BootstrapStability?) -> [NamedValue] {
    guard let stability else { return [] }
    return [
      NamedValue("stability_low", stability.low), NamedValue("stability_high", stability.high),
      NamedValue("smallest_jaccard", stability.smallestJaccard),
    ]
  }
}

/// Segments the same respondents again by the same method.
struct DivisionRestart: Resegmenter {
  let plan: DivisionPlan
  let segments: Int
  let posterior: Matrix
  let encoded: EncodedStudy

  func estimates(of numbers: [Double], posterior: () -> Matrix, weights: [Double]) -> (
    shares: [Double], answers: [[[Double]]]
  )? { encoded.estimates(posterior(), weights: weights) }

  func resegment(
    weights: [Double], start: ResegmentationStart
  ) -> (posterior: Matrix, objective: Double) {
    let stream: RandomStream =
      if case .fresh(let stream, _) = start { stream } else { RandomStream(seed: 1) }
    guard let division = try? plan.divide(segments, .sampling(weights), stream, .single) else {
      return (posterior, -.infinity)
    }
    let objective: Double =
      switch division.objective {
      case .maximised(let value): value
      case .minimised(let value): -value
      }
    return (division.posterior ?? division.labels.memberships(segments), objective)
  }
}
