import TesseraMath
import TesseraSegmentation
import TesseraSurvey

/// Segments by k-means over standardised indicators.
enum KMeansRun {
  static func run(_ task: SegmentationTask) throws(StudyError) -> FoundSegments {
    do {
      return try found(task)
    } catch {
      throw StudyError(whileSegmenting: error)
    }
  }

  private static func found(_ task: SegmentationTask) throws -> FoundSegments {
    let encoding = MatrixEncoding(task.encoded, scale: task.declaration.model.scale)
    let table = encoding.matrix(task.encoded.table.items)
    let weights = task.encoded.table.weights
    var problem = try KMeans(
      segments: 1, starts: max(1, task.declaration.starts ?? 20), standardisation: .none
    ).prepared(RespondentMatrix(table, weights: weights))
    let counts = try task.counts(distinct: problem.distinctCount)
    var fits: [KMeansFit] = []
    for count in counts {
      problem.settings.segments = count
      fits.append(
        try problem.fit(
          random: task.stream(.fit).split(count), workers: task.settings.workers,
          progress: task.settings.progress))
    }
    let effective = weights.effective(count: table.rows)
    let filled = table.filled
    let separations = fits.map {
      $0.segmentCount > 1
        ? Separation.calinskiHarabasz(filled, labels: $0.labels, weights: effective) : nil
    }
    let separated =
      fits.indices.max {
        (separations[$0] ?? 0, -$0) < (separations[$1] ?? 0, -$1)
      } ?? 0
    let replicated = try task.replicated(
      fits.map(\.segmentCount), chosen: separated, labels: fits.map(\.labels)
    ) { place, pairs in
      let fit = fits[place]
      return try task.stability(labels: fit.labels, count: fit.segmentCount, pairs: pairs) {
        people throws(SegmentationError) in
        var replicate = problem
        if let people {
          replicate = try problem.settings.prepared(
            RespondentMatrix(
              Matrix(
                rows: people.count, columns: table.columns, values: people.flatMap { table.row($0) }
              ),
              weights: CaseWeights(task.data.design.selecting(people))))
        }
        replicate.settings.segments = fit.segmentCount
        let fixed = replicate
        return { weights, random throws(SegmentationError) in
          try fixed.labels(resampled: weights, random: random)
        }
      }
    }
    let (stabilities, position) = (replicated.found, replicated.position)
    let chosen = fits[position]
    let silhouette =
      chosen.segmentCount > 1
      ? Silhouette(
        filled, labels: chosen.labels, weights: effective, limit: 2_000,
        random: task.stream(.silhouette), workers: task.settings.workers
      ).mean : nil
    var result = task.blankResult(method: SegmentationMethod.kmeans.rawValue)
    result.converged = chosen.ending.isConverged
    result.starts = StartCounts(run: chosen.starts.run, reachedBest: chosen.starts.reachedBest)
    // People halfway between two centroids stand where others like them will be placed.
    let items = task.encoded.table.items
    var unsettled = NearestPoints(encoding: encoding, points: chosen.centroids)
    let stepped =
      task.settings.minimumCell > 1
      ? unsettled.withRoundedShares(
        items, labels: unsettled.places(items), heads: task.data.design.heads,
        minimum: Double(task.settings.minimumCell)
      ) { task.settings.isStrict(task.encoded.indicators[$0]) } : nil
    if let stepped { unsettled = stepped }
    let settled = unsettled.settled(items, weights: task.data.design.weights)
    let points = settled?.points ?? unsettled
    let shares = settled?.shares ?? chosen.prevalence
    let posterior = (settled?.labels ?? chosen.labels).memberships(chosen.segmentCount)
    result.indicators = task.encoded.tallied(posterior, weights: task.data.design.weights)
    result.show(
      task, chosen.squaredDistances(of: table).similarities, .similarity,
      solutions: fits.map { ($0.labels, $0.segmentCount) })
    result.selection = fits.indices.map { place in
      SelectionRow(
        segments: fits[place].segmentCount, stability: stabilities[place]?.median,
        smallestShare: fits[place].prevalence.min() ?? 1,
        others: [
          NamedValue("within_ss", fits[place].objective.value),
          NamedValue("explained", fits[place].explained),
          NamedValue("calinski_harabasz", separations[place]),
        ] + SelectionRow.bands(stabilities[place]))
    }
    result.stability = stabilities[position].map { StabilityResult($0) }
    result.criteria = [
      NamedValue("within_ss", chosen.objective.value), NamedValue("total_ss", chosen.totalSquares),
      NamedValue("explained", chosen.explained),
      NamedValue("calinski_harabasz", separations[position]),
      NamedValue("silhouette", silhouette),
    ]
    var evidence = SegmentationEvidence()
    evidence.passedOver = replicated.passed.map { fits[$0].segmentCount }
    evidence.counts = CountStability.all(
      fits.map(\.labels), counts: fits.map(\.segmentCount), stabilities: stabilities,
      weights: effective)
    if chosen.segmentCount > 1 {
      evidence.continuum = ContinuumRun.gains(
        task, gain: ContinuumRun.divisions(task, segments: chosen.segmentCount))
      evidence.structure = try StructureRun.result(
        task, known: result.stability,
        divide: StructureRun.divisions(task, segments: chosen.segmentCount))
    }
    result.recommendation = sentences(
      chosen, separations: separations, position: position, fits: fits, evidence: evidence)
    result.recommendation += MethodWords.doubts(
      shares: chosen.prevalence, evidence: evidence, silhouette: silhouette,
      effective: task.data.design.effectiveSampleSize)
    if stepped != nil {
      result.warnings.append(MethodWords.steps(task.settings.minimumCell))
    }
    let gaps = table.values.count { $0.isNaN }
    if gaps > 0 {
      result.warnings.append(
        "\(gaps) of \(table.values.count) cells are without an answer; distances are taken over "
          + "what was answered.")
    }
    return FoundSegments(
      posterior: posterior, shares: shares, result: result, parameters: .nearest(points),
      resegmenter: KMeansRestart(
        problem: problem, segments: chosen.segmentCount, table: table,
        centroids: points.points, encoded: task.encoded), evidence: evidence)
  }

  private static func sentences(
    _ chosen: KMeansFit, separations: [Double?], position: Int, fits: [KMeansFit],
    evidence: SegmentationEvidence
  ) -> [String] {
    let name = chosen.segmentCount == 1 ? "One segment" : "\(chosen.segmentCount) segments"
    let reason =
      fits.count == 1
      ? "\(name), as asked for"
      : "\(name) by the Caliński-Harabasz index (\(decimal(separations[position] ?? 0, 1))), which "
        + "cannot speak for a single one" + MethodWords.passedOver(evidence)
    return MethodWords.sentences(reason, shares: chosen.prevalence, evidence: evidence)
      + MethodWords.search(chosen.starts, of: "sum of squares")
      + ["Segments explain \(decimal(100 * chosen.explained, 0))% of the sum of squares."]
  }
}

extension [Int] {
  /// Crisp memberships: rows × segments of 0 and 1.
  func memberships(_ segments: Int) -> Matrix {
    var result = Matrix(rows: count, columns: segments)
    for (row, label) in enumerated() { result[row, label] = 1 }
    return result
  }
}

extension Matrix {
  /// The matrix with 0 where a number is missing: the mean of a centred column.
  var filled: Matrix {
    Matrix(rows: rows, columns: columns, values: values.map { $0.isNaN ? 0 : $0 })
  }
}
