import Foundation
import TesseraDesign
import TesseraMath
import TesseraSegmentation

/// How much less likely answers are under the frozen model than free sizes and profiles (M2) expect.
///
/// What M2 expects is the mean over sets drawn from it. Of each log-likelihood the part that M2's own
/// scores explain (least squares) is taken out, in the survey and in the sets: scores have a mean of 0
/// under M2, and M2 was fitted to the same answers. What is left says how far the error goes, by design.
struct WaveMisfit {
  let fitter: WaveFitter
  let models: WaveModels
  let dependence: WaveDependence
  let frozen: LatentClassModel

  /// The falls, against the first wave; `nil` where the scores cannot be told apart.
  func found(
    sets: Int, stream: RandomStream, workers: Workers
  ) throws(SegmentationError) -> SegmentsMoved.Misfit? {
    let answers = fitter.answers
    let waves = answers.waveCount
    let own = try frozen.logLikelihoods(of: answers.table)
    var slopes: [[Double]] = []
    for wave in 0..<waves {
      guard let found = self.slopes(own, wave) else { return nil }
      slopes.append(found)
    }
    let rests = try rests(answers.table, slopes)
    let means = means(rests)
    let drawn = try drawn(sets, slopes, stream: stream, workers: workers)
    let expected = (0..<waves).map { wave in
      drawn.reduce(0) { $0 + $1[wave] } / Double(sets)
    }
    let falls = (0..<waves).map { expected[$0] - means[$0] }
    var parts = [Double](repeating: 0, count: own.count)
    let weights = answers.weights
    for (wave, rows) in fitter.rows.enumerated() {
      let total = rows.reduce(0) { $0 + weights[$1] }
      for row in rows { parts[row] = -weights[row] * (rests[row] - means[wave]) / total }
    }
    // Change against the first wave.
    var covariance = answers.units.covariance(waves - 1) { row, sums in
      if answers.waves[row] > 0 {
        sums[answers.waves[row] - 1] = parts[row]
      } else {
        for place in sums.indices { sums[place] = -parts[row] }
      }
    }
    addError(&covariance, drawn, expected)
    let changes = (1..<waves).map { falls[$0] - falls[0] }
    return SegmentsMoved.Misfit(
      falls: changes, errors: (0..<waves - 1).map { covariance[$0, $0].squareRoot() },
      pValue: WaldTest(
        changes, covariance: covariance, degreesOfFreedom: answers.units.degreesOfFreedom)?.pValue)
  }

  /// Adds what the mean over few sets leaves open.
  private func addError(_ covariance: inout Matrix, _ drawn: [[Double]], _ expected: [Double]) {
    let count = Double(drawn.count)
    guard count > 1 else { return }
    for one in 0..<covariance.rows {
      for other in 0..<covariance.columns {
        let products = drawn.reduce(0) { sum, set in
          let first = set[0] - expected[0]
          return sum + (set[one + 1] - expected[one + 1] - first)
            * (set[other + 1] - expected[other + 1] - first)
        }
        covariance[one, other] += products / (count - 1) / count
      }
    }
  }

  /// Weighted mean of each wave.
  private func means(_ values: [Double]) -> [Double] {
    let weights = fitter.answers.weights
    return fitter.rows.map { rows in
      rows.reduce(0) { $0 + weights[$1] * values[$1] } / rows.reduce(0) { $0 + weights[$1] }
    }
  }

