import Foundation
import TesseraDesign
import TesseraMath

/// Ordered categories: an intercept for each, and a slope by class on their scores.
///
/// The first intercept and the first class's slope are 0.
///
/// - Reference: Goodman (1979), *JASA* 74(367), 537-552, doi:10.1080/01621459.1979.10481650.
struct AdjacentFamily: Family {
  let scores: [Double]

  private var categories: Int { scores.count }
  var cells: Int { categories + 1 }
  var tables: [ParameterTable.Form] {
    [.init(width: categories, isShared: true, scale: .plain), .init(width: 1, scale: .plain)]
  }
  func ownFree(latent: Int) -> Int { latent > 0 && categories > 1 ? 1 : 0 }
  var sharedFree: Int { categories - 1 }

  private func intercept(_ factor: LatentFactor) -> Int { factor.table.index(0) }
  private func slope(_ factor: LatentFactor, _ latent: Int) -> Int {
    factor.tables[1].index(latent)
  }

  func fillLogs(_ factor: LatentFactor, _ em: EM, into logs: inout [Double]) {
    let classes = em.layout.classes
    let first = intercept(factor)
    let theta = em.theta
    for latent in 0..<classes {
      let slope = theta[slope(factor, latent)]
      var peak = -Double.infinity
      for category in scores.indices {
        peak = max(peak, theta[first + category] + slope * scores[category])
      }
      var sum = 0.0
      for category in scores.indices {
        sum += exp(theta[first + category] + slope * scores[category] - peak)
      }
      let norm = peak + log(sum)
      for category in scores.indices {
        logs[(factor.firstAnswer + category) * classes + latent] =
          theta[first + category] + slope * scores[category] - norm
      }
    }
  }

  /// A Newton step so short is the last of an M-step.
  private static let closeEnough = 1e-4

  /// Newton steps on intercepts and slopes; the first of each stays 0.
  func maximise(_ factor: LatentFactor, _ em: EM) {
    let classes = em.layout.classes
    let imaginary = em.prior.categories / Double(classes)
    let (counts, shares) = (em.counts, em.marginals.shares)
    // Intercepts, and the slopes behind them.
    let places = factor.table.first..<factor.tables[1].all(classes: classes).upperBound
    var own = Array(em.theta[places])
    defer { em.image.replaceSubrange(places, with: own) }
    let free = freeParameters(classes: classes)
    guard free > 0 else { return }
    var gradient = [Double](repeating: 0, count: free)
    var information = Matrix(rows: free, columns: free)
    var chances = [Double](repeating: 0, count: categories)
    var observed = chances
    for round in 0..<3 {
      if round > 0 {
        for index in gradient.indices { gradient[index] = 0 }
        for index in information.values.indices { information.values[index] = 0 }
      }
      for latent in 0..<classes {
        let classSlope = own[categories + latent]
        var peak = -Double.infinity
        for category in 0..<categories {
          chances[category] = own[category] + classSlope * scores[category]
          peak = max(peak, chances[category])
        }
        var norm = 0.0
        for category in 0..<categories {
          chances[category] = exp(chances[category] - peak)
          norm += chances[category]
        }
        var weight = 0.0
        var mean = 0.0
        for category in 0..<categories {
          let cell = factor.firstAnswer + category
          chances[category] /= norm
          mean += chances[category] * scores[category]
          observed[category] = counts[cell * classes + latent] + imaginary * shares[cell]
          weight += observed[category]
        }
        let slope = latent > 0 ? categories - 2 + latent : nil
        var spread = 0.0
        for category in 0..<categories {
          let gap = observed[category] - weight * chances[category]
          spread += chances[category] * (scores[category] - mean) * (scores[category] - mean)
          if let slope {
            gradient[slope] += gap * scores[category]
          }
          guard category > 0 else { continue }
          gradient[category - 1] += gap
          // Only what lies on and below the diagonal is read.
          if let slope {
            information[slope, category - 1] +=
              weight * chances[category] * (scores[category] - mean)
          }
          for other in 1..<category + 1 {
            let own = other == category ? chances[category] : 0
            information[category - 1, other - 1] +=
              weight * (own - chances[category] * chances[other])
          }
        }
        if let slope {
          information[slope, slope] += weight * spread
        }
      }
      let ridge = 1e-9 * (1 + (0..<free).reduce(0) { max($0, information[$1, $1]) })
      for index in 0..<free {
        information[index, index] += ridge
      }
      guard let step = (try? Cholesky(information))?.solve(gradient) else { return }
      let longest = step.reduce(0) { max($0, $1.magnitude) }
      let scale = longest > 2 ? 2 / longest : 1
      for category in 1..<max(categories, 1) {
        own[category] = max(-40, own[category] + scale * step[category - 1])
      }
      for latent in 1..<max(classes, 1) {
        own[categories + latent] += scale * step[categories - 2 + latent]
      }
      // Newton's error is squared by each step, and the next M-step begins where this one ends.
      if longest < Self.closeEnough { return }
    }
  }

