import TesseraMath
import TesseraSegmentation
import TesseraStudy

/// Sizes of the segments in each wave, profiles frozen.
///
/// Posterior probabilities of the frozen model lean towards its own sizes. So the sizes of a wave are the
/// maximum of its likelihood under the frozen profiles; where nothing changed these are the sizes of
/// the study. Where the model has no chances of answers, they are the shares of the people placed.
///
/// - Reference: Saerens, Latinne & Decaestecker (2002), *Neural Computation* 14(1), 21-41.
struct WaveSizes: Sendable {
  /// Waves × segments.
  let shares: Matrix
  /// What each row adds to the sizes of its wave: rows × segments.
  let parts: Matrix
  /// Probabilities of the segments with the sizes of the wave: rows × segments.
  let posterior: Matrix

  private static let rounds = 2_000

  init(_ stacked: StackedWaves) {
    let (rows, segments) = (stacked.waves.count, stacked.segments)
    var shares = Matrix(rows: stacked.waveCount, columns: segments)
    var parts = Matrix(rows: rows, columns: segments)
    var posterior = stacked.frozen
    for wave in 0..<stacked.waveCount {
      let members = stacked.waves.indices.filter { stacked.waves[$0] == wave }
      let weights = members.map { stacked.weights[$0] }
      let found = Self.sizes(stacked, members, weights)
      for segment in 0..<segments { shares[wave, segment] = found.sizes[segment] }
      for (place, row) in members.enumerated() {
        for segment in 0..<segments {
          posterior[row, segment] = found.posterior[place, segment]
          parts[row, segment] = found.parts[place, segment]
        }
      }
    }
    self.shares = shares
    self.parts = parts
    self.posterior = posterior
  }

  private static func sizes(
    _ stacked: StackedWaves, _ members: [Int], _ weights: [Double]
  ) -> (sizes: [Double], posterior: Matrix, parts: Matrix) {
    let segments = stacked.segments
    let total = weights.reduce(0, +)
    var own = Matrix(rows: members.count, columns: segments)
    for (place, row) in members.enumerated() {
      for segment in 0..<segments { own[place, segment] = stacked.frozen[row, segment] }
    }
    guard case .latentClass(let model) = stacked.model.parameters else {
      return placed(own, weights)
    }
    guard model.membership == nil, segments > 1 else { return placed(own, weights) }
    let given = own
    var sizes = model.prevalence
    for _ in 0..<rounds {
      for place in 0..<given.rows {
        var sum = 0.0
        for segment in 0..<segments {
          let value =
            given[place, segment] * sizes[segment] / max(model.prevalence[segment], 1e-12)
          own[place, segment] = value
          sum += value
        }
        for segment in 0..<segments { own[place, segment] /= sum }
      }
      let next = (0..<segments).map { segment in
        (0..<given.rows).reduce(0) { $0 + weights[$1] * own[$1, segment] } / total
      }
      let change = zip(next, sizes).map { abs($0 - $1) }.max() ?? 0
      sizes = next
      if change < 1e-10 { break }
    }
    guard let parts = influence(own, sizes, weights) else { return placed(own, weights) }
    return (sizes, own, parts)
  }

  /// Shares of memberships taken as they are.
  private static func placed(
    _ own: Matrix, _ weights: [Double]
  ) -> (sizes: [Double], posterior: Matrix, parts: Matrix) {
    let total = weights.reduce(0, +)
    let sizes = (0..<own.columns).map { segment in
      (0..<own.rows).reduce(0) { $0 + weights[$1] * own[$1, segment] } / total
    }
    var parts = own
    for row in 0..<own.rows {
      for segment in 0..<own.columns {
        parts[row, segment] = weights[row] * (own[row, segment] - sizes[segment]) / total
      }
    }
    return (sizes, own, parts)
  }

  /// What each person adds to the maximum: the inverse of the information times the score.
  private static func influence(
    _ own: Matrix, _ sizes: [Double], _ weights: [Double]
  ) -> Matrix? {
    let free = own.columns - 1
    guard sizes.allSatisfy({ $0 > 1e-6 }) else { return nil }
    var scores = Matrix(rows: own.rows, columns: free)
    for row in 0..<own.rows {
      for segment in 0..<free {
        scores[row, segment] =
          own[row, segment] / sizes[segment] - own[row, free] / sizes[free]
      }
    }
    guard let root = try? Cholesky(scores.crossProduct(weights: weights)) else { return nil }
    let steps = scores.multiplied(by: root.inverse())
    var parts = Matrix(rows: own.rows, columns: own.columns)
    for row in 0..<own.rows {
      var sum = 0.0
      for segment in 0..<free {
        parts[row, segment] = weights[row] * steps[row, segment]
        sum += parts[row, segment]
      }
      parts[row, free] = -sum
    }
    return parts
  }
}