  /// Log-likelihoods under the frozen model without what the scores explain.
  private func rests(
    _ table: ItemTable, _ slopes: [[Double]]
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

  /// Mean rests in each wave of sets drawn from M2.
  private func drawn(
    _ sets: Int, _ slopes: [[Double]], stream: RandomStream, workers: Workers
  ) throws(SegmentationError) -> [[Double]] {
    let answers = fitter.answers
    let waves = models.free.map { $0.model }
    var places = [Int](repeating: 0, count: answers.waves.count)
    var sizes: [RowSizes] = []
    for (wave, rows) in fitter.rows.enumerated() {
      sizes.append(RowSizes(waves[wave], try answers.table.selecting(rows)))
      for (place, row) in rows.enumerated() { places[row] = place }
    }
    let drawing = WaveDrawing(
      answers, dependence, models: waves,
      sizes: { sizes[answers.waves[$0]][places[$0]] })
    return try workers.tryMap(sets) { set throws(SegmentationError) in
      var random = stream.split(set)
      return means(try rests(try drawing.draw(&random), slopes))
    }
  }

  /// Of log-likelihoods of a wave by the scores of its model, by weighted least squares.
  private func slopes(_ values: [Double], _ wave: Int) -> [Double]? {
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

/// The derivatives of each person's log-likelihood by the numbers of a model of one wave.
struct WaveScores {
  /// People × numbers of the model.
  private(set) var matrix: Matrix

  init(_ model: LatentClassModel, posterior: Matrix, table: ItemTable, rows: [Int]) {
    var columns: [[Double]] = []
    let segments = model.classCount
    for latent in 1..<max(1, segments) {
      columns.append(rows.indices.map { posterior[$0, latent] - model.prevalence[latent] })
    }
    for (place, item) in model.items.enumerated() {
      columns += Self.scores(item, table.items[place], posterior, rows, segments)
    }
    matrix = Matrix(rows: rows.count, columns: columns.count)
    for (column, values) in columns.enumerated() {
      for (row, value) in values.enumerated() { matrix[row, column] = value }
    }
  }

  private static func scores(
    _ model: ItemModel, _ item: Item, _ posterior: Matrix, _ rows: [Int], _ segments: Int
  ) -> [[Double]] {
    func column(_ value: (_ place: Int, _ row: Int) -> Double) -> [Double] {
      rows.enumerated().map { item.isMissing($1) ? 0 : value($0, $1) }
    }
    /// What a class's chance of an answer adds.
    func part(_ place: Int, _ row: Int, _ latent: Int, _ answer: Int, _ chance: Double) -> Double {
      let given = item.code(row) == answer + 1 ? 1.0 : 0
      return posterior[place, latent] * (given - chance)
    }
    var columns: [[Double]] = []
    switch model.distribution {
    case .categories(let chances):
      for latent in 0..<segments {
        for answer in 1..<max(1, chances[latent].count) {
          columns.append(column { part($0, $1, latent, answer, chances[latent][answer]) })
        }
      }
    case .adjacentCategories(let chances, _, _, let scores):
      for answer in 1..<max(1, scores.count) {
        columns.append(
          column { place, row in
            var sum = 0.0
            for latent in 0..<segments {
              sum += part(place, row, latent, answer, chances[latent][answer])
            }
            return sum
          })
      }
      for latent in 1..<max(1, segments) {
        var mean = 0.0
        for (chance, score) in zip(chances[latent], scores) { mean += chance * score }
        let centre = mean
        columns.append(
          column { place, row in
            posterior[place, latent] * (scores[item.code(row) - 1] - centre)
          })
      }
    case .normal(let means, let variances):
      guard case .numbers(let numbers) = item.answers else { return [] }
      for latent in 0..<segments {
        columns.append(column { posterior[$0, latent] * (numbers[$1] - means[latent]) })
        columns.append(
          column { place, row in
            let distance = numbers[row] - means[latent]
            return posterior[place, latent] * (distance * distance - variances[latent])
          })
      }
    case .counts, .zeroInflated:
      guard case .numbers(let numbers) = item.answers else { return [] }
      for latent in 0..<segments {
        let mean = model.means[latent]
        columns.append(column { posterior[$0, latent] * (numbers[$1] - mean) })
        guard case .zeroInflated = model.distribution else { continue }
        let none = exp(model.distribution.logChances(count: 0)[latent])
        columns.append(column { posterior[$0, latent] * ((numbers[$1] == 0 ? 1 : 0) - none) })
      }
    }
    return columns
  }
}
