import TesseraMath
import TesseraSegmentation

/// How much less likely answers are under the frozen model than free sizes and profiles (M2) expect.
///
/// What M2 expects is the mean over ten sets drawn from it. Of each log-likelihood the part that M2's own
/// scores explain (least squares) is taken out, in the survey and in those sets: scores have a mean of 0
/// under M2, and M2 was fitted to the same answers. How far chance alone moves the rest is told by sets in
/// which people of one segment changed waves, each treated like the survey: answers that go together
/// within segments do so in all waves, and are no change.
struct WaveMisfit: Sendable {
  let frozen: LatentClassModel
  /// Sets drawn from M2.
  private static let draws = 10

  /// Falls in mean log-likelihood per person of each wave after the first, against the first, in nats;
  /// `nil` where scores cannot be told apart.
  ///
  /// - Complexity: O(rows · numbers of the model²).
  func falls(
    _ fitter: WaveFitter, _ models: WaveModels, stream: RandomStream
  ) throws(SegmentationError) -> [Double]? {
    let answers = fitter.answers
    let own = try frozen.logLikelihoods(of: answers.table)
    var slopes: [[Double]] = []
    for wave in fitter.rows.indices {
      guard let found = self.slopes(own, fitter, models, wave) else { return nil }
      slopes.append(found)
    }
    func means(_ table: ItemTable) throws(SegmentationError) -> [Double] {
      let rests = try rests(table, fitter, models, slopes)
      let weights = answers.weights
      return fitter.rows.map { rows in
        rows.reduce(0) { $0 + weights[$1] * rests[$1] } / rows.reduce(0) { $0 + weights[$1] }
      }
    }
    let drawing = try drawing(fitter, models)
    var random = stream
    var expected = [Double](repeating: 0, count: fitter.rows.count)
    for _ in 0..<Self.draws {
      let drawn = try means(try drawing.draw(&random))
      for wave in expected.indices { expected[wave] += drawn[wave] / Double(Self.draws) }
    }
    let falls = zip(expected, try means(answers.table)).map { $0 - $1 }
    return falls.dropFirst().map { $0 - falls[0] }
  }

  /// Log-likelihoods under the frozen model without what the scores explain.
  private func rests(
    _ table: ItemTable, _ fitter: WaveFitter, _ models: WaveModels, _ slopes: [[Double]]
  ) throws(SegmentationError) -> [Double] {
    var rests = try frozen.logLikelihoods(of: table)
    for (wave, rows) in fitter.rows.enumerated() {
      let model = models.free[wave].model
      let posterior = try model.posterior(of: try table.selecting(rows))
      let fitted = WaveScores(model, posterior: posterior, table: table, rows: rows).matrix
        .multiplied(by: slopes[wave])
      for (place, row) in rows.enumerated() { rests[row] -= fitted[place] }
    }
    return rests
  }

  /// Draws from M2; only means are wanted, so that people are drawn by themselves.
  private func drawing(
    _ fitter: WaveFitter, _ models: WaveModels
  ) throws(SegmentationError) -> WaveDrawing {
    let answers = fitter.answers
    let waves = models.free.map { $0.model }
    var places = [Int](repeating: 0, count: answers.waves.count)
    var sizes: [RowSizes] = []
    for (wave, rows) in fitter.rows.enumerated() {
      sizes.append(RowSizes(waves[wave], try answers.table.selecting(rows)))
      for (place, row) in rows.enumerated() { places[row] = place }
    }
    return WaveDrawing(
      answers, .none(rows: answers.waves.count, items: answers.table.items.count), models: waves,
      sizes: { sizes[answers.waves[$0]][places[$0]] })
  }

  /// Of log-likelihoods of a wave by the scores of its model, by weighted least squares.
  private func slopes(
    _ values: [Double], _ fitter: WaveFitter, _ models: WaveModels, _ wave: Int
  ) -> [Double]? {
    let rows = fitter.rows[wave]
    let weights = rows.map { fitter.answers.weights[$0] }
    let mean = zip(rows, weights).reduce(0) { $0 + $1.1 * values[$1.0] } / weights.reduce(0, +)
    let scores = WaveScores(
      models.free[wave].model, posterior: models.free[wave].posterior,
      table: fitter.answers.table, rows: rows
    ).matrix
    guard scores.columns > 0 else { return [] }
    var normal = scores.crossProduct(weights: weights)
    for place in 0..<normal.rows { normal[place, place] += 1e-8 * max(normal[place, place], 1e-12) }
    guard let root = try? Cholesky(normal) else { return nil }
    return root.solve(
      scores.transposedMultiplied(
        by: zip(rows, weights).map { $1 * (values[$0] - mean) }))
  }
}

extension SegmentsMoved.Misfit {
  /// Holds the falls of the survey against those of sets without a change; the survey counts among them.
  ///
  /// p is the share of sets whose falls are as far from their mean, by their covariance.
  init?(_ found: [Double]?, sets: [[Double]?]) {
    guard let found, sets.count > found.count + 1 else { return nil }
    let all = sets.compactMap(\.self) + [found]
    guard all.count == sets.count + 1 else { return nil }
    let means = found.indices.map { wave in
      all.reduce(0) { $0 + $1[wave] } / Double(all.count)
    }
    let centred = all.map { falls in zip(falls, means).map { $0 - $1 } }
    var covariance = Matrix(rows: found.count, columns: found.count)
    for falls in centred {
      for one in falls.indices {
        for other in falls.indices {
          covariance[one, other] += falls[one] * falls[other] / Double(all.count - 1)
        }
      }
    }
    // The errors are those of the sets alone.
    errors = found.indices.map { wave in
      let own = sets.compactMap { $0?[wave] }
      let mean = own.reduce(0, +) / Double(own.count)
      return (own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(own.count - 1)).squareRoot()
    }
    falls = found
    guard let root = try? Cholesky(covariance) else {
      pValue = nil
      return
    }
    let distances = centred.map { falls in
      zip(falls, root.solve(falls)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let own = distances[distances.count - 1]
    // A set of the same falls is as far.
    pValue = Double(distances.count { $0 >= own * (1 - 1e-12) }) / Double(distances.count)
  }
}