  /// What would be the first slope goes into the intercepts.
  func refer(_ factor: LatentFactor, _ theta: inout [Double], classes: Int) {
    let first = theta[slope(factor, 0)]
    for (index, score) in zip(factor.table.row(0), scores) {
      theta[index] += first * (score - scores[0])
    }
    for index in factor.tables[1].all(classes: classes) { theta[index] -= first }
  }

  func start(
    _ factor: LatentFactor, _ em: EM, weights: (_ latent: Int, _ cells: [Int]) -> [Double],
    number: (_ latent: Int, _ column: Int) -> Double
  ) {
    let classes = em.layout.classes
    let cells = scores.indices.map { factor.firstAnswer + $0 }
    let shares = cells.map { em.marginals.shares[$0] + 1e-4 }
    let mean = zip(shares, scores).reduce(0) { $0 + $1.0 * $1.1 }
    let variance = zip(shares, scores).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }
    // The slope that moves the mean of the scores to that of the drawn weights.
    let slopes = (0..<classes).map { latent -> Double in
      let drawn = weights(latent, cells)
      let sum = drawn.reduce(0, +)
      let drawnMean = zip(drawn, scores).reduce(0) { $0 + $1.0 * $1.1 } / sum
      return (drawnMean - mean) / max(variance, 1e-6)
    }
    for (category, share) in shares.enumerated() {
      em.theta[intercept(factor) + category] =
        log(share / shares[0]) + slopes[0] * (scores[category] - scores[0])
    }
    for latent in 0..<classes {
      em.theta[slope(factor, latent)] = slopes[latent] - slopes[0]
    }
  }

  func split(
    _ factor: LatentFactor, _ em: EM, class chosen: Int, into added: Int,
    _ stream: inout RandomStream
  ) {
    let move = stream.normal() / max(1, Double(categories) / 4)
    let middle = em.theta[slope(factor, chosen)]
    em.theta[slope(factor, added)] = middle - move
    em.theta[slope(factor, chosen)] = middle + move
    refer(factor, &em.theta, classes: em.layout.classes)
  }

  func scatter(
    _ factor: LatentFactor, _ em: EM, into theta: inout [Double], _ stream: inout RandomStream
  ) {
    let reach = max(1e-9, (scores.max() ?? 1) - (scores.min() ?? 0))
    for (category, index) in factor.table.row(0).enumerated() {
      theta[index] = category == 0 ? 0 : 0.4 * (stream.uniform() - 0.5)
    }
    for latent in 0..<em.layout.classes {
      theta[slope(factor, latent)] = latent == 0 ? 0 : 2.4 / reach * (stream.uniform() - 0.5)
    }
  }

  func distributions(_ factor: LatentFactor, _ em: EM) -> [ItemModel.Distribution] {
    let classes = em.layout.classes
    let intercepts = Array(em.theta[factor.table.row(0)])
    return [
      .adjacentCategories(
        probabilities: (0..<classes).map { chances(factor, em.theta, $0) },
        intercepts: intercepts.map { $0 - intercepts[0] },
        slopes: em.theta.column(of: factor.tables[1], classes: classes), scores: scores)
    ]
  }

  func numbers(
    _ factor: LatentFactor, in model: LatentClassModel, _ columns: [LatentColumn]
  ) -> [Double]? {
    guard
      case .adjacentCategories(_, let intercepts, let slopes, _) =
        model.items[factor.items[0]].distribution
    else { return nil }
    return intercepts + slopes
  }

  private func chances(_ factor: LatentFactor, _ theta: [Double], _ latent: Int) -> [Double] {
    let slope = theta[slope(factor, latent)]
    let terms = zip(factor.table.row(0), scores).map { theta[$0] + slope * $1 }
    let norm = logSumExp(terms)
    return terms.map { exp($0 - norm) }
  }

  private func own(_ at: FactorInClass) -> [Double] { chances(at.factor, at.theta, at.latent) }

  func logChance(_ at: FactorInClass, _ answers: LatentAnswers) -> Double {
    let code = at.code(answers)
    return code > 0 ? log(own(at)[code - 1]) : 0
  }

  func score(_ at: FactorInClass, _ answers: LatentAnswers, into row: inout [Double]) {
    let code = at.code(answers)
    guard code > 0 else { return }
    let chances = own(at)
    let own = ownFree(latent: at.latent)
    if own > 0 {
      let mean = zip(chances, scores).reduce(0) { $0 + $1.0 * $1.1 }
      row[at.start] = scores[code - 1] - mean
    }
    for category in 1..<max(1, categories) {
      row[at.start + own + category - 1] = (category + 1 == code ? 1 : 0) - chances[category]
    }
  }

  func addInformation(_ at: FactorInClass, _ em: EM, to result: inout Matrix) {
    let chances = own(at)
    let count = em.answered(at.factor, at.latent)
    let shared = at.columns.dropFirst(ownFree(latent: at.latent))
    if ownFree(latent: at.latent) > 0 {
      let own = at.columns[0]
      let mean = zip(chances, scores).reduce(0) { $0 + $1.0 * $1.1 }
      let spread = zip(chances, scores).reduce(0) {
        $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean)
      }
      result[own, own] += count * spread
      for (category, column) in zip(1..., shared) {
        let cross = count * chances[category] * (scores[category] - mean)
        result[own, column] += cross
        result[column, own] += cross
      }
    }
    CategoricalFamily.addMultinomial(Array(chances.dropFirst()), count, shared, to: &result)
  }

  func gradients(
    _ at: FactorInClass, of item: ItemModel, member: Int, _ data: LatentClassData
  ) -> [FamilyGradient] {
    let chances = item.probabilities?[at.latent] ?? []
    let mean = zip(chances, scores).reduce(0) { $0 + $1.0 * $1.1 }
    let own = ownFree(latent: at.latent)
    return chances.enumerated().map { category, chance in
      var slopes = zip(1..., at.columns.dropFirst(own)).map { other, column in
        (column, chance * ((other == category ? 1 : 0) - chances[other]))
      }
      if own > 0 {
        slopes.append((at.columns[0], chance * (scores[category] - mean)))
      }
      return FamilyGradient(value: chance, scale: .logit, slopes: slopes)
    }
  }

  /// A slope is known as long as more than one answer is given.
  func chances(_ at: FactorInClass) -> [Double] {
    ownFree(latent: at.latent) > 0 ? own(at) : []
  }

  func drawingChances(_ at: FactorInClass) -> [Double] {
    own(at)
  }

  func draw(
    _ at: FactorInClass, _ chances: [Double], into answers: inout LatentAnswers,
    _ stream: inout RandomStream
  ) {
    answers.codes[at.factor.position] = 1 + stream.categorical(chances)
  }
}
